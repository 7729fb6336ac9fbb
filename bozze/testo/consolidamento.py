"""The text with the accepted operations done: a pure function."""

from collections.abc import Iterable

from bozze.testo.albero import Testo
from bozze.testo.operazioni import Operazione


class NonConsolidabile(ValueError):
    """The operations cannot be done together, or not on this text; ``motivi`` says why, in words."""

    def __init__(self, motivi: list[str]) -> None:
        super().__init__("; ".join(motivi))
        self.motivi = motivi


def consolida(testo: Testo, operazioni: Iterable[Operazione]) -> Testo:
    """The new text. The order of the operations counts only among additions (and arrivals) at one same point.

    Raise ``NonConsolidabile`` if an operation does not fit the text or two of them collide.
    """
    raise NotImplementedError
