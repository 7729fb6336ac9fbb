"""The refusals that a person is meant to read."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mancanza:
    """One thing that is missing: a sentence, where to see to it, and whether a written reason can override it."""

    testo: str
    url: str = ""
    superabile: bool = False

    def __str__(self) -> str:
        return self.testo


class ErroreDominio(Exception):
    """An expected refusal: says what happened and what to do. ErroreDominioMiddleware turns it into a page."""

    codice_http = 409

    def __init__(self, testo: str, mancanze: Sequence[Mancanza] = ()) -> None:
        super().__init__(testo)
        self.testo = testo
        self.mancanze = tuple(mancanze)


class StatoCambiato(ErroreDominio):
    """Somebody else was faster: the object is no longer in the state that the person saw."""


class NonAutorizzato(ErroreDominio):
    """The person may see the thing, but may not do this to it."""

    codice_http = 403
