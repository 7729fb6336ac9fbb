"""Numbers and days written in the cells and attributes of other systems."""

import math

from questionari import valori


def intero(testo: str) -> int | None:
    """A positive whole number written in an attribute, or None."""
    return int(testo) if testo.isascii() and testo.isdigit() and 0 < len(testo) <= 9 and int(testo) else None


def numero(testo: str) -> int | float | None:
    """A number written in an attribute, or None."""
    try:
        valore = float(testo.replace(",", ".")) if len(testo) <= 20 else math.nan
    except ValueError:
        return None
    if not math.isfinite(valore):
        return None
    return int(valore) if valore.is_integer() else valore


def e_giorno(testo: str) -> bool:
    """Whether a text is a day as ISO writes it."""
    letto = valori.giorno(testo)
    return letto is not None and letto.isoformat() == testo
