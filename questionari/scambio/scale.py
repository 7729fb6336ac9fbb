"""What both formats need to make a matrix and a choice of ours: numbers for the steps of a scale, "don't know"."""

import re
import unicodedata
from collections.abc import Sequence

_CODA = re.compile(r"(-?\d{1,6})\Z")
_NON_SO = frozenset(
    voce.strip()
    for voce in """non so|non saprei|non lo so|non sa|non sa/non risponde|non risponde|non applicabile|non pertinente|n/a|na|nd|n.d.
    n.a.|dont know|don't know|do not know|dk|not applicable|no answer|no opinion|weiss nicht|weiß nicht|keine angabe
    keine antwort|ne sait pas|je ne sais pas|sans reponse|no se|no lo se|ns/nc|no sabe""".replace(
        "\n", "|"
    ).split("|")
)


def e_non_so(etichetta: str) -> bool:
    """Whether a label says "don't know" (in the languages that we met)."""
    piatto = unicodedata.normalize("NFKD", etichetta).encode("ascii", "ignore").decode().lower().strip(" .()")
    return piatto in _NON_SO or etichetta.lower().strip(" .()") in _NON_SO


def valori_di_scala(codici: Sequence[str]) -> list[int]:
    """Return a number for each step: the codes' own numbers if they have different ones, else 1, 2, 3…"""
    trovati = [_CODA.search(codice) for codice in codici]
    numeri = [int(t[1]) for t in trovati if t]
    interi = [c for c in codici if re.fullmatch(r"-?\d{1,6}", c)]
    if len(interi) == len(codici) and len(set(numeri)) == len(codici):
        return numeri
    # A1, A2, A3: a letter and a number; a dash before it is no minus
    teste = {c[: t.start()] for c, t in zip(codici, trovati, strict=True) if t}
    positivi = [abs(n) for n in numeri]
    if len(numeri) == len(codici) and len(teste) == 1 and len(set(positivi)) == len(codici):
        return positivi
    return list(range(1, len(codici) + 1))
