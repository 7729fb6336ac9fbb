"""Who may do what in phase 8. Plain predicates."""

from accordo.approvazione.models import Approvazione
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.permessi import coordina, legge_testi

__all__ = ["coordina", "firma", "legge_testi", "segue"]


def segue(agente: Agente | None, approvazione: Approvazione) -> bool:
    """Whether the person works on this body's act: its referente or its representative."""
    return (
        agente is not None
        and agente.agisce_per(approvazione.ente_id)
        and agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
    )


def firma(agente: Agente | None, approvazione: Approvazione) -> bool:
    """Whether the person signs for this body: only its representative."""
    return agente is not None and agente.agisce_per(approvazione.ente_id) and agente.ha(Ruolo.RAPPRESENTANTE)


def registra_passaggi(agente: Agente | None, approvazione: Approvazione) -> bool:
    """Whether the person writes down the steps of the Prefettura: its own people, or who coordinates."""
    return segue(agente, approvazione) or coordina(agente, approvazione.accordo)
