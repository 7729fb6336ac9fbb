"""Who may do what with a meeting."""

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from focusgroup.models import Convocazione, Sondaggio
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
