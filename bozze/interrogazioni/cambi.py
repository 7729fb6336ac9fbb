"""What a page of the draft must draw anew after a change: as little as will do. Pure.

A piece is the row of one disposition (its number, its words), its whole block (when what is below it is other, or in
another order), or the sheet (when that is so at the top). Articles and what holds them, which are long, are not drawn
anew because one of them has moved: each piece says which block goes, comes, or changes its place.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from bozze.interrogazioni.pagina import Foglio, Voce
from bozze.testo.albero import Tipo
from bozze.testo.ordine import in_ordine

VOCI = frozenset({Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO, Tipo.PARAGRAFO})
"""The kinds that stand in a list."""


BLOCCHI = frozenset({Tipo.TITOLO, Tipo.CAPO, Tipo.ARTICOLO, Tipo.ALLEGATO})
"""The kinds whose blocks stand one after the other, with nothing around them."""


class Modo(StrEnum):
    """What is done with a piece."""

    AL_POSTO = "al_posto"
    NUOVO = "nuovo"
    SPOSTA = "sposta"
    VIA = "via"


@dataclass(frozen=True, slots=True)
class Pezzo:
    """`id` is the element's on the page; without `voce` it is the sheet.

    `dopo`, `prima`: the block beside which a new or a moved one stands.
    """

    id: str
    voce: Voce | None = None
    intero: bool = True
    modo: Modo = Modo.AL_POSTO
    dopo: str = ""
    prima: str = ""

    @property
    def in_elenco(self) -> bool:
        """Whether its block is an item of a list."""
        return self.voce is not None and self.voce.nodo.tipo in VOCI


def pezzi(prima: Foglio | None, dopo: Foglio, toccate: AbstractSet[str]) -> list[Pezzo]:
    """Return what differs between two sheets, and the rows of `toccate` whatever they say (their revision is new)."""
    if prima is None or _cima(prima) != _cima(dopo):
        return [Pezzo("foglio")]
    sotto = _blocchi(_corpo(prima), _corpo(dopo), toccate)
    if sotto is None:
        return [Pezzo("foglio")]
    premesse = zip(prima.premesse, dopo.premesse, strict=True)
    tutti = [*(pezzo for era, e in premesse for pezzo in _diversi(era, e, toccate)), *sotto]
    # What goes goes first: gone from one place, it may come in another.
    return sorted(tutti, key=lambda pezzo: pezzo.modo is not Modo.VIA)


def _corpo(foglio: Foglio) -> tuple[Voce, ...]:
    return (*foglio.articolato, *foglio.allegati)


def _cima(foglio: Foglio) -> tuple[object, ...]:
    return (foglio.titolo, foglio.sottotitolo, tuple(_forma(v) for v in foglio.premesse))


def _blocchi(
    prima: tuple[Voce, ...], dopo: tuple[Voce, ...], toccate: AbstractSet[str]
) -> list[Pezzo] | None:
    """What differs among blocks that stand one after the other; None where the whole must be drawn anew."""
    era, e = {voce.id: voce for voce in prima}, {voce.id: voce for voce in dopo}
    restano = [voce.id for voce in dopo if voce.id in era]
    if [_forma(v) for v in prima] != [_forma(v) for v in dopo]:
        a_blocchi = all(voce.nodo.tipo in BLOCCHI for voce in (*prima, *dopo))
        if not a_blocchi or not restano or any(_forma(era[id]) != _forma(e[id]) for id in restano):
            return None
    posti = {voce.id: posto for posto, voce in enumerate(prima)}
    fermi = in_ordine(restano, posti)
    via = [Pezzo(f"b-{id}", voce, modo=Modo.VIA) for id, voce in era.items() if id not in e]
    mossi = list(_mossi(dopo, era, fermi))
    sotto = (pezzo for id in restano for pezzo in _diversi(era[id], e[id], toccate))
    return [*via, *mossi, *sotto]


def _mossi(dopo: tuple[Voce, ...], era: Mapping[str, Voce], fermi: AbstractSet[str]) -> Iterator[Pezzo]:
    """The blocks that come or change their place, in their order: each beside one that is there by then."""
    primo_fermo = next((voce.id for voce in dopo if voce.id in fermi), "")
    precedente = ""
    for voce in dopo:
        if voce.id not in fermi:
            modo = Modo.SPOSTA if voce.id in era else Modo.NUOVO
            dopo_di, prima_di = (f"b-{precedente}", "") if precedente else ("", f"b-{primo_fermo}")
            yield Pezzo(f"b-{voce.id}", voce, modo=modo, dopo=dopo_di, prima=prima_di)
        precedente = voce.id


def _forma(voce: Voce) -> tuple[str, str, int]:
    return voce.id, voce.tipo, voce.livello


def _diversi(era: Voce, e: Voce, toccate: AbstractSet[str]) -> Iterator[Pezzo]:
    sotto = _blocchi(era.figli, e.figli, toccate)
    if sotto is None:
        yield Pezzo(f"b-{e.id}", e)
        return
    if e.id in toccate or _riga(era) != _riga(e):
        yield Pezzo(f"d-{e.id}", e, intero=False)
    yield from sotto


def _riga(voce: Voce) -> tuple[object, ...]:
    nodo, nome = voce.nodo, voce.nome
    return nodo.testo, nodo.rubrica, nodo.documento, nome.numero, nome.breve, voce.brani
