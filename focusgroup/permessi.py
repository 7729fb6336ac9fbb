"""Who may do what with a meeting."""

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from focusgroup.models import Convocazione, Sondaggio
from focusgroup.stati import StatoRiunione


def risponde(agente: Agente | None, convocazione: Convocazione | None) -> bool:
    """Whether the person answers this call: referente or representative of the body called, while it is open."""
    return (
        agente is not None
        and convocazione is not None
        and convocazione.riunione.stato == StatoRiunione.CONVOCATA
        and agente.agisce_per(convocazione.ente_id)
        and agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
    )


def risponde_al_sondaggio(agente: Agente | None, sondaggio: Sondaggio) -> bool:
    """Whether the person answers for a body that was asked about the date: referente or representative."""
    return (
        agente is not None
        and agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
        and Convocazione.objects.filter(riunione=sondaggio.riunione_id, ente=agente.ente_id).exists()
    )
