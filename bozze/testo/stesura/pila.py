"""What one person can undo and redo, from what they did in order."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fatto:
    """One thing done: ``annulla`` is the number of the one it takes back, if it does."""

    numero: int
    annulla: int | None = None


@dataclass(frozen=True, slots=True)
class Pila:
    """``annullabile``: the thing to take back next; ``ripetibile``: the taking back to take back."""

    annullabile: int | None
    ripetibile: int | None


def pila(fatti: Iterable[Fatto]) -> Pila:
    """Walk what a person did, the oldest first. Something new after an undo leaves nothing to redo."""
    fatte: list[int] = []
    annullate: list[int] = []
    for fatto in fatti:
        if fatto.annulla is None:
            fatte.append(fatto.numero)
            annullate.clear()
        elif fatto.annulla in fatte:
            fatte.remove(fatto.annulla)
            annullate.append(fatto.numero)
        elif fatto.annulla in annullate:
            annullate.remove(fatto.annulla)
            fatte.append(fatto.numero)
    return Pila(fatte[-1] if fatte else None, annullate[-1] if annullate else None)
