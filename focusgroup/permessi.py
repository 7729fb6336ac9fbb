"""Who may do what with a meeting."""

from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Ruolo
from accordo.iter import permessi
from focusgroup.models import Convocazione, Priorita, Riunione, Sondaggio
from focusgroup.stati import StatoRiunione

_PARLANO = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)


def risponde(agente: Agente | None, convocazione: Convocazione | None) -> bool:
    """Whether the person answers this call: referente or representative of the body called, while it is open."""
    return (
        agente is not None
        and convocazione is not None
        and convocazione.riunione.stato == StatoRiunione.CONVOCATA
        and agente.agisce_per(convocazione.ente_id)
        and agente.ha(*_chi_parla(convocazione))
    )


def _chi_parla(convocazione: Convocazione) -> tuple[Ruolo, ...]:
    """Of a guest the observers speak too: it may have nobody else."""
    return (*_PARLANO, Ruolo.OSSERVATORE) if convocazione.ospite else _PARLANO


def risponde_al_sondaggio(agente: Agente | None, sondaggio: Sondaggio) -> bool:
    """Whether the person answers for a body that was asked about the date: as `risponde`."""
    if agente is None or agente.ente is None:
        return False
    mia = Convocazione.objects.filter(riunione=sondaggio.riunione_id, ente=agente.ente).first()
    return mia is not None and agente.ha(*_chi_parla(mia))


def corregge(agente: Agente | None, riunione: Riunione) -> bool:
    """Whether the person may ask for corrections: who speaks for a body that was there, while the minutes are read."""
    if agente is None or agente.ente is None or riunione.stato != StatoRiunione.VERBALE_PUBBLICATO:
        return False
    mia = riunione.convocazioni.filter(ente=agente.ente, presente=True).first()
    return mia is not None and agente.ha(*_chi_parla(mia))


def convocato(agente: Agente | None, riunione: Riunione) -> bool:
    """Whether the person leads, or acts for a body that was called: they see the dossier and the files."""
    if agente is None:
        return False
    return (
        permessi.coordina(agente, riunione.accordo)
        or riunione.convocazioni.filter(ente=agente.ente_id).exists()
    )


def e_ospite(agente: Agente | None, riunione: Riunione) -> bool:
    """Whether the person is there for a guest: of the findings they read what is confirmed."""
    if agente is None or permessi.coordina(agente, riunione.accordo):
        return False
    return riunione.convocazioni.filter(ente=agente.ente_id, ospite=True).exists()


def da_punti(agente: Agente | None, priorita: Priorita, ente: Ente) -> bool:
    """Whether the person says how this body distributes its points: its own people, or who leads for them."""
    if agente is None:
        return False
    if permessi.coordina(agente, priorita.accordo):
        return True
    return agente.agisce_per(ente.pk) and agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
