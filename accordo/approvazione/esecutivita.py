"""When an act takes effect (art. 134 TUEL; norme.md, fact 15 and R4): computed and shown, never imposed."""

from datetime import date, timedelta
from typing import Protocol

GIORNI_DOPO_LA_PUBBLICAZIONE = 10


class ConDate(Protocol):
    """What is asked of an act."""

    data: date
    esecutivita_immediata: bool
    esecutivo_dal: date | None
    albo_dal: date | None


def dalla_pubblicazione(pubblicato: date) -> date:
    """Return the first day of effect of an act published on this day: after the tenth day."""
    return pubblicato + timedelta(days=GIORNI_DOPO_LA_PUBBLICAZIONE + 1)


def effetto_dal(atto: ConDate) -> date | None:
    """Return the day from which an act takes effect: as declared, at once, or computed; None if it cannot be told."""
    if atto.esecutivo_dal is not None:
        return atto.esecutivo_dal
    if atto.esecutivita_immediata:
        return atto.data
    return dalla_pubblicazione(atto.albo_dal) if atto.albo_dal else None
