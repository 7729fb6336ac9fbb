"""Amending a text without renumbering it: what is new is bis, ter, and nobody has to learn new numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.numerazione import nomi
from bozze.testo.ordine import in_ordine

_NUMERATI = (Tipo.ARTICOLO, Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO)


def senza_rinumerare(prima: Testo, dopo: Testo) -> Testo:
    """``dopo`` with the numbers of ``prima`` kept: what is new is bis, ter, what is gone leaves its number empty.

    What has moved takes a new number where it is: keeping its old one there would put numbers out of order.
    """
    detti = nomi(prima)
    fissi: dict[str, str] = {}
    for gruppo in _serie_di(dopo):
        ordine = {nodo.id: posto for posto, nodo in enumerate(_come_erano(prima, gruppo))}
        fermi = in_ordine([nodo.id for nodo in gruppo if nodo.id in ordine], ordine)
        fissi |= {id: detti[id].nucleo for id in fermi if detti[id].nucleo}
    return replace(dopo, fissi=tuple(sorted(fissi.items())))


def _serie_di(testo: Testo) -> list[list[Disposizione]]:
    """The dispositions that count together, each series in the order of the text."""
    serie_trovate: dict[tuple[str, Tipo], list[Disposizione]] = {}
    for nodo in testo.disposizioni():
        if nodo.tipo in _NUMERATI:
            serie_trovate.setdefault((_sopra(testo, nodo), nodo.tipo), []).append(nodo)
    return list(serie_trovate.values())


def _sopra(testo: Testo, nodo: Disposizione) -> str:
    """What a disposition counts within: articles through the whole text or annex, the others in what holds them."""
    if nodo.tipo is not Tipo.ARTICOLO:
        genitore = testo.genitore(nodo.id)
        return genitore.id if genitore else ""
    capo = testo.cammino(nodo.id)[0]
    return capo.id if capo.tipo is Tipo.ALLEGATO else ""


def _come_erano(prima: Testo, gruppo: Sequence[Disposizione]) -> list[Disposizione]:
    """Those of a series that were one series in the old text, in the order they had there."""
    presenti = [prima.indice[nodo.id].nodo for nodo in gruppo if nodo.id in prima.indice]
    quante = Counter(_sopra(prima, nodo) for nodo in presenti)
    if not quante:
        return []
    di_casa = quante.most_common(1)[0][0]
    stessi = [nodo for nodo in presenti if _sopra(prima, nodo) == di_casa]
    return sorted(stessi, key=lambda nodo: prima.indice[nodo.id].ordine)
