"""Who may do what with a questionnaire. Plain predicates."""

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import permessi
from accordo.iter.models import Accordo
from questionari.models import Compilazione, Restituzione
from questionari.stati import StatoCompilazione


def compila(agente: Agente | None, compilazione: Compilazione) -> bool:
    """Whether the person writes the answers of this body."""
    return agente is not None and agente.ha(Ruolo.REFERENTE) and agente.agisce_per(compilazione.ente_id)


def convalida(agente: Agente | None, compilazione: Compilazione) -> bool:
    """Whether the person puts their name to the answers of this body."""
    return agente is not None and agente.ha(Ruolo.RAPPRESENTANTE) and agente.agisce_per(compilazione.ente_id)


def fa_da_se(agente: Agente | None, compilazione: Compilazione) -> bool:
    """Whether one person fills in and represents the body, and the answers are still to be handed over."""
    return (
        compilazione.stato == StatoCompilazione.IN_COMPILAZIONE
        and compila(agente, compilazione)
        and convalida(agente, compilazione)
    )


def vede_esiti(agente: Agente | None, accordo: Accordo, restituzione: Restituzione | None) -> bool:
    """Whether the person sees the results: the coordinator always, the others once they are published."""
    if permessi.coordina(agente, accordo):
        return True
    return (
        restituzione is not None and restituzione.pubblicata_il is not None and permessi.vede(agente, accordo)
    )
