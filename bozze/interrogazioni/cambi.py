"""What a page of the draft must draw anew after a change: as little as will do. Pure.

A piece is the row of one disposition (its number, its words), its whole block (when what is below it is other, or in
another order), or the sheet (when that is so at the top).
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bozze.interrogazioni.pagina import Foglio, Voce
from bozze.testo.albero import Tipo

VOCI = frozenset({Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO, Tipo.PARAGRAFO})
"""The kinds that stand in a list."""


@dataclass(frozen=True, slots=True)
class Pezzo:
    """`id` is the element's on the page; without `voce` it is the sheet."""

    id: str
    voce: Voce | None = None
    intero: bool = True

    @property
    def in_elenco(self) -> bool:
        """Whether its block is an item of a list."""
        return self.voce is not None and self.voce.nodo.tipo in VOCI


def pezzi(prima: Foglio | None, dopo: Foglio, toccate: AbstractSet[str]) -> list[Pezzo]:
    """Return what differs between two sheets, and the rows of `toccate` whatever they say (their revision is new)."""
    if prima is None or _cima(prima) != _cima(dopo):
        return [Pezzo("foglio")]
    return [
        pezzo
        for era, e in zip(_radici(prima), _radici(dopo), strict=True)
        for pezzo in _diversi(era, e, toccate)
    ]


def _radici(foglio: Foglio) -> tuple[Voce, ...]:
    return (*foglio.premesse, *foglio.articolato, *foglio.allegati)


def _cima(foglio: Foglio) -> tuple[object, ...]:
    parti = (foglio.premesse, foglio.articolato, foglio.allegati)
    return (foglio.titolo, foglio.sottotitolo, *(tuple(_forma(v) for v in parte) for parte in parti))


def _forma(voce: Voce) -> tuple[str, str, int]:
    return voce.id, voce.tipo, voce.livello


def _diversi(era: Voce, e: Voce, toccate: AbstractSet[str]) -> Iterator[Pezzo]:
    if [_forma(figlio) for figlio in era.figli] != [_forma(figlio) for figlio in e.figli]:
        yield Pezzo(f"b-{e.id}", e)
        return
    if e.id in toccate or _riga(era) != _riga(e):
        yield Pezzo(f"d-{e.id}", e, intero=False)
    for uno, altro in zip(era.figli, e.figli, strict=True):
        yield from _diversi(uno, altro, toccate)


def _riga(voce: Voce) -> tuple[object, ...]:
    nodo, nome = voce.nodo, voce.nome
    return nodo.testo, nodo.rubrica, nodo.documento, nome.numero, nome.breve, voce.brani
