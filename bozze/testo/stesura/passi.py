"""One step of who writes: some moves together, and the references that follow the numbers; and the step taken back.

Taking a step back on the very text that it left gives back the very text that it found. If others have written
meanwhile, only what the step touched is taken back, if nobody touched it since; references elsewhere follow the numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bozze.testo.albero import Testo
from bozze.testo.rinvii import aggiorna
from bozze.testo.stesura import mosse as m
from bozze.testo.stesura.mosse import (
    Allega,
    Cita,
    Collega,
    Impossibile,
    Intitola,
    Luogo,
    Metti,
    Mossa,
    Porta,
    Scrivi,
    Togli,
)


@dataclass(frozen=True, slots=True)
class Passo:
    """What was done: ``mosse`` by the person, ``rinvii`` by the numbers that changed with them.

    A reference left as it was, though what it led to is gone, is there too, from itself to itself: so that coming back
    it is not taken for a reference to what has its number now.
    """

    mosse: tuple[Mossa, ...]
    rinvii: tuple[Scrivi, ...]
    impronta_dopo: str
    """Of the text after it; empty if it left every number as it was: then nothing hangs on it."""

    @property
    def numera(self) -> bool:
        """Whether numbers, and references with them, may have changed."""
        return any(_numera(mossa) for mossa in self.mosse)

    @property
    def toccate(self) -> tuple[str, ...]:
        """The dispositions written, attached, cited or referred by a step that changes no number; each once."""
        ids = [mossa.id for mossa in self.mosse if isinstance(mossa, Scrivi | Allega | Cita | Collega)]
        return tuple(dict.fromkeys([*ids, *(rinvio.id for rinvio in self.rinvii)]))

    def in_dati(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "mosse": [m.in_dati(mossa) for mossa in self.mosse],
            "rinvii": [m.in_dati(rinvio) for rinvio in self.rinvii],
            "impronta_dopo": self.impronta_dopo,
        }

    @classmethod
    def da_dati(cls, dati: Mapping[str, Any]) -> "Passo":
        """Raise KeyError or ValueError if the data are not a step."""
        rinvii = tuple(r for dato in dati["rinvii"] if isinstance(r := m.da_dati(dato), Scrivi))
        return cls(tuple(m.da_dati(dato) for dato in dati["mosse"]), rinvii, str(dati["impronta_dopo"]))


def esegui(testo: Testo, mosse: Sequence[Mossa]) -> tuple[Testo, Passo]:
    """The text after the moves, its references true, and the step to take back. ``Impossibile`` if one does not fit."""
    mosso = testo
    for mossa in mosse:
        mosso = m.applica(mosso, mossa)
    numera = any(_numera(mossa) for mossa in mosse)
    dopo, rinvii = _rinvii(testo, mosso) if numera else (mosso, ())
    return dopo, Passo(tuple(mosse), rinvii, dopo.impronta if numera else "")


def annulla(testo: Testo, passo: Passo) -> tuple[Testo, Passo]:
    """The text without the step, and the step that brings it again. ``Impossibile`` if what it touched has changed."""
    esatto = passo.numera and testo.impronta == passo.impronta_dopo
    mosso, tornati = testo, []
    for rinvio in reversed(passo.rinvii):
        try:
            mosso = m.applica(mosso, m.inversa(rinvio))
        except Impossibile:
            continue  # written again since: it follows the numbers as any other
        tornati.append(rinvio)
    indietro = tuple(m.inversa(mossa) for mossa in reversed(passo.mosse))
    for mossa in indietro:
        mosso = m.applica(mosso, mossa)
    # What goes again had its references rewritten when it came: that is part of its going, and comes back with it.
    indietro = (*(m.inversa(r) for r in tornati if r.id not in mosso.indice), *indietro)
    rinvii = tuple(Scrivi(r.id, r.a, r.da) for r in tornati if r.id in mosso.indice)
    numera = any(_numera(mossa) for mossa in indietro)
    if esatto or not numera:
        return mosso, Passo(indietro, rinvii, mosso.impronta if numera else "")
    fermi = {r.id for r in tornati} | {id for mossa in indietro for id in _rimessi(mossa)}
    dopo, altri = _rinvii(testo, mosso, fermi)
    return dopo, Passo(indietro, (*rinvii, *altri), dopo.impronta)


def prosegui(passo: Passo, scritto: Scrivi, dopo: Testo) -> Passo | None:
    """The step and what was written right after it as one step: who goes on typing does one thing. None if it is not."""
    ultima = passo.mosse[-1] if passo.mosse else None
    if isinstance(ultima, Scrivi) and (ultima.id, ultima.a) == (scritto.id, scritto.da):
        fusa: Mossa = Scrivi(ultima.id, ultima.da, scritto.a)
    elif isinstance(ultima, Metti) and ultima.nodo.id == scritto.id:
        fusa = Metti(ultima.nodo.con(testo=scritto.a[0], rubrica=scritto.a[1]), ultima.luogo)
    else:
        return None
    rinvii = tuple(rinvio for rinvio in passo.rinvii if rinvio.id != scritto.id)
    mosse = (*passo.mosse[:-1], fusa)
    return Passo(mosse, rinvii, dopo.impronta if any(map(_numera, mosse)) else "")


def carica(prima: Testo, dopo: Testo) -> Passo:
    """A whole text in place of another, as a step: everything goes, everything comes; no reference is touched."""
    testate = (prima.titolo, prima.sottotitolo), (dopo.titolo, dopo.sottotitolo)
    via = [Togli(radice, Luogo("", "", 0)) for radice in prima.radici]
    vengono = [
        Metti(radice, Luogo("", dopo.radici[indice - 1].id if indice else "", indice))
        for indice, radice in enumerate(dopo.radici)
    ]
    intitola = [Intitola(*testate)] if testate[0] != testate[1] else []
    return Passo((*via, *vengono, *intitola), (), dopo.impronta)


def _numera(mossa: Mossa) -> bool:
    return isinstance(mossa, Metti | Togli | Porta)


def _rimessi(mossa: Mossa) -> list[str]:
    return [nodo.id for nodo in mossa.nodo.discendenti()] if isinstance(mossa, Metti) else []


def _rinvii(prima: Testo, mosso: Testo, fermi: set[str] | None = None) -> tuple[Testo, tuple[Scrivi, ...]]:
    """The text with its references true, but for those in ``fermi``, and what was written for that."""
    nuovo, avvisi = aggiorna(prima, mosso)
    fatti: list[Scrivi] = []
    dopo = mosso
    sospesi = {avviso.disposizione for avviso in avvisi}
    for nodo in nuovo.disposizioni():
        vecchio = mosso.indice[nodo.id].nodo
        if fermi and nodo.id in fermi:
            continue
        if vecchio.testo != nodo.testo or nodo.id in sospesi:
            scritto = Scrivi(nodo.id, (vecchio.testo, vecchio.rubrica), (nodo.testo, nodo.rubrica))
            fatti.append(scritto)
            dopo = m.applica(dopo, scritto) if scritto.da != scritto.a else dopo
    return dopo, tuple(fatti)
