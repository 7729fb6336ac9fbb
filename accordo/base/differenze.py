"""What changed between two texts, in whole words: few differences and readable ones. Pure, no Django.

Matches too small to help the reader are merged into the change around them ("ogni due anni" → "ogni anno", not letter
by letter). The fewest words are found by rapidfuzz; see bozze/testo/README.md for what else was tried.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

_GETTONE = re.compile(r"\d+(?:[.,]\d+)*|\w+'?|[^\w\s]|\s+", re.UNICODE)

TROPPI = 1_000_000_000
"""Above this product of words the inside of a change is not searched: the search holds a bit for each pair (125 MB)."""


class Segno(StrEnum):
    UGUALE = "uguale"
    TOLTO = "tolto"
    AGGIUNTO = "aggiunto"


@dataclass(frozen=True, slots=True)
class Segmento:
    segno: Segno
    testo: str


class Tratto(NamedTuple):
    """A stretch of the comparison: equal (``tolto`` == ``aggiunto``) or changed."""

    uguale: bool
    tolto: str
    aggiunto: str


def gettoni(testo: str) -> list[str]:
    """Words, punctuation and spaces; joined, they give the text back. "l'articolo" is two: "l'" and "articolo"."""
    return _GETTONE.findall(testo)


def confronta_parole(prima: str, dopo: str) -> tuple[Segmento, ...]:
    """The differences in whole words, few and readable.

    The uguale and tolto segments joined give ``prima`` back, the uguale and aggiunto ones give ``dopo``.
    """
    segmenti: list[Segmento] = []
    for tratto in tratti(prima, dopo):
        if tratto.uguale:
            segmenti.append(Segmento(Segno.UGUALE, tratto.tolto))
            continue
        if tratto.tolto:
            segmenti.append(Segmento(Segno.TOLTO, tratto.tolto))
        if tratto.aggiunto:
            segmenti.append(Segmento(Segno.AGGIUNTO, tratto.aggiunto))
    return tuple(segmenti)


def tratti(prima: str, dopo: str) -> list[Tratto]:
    if prima == dopo:
        return [Tratto(True, prima, dopo)] if prima else []
    return _stacca_spazi(_accorpa(_grezzi(prima, dopo)))


def _grezzi(prima: str, dopo: str) -> list[Tratto]:
    vecchi, nuovi = _con_spazio(prima), _con_spazio(dopo)
    testa = 0
    while testa < min(len(vecchi), len(nuovi)) and vecchi[testa] == nuovi[testa]:
        testa += 1
    coda = 0
    while coda < min(len(vecchi), len(nuovi)) - testa and vecchi[-1 - coda] == nuovi[-1 - coda]:
        coda += 1
    tratti: list[Tratto] = []
    if testa:
        comune = "".join(vecchi[:testa])
        tratti.append(Tratto(True, comune, comune))
    medi, altri = vecchi[testa : len(vecchi) - coda], nuovi[testa : len(nuovi) - coda]
    if len(medi) * len(altri) > TROPPI:
        tratti.append(Tratto(False, "".join(medi), "".join(altri)))
    else:
        for passo in Indel.opcodes(medi, altri):
            tolte, aggiunte = medi[passo.src_start : passo.src_end], altri[passo.dest_start : passo.dest_end]
            tratti.append(Tratto(passo.tag == "equal", "".join(tolte), "".join(aggiunte)))
    if coda:
        comune = "".join(vecchi[len(vecchi) - coda :])
        tratti.append(Tratto(True, comune, comune))
    return tratti


def _con_spazio(testo: str) -> list[str]:
    """Words and punctuation, each with the space before it: joined, they give the text back."""
    esito: list[str] = []
    spazio = ""
    for gettone in gettoni(testo):
        if gettone.isspace():
            spazio = gettone
        else:
            esito.append(spazio + gettone)
            spazio = ""
    return [*esito, spazio] if spazio else esito


def _accorpa(tratti: Iterable[Tratto]) -> list[Tratto]:
    """Neighbouring changes become one; so do two changes kept apart by less than what they change."""
    esito: list[Tratto] = []
    for tratto in tratti:
        esito.append(tratto)
        while True:
            if len(esito) >= 2 and not esito[-1].uguale and not esito[-2].uguale:
                ultimo, penultimo = esito.pop(), esito.pop()
                esito.append(
                    Tratto(False, penultimo.tolto + ultimo.tolto, penultimo.aggiunto + ultimo.aggiunto)
                )
            elif len(esito) >= 3 and esito[-2].uguale and not esito[-1].uguale and not esito[-3].uguale:
                comune = len(esito[-2].tolto.strip())
                if not all(
                    comune <= max(len(lato.tolto), len(lato.aggiunto)) for lato in (esito[-1], esito[-3])
                ):
                    break
                if comune > 12:
                    break
                dopo, mezzo, prima = esito.pop(), esito.pop(), esito.pop()
                tolto, aggiunto = (
                    prima.tolto + mezzo.tolto + dopo.tolto,
                    prima.aggiunto + mezzo.aggiunto + dopo.aggiunto,
                )
                esito.append(Tratto(False, tolto, aggiunto))
            else:
                break
    return esito


def _stacca_spazi(tratti: Sequence[Tratto]) -> list[Tratto]:
    """The space that old and new words both begin with belongs to what is equal."""
    esito: list[Tratto] = []
    for tratto in tratti:
        if not tratto.uguale and tratto.tolto[:1].isspace() and tratto.tolto[:1] == tratto.aggiunto[:1]:
            spazio = tratto.tolto[0]
            if esito and esito[-1].uguale:
                comune = esito.pop().tolto + spazio
                esito.append(Tratto(True, comune, comune))
            else:
                esito.append(Tratto(True, spazio, spazio))
            tratto = Tratto(False, tratto.tolto[1:], tratto.aggiunto[1:])
        esito.append(tratto)
    return esito
