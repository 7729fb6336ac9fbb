"""Cleaning a text and cutting it into words: the base of matching, ranges and comparison.

Straight apostrophes and quotes are what is stored (the typographic ones come back at render), because the matching of
words and the hashes depend on it.
"""

import re
import unicodedata

from accordo.base.differenze import gettoni

__all__ = ["confine", "gettoni", "occorrenze", "parole", "pulisci"]

_DRITTE = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201f": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u00ad": None,
        "\u200b": None,
        "\ufeff": None,
    }
)
_SPAZI = re.compile(r"\s+")
_PAROLA = re.compile(r"\w+", re.UNICODE)


def pulisci(testo: str) -> str:
    """Straight quotes, one space between words, no invisible characters, no space at the ends."""
    normale = unicodedata.normalize("NFC", testo).translate(_DRITTE)
    normale = "".join(c for c in normale if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"})
    return _SPAZI.sub(" ", normale).strip()


def parole(testo: str) -> list[str]:
    """The words alone, without spaces or punctuation, as they are written."""
    return _PAROLA.findall(testo)


def confine(testo: str, punto: int) -> bool:
    """Whether the text can be cut at this character without splitting a word."""
    if punto <= 0 or punto >= len(testo):
        return 0 <= punto <= len(testo)
    return not (_alfanumerico(testo[punto - 1]) and _alfanumerico(testo[punto]))


def occorrenze(testo: str, cercate: str) -> list[int]:
    """Where these words stand in the text, whole words only; empty if nowhere."""
    if not cercate:
        return []
    inizi = []
    punto = testo.find(cercate)
    while punto >= 0:
        if confine(testo, punto) and confine(testo, punto + len(cercate)):
            inizi.append(punto)
        punto = testo.find(cercate, punto + 1)
    return inizi


def _alfanumerico(carattere: str) -> bool:
    return bool(_PAROLA.fullmatch(carattere))
