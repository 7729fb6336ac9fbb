"""What is asked of a person, or what they have done: the lines of "Le mie attività" (drawing a)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attivita:
    """One line: to do (`fatta_il` None), or done.

    `azione` is the button's words, verb and object ("Leggi e conferma"); `entro` the day by which it must be done.
    """

    titolo: str
    testo: str
    url: str
    azione: str
    entro: date | None = None
    fatta_il: date | None = None
