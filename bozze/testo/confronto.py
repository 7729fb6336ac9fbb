"""What changed: word by word inside a disposition, and between two texts matched by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.operazioni import Operazione


class Segno(StrEnum):
    UGUALE = "uguale"
    TOLTO = "tolto"
    AGGIUNTO = "aggiunto"


@dataclass(frozen=True, slots=True)
class Segmento:
    segno: Segno
    testo: str


class Esito(StrEnum):
    UGUALE = "uguale"
    MODIFICATA = "modificata"
    AGGIUNTA = "aggiunta"
    SOPPRESSA = "soppressa"


@dataclass(frozen=True, slots=True)
class Riga:
    """One disposition in the comparison of two texts, in the order of the new one (what is gone stands where it was)."""

    id: str
    esito: Esito
    prima: Disposizione | None
    dopo: Disposizione | None
    testo: tuple[Segmento, ...]
    rubrica: tuple[Segmento, ...]
    spostata: bool
    livello: int
    nome_prima: str
    nome_dopo: str


def confronta_parole(prima: str, dopo: str) -> tuple[Segmento, ...]:
    """The differences in whole words, few and readable; the uguale and tolto segments joined give ``prima`` back."""
    raise NotImplementedError


def confronta(prima: Testo, dopo: Testo) -> tuple[Riga, ...]:
    """Every disposition of either text, matched by id."""
    raise NotImplementedError


def deriva(nodo: Disposizione, nuovo_testo: str) -> list[Operazione]:
    """The operations that lead from the words of ``nodo`` to ``nuovo_testo``: SostituisciParole where the change is in
    a few places, one on the whole text where almost all changed, none where nothing did."""
    raise NotImplementedError


def anteprima(nodo: Disposizione, operazioni: Sequence[Operazione]) -> tuple[Segmento, ...]:
    """The words of ``nodo`` as these operations would change them, as segments for a redline in place."""
    raise NotImplementedError
