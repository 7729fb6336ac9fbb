"""The row of a table in Word as one line of text, where it reads well as one."""

import re

from bozze.testo.lettura import TRA_CELLE
from bozze.testo.segni import partizione

LUNGA = 300
"""A cell longer than this is a text put in columns, not a datum: it stays a paragraph of its own."""
_SOLO_SEGNO = re.compile(r"(?:\(?\w{1,3}[.)]|[-–—•])")


def in_una_riga(celle: list[list[str]]) -> bool:
    """Whether these cells read well side by side: each of one short paragraph, and none that opens an article."""
    piene = [[testo for testo in cella if testo] for cella in celle]
    piene = [cella for cella in piene if cella]
    testi = [testo for cella in piene for testo in cella]
    return len(piene) > 1 and len(piene) == len(testi) and not any(map(_da_sola, testi))


def _da_sola(testo: str) -> bool:
    return len(testo) > LUNGA or partizione(" ".join(testo.split())) is not None


def riga_di_celle(testi: list[str]) -> str:
    """The cells side by side."""
    if _SOLO_SEGNO.fullmatch(testi[0]):  # a list made with a table: "a)" in one cell, its words in the other
        return f"{testi[0]} {TRA_CELLE.join(testi[1:])}"
    return TRA_CELLE.join(testi)
