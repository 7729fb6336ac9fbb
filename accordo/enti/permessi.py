"""Who may see and choose what, about bodies and people."""

from collections.abc import Iterable

from accordo.enti.agente import Agente


def possibile_per(possibili: Iterable[Agente], ente: str) -> Agente | None:
    """Return the way of acting for the body with this code or key, among those that the person has today."""
    return next((a for a in possibili if a.presso and ente in (a.presso.codice, str(a.presso.pk))), None)
