"""The moves of who writes a text. Each says what it found and what it leaves: so its inverse is another move.

A move made on a text that is not as it was found raises ``Impossibile``, with words for the person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Documento, Testo, Tipo, codici
from bozze.testo.operazioni import Posizione, punto


class Impossibile(Exception):
    """The move does not fit the text as it is. ``disposizione``: the one that has changed, if it is that."""

    def __init__(self, parole: str, disposizione: str = "") -> None:
        super().__init__(parole)
        self.parole = parole
        self.disposizione = disposizione


@dataclass(frozen=True, slots=True)
class Luogo:
    """A place: under ``genitore`` ("" for the text itself), right after ``dopo`` ("" for the first place)."""

    genitore: str
    dopo: str
    indice: int


@dataclass(frozen=True, slots=True)
class Scrivi:
    """The words and the heading of a disposition, from what they were to what they are."""

    id: str
    da: tuple[str, str]
    a: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Metti:
    """A disposition that was not there, with all that is below it."""

    nodo: Disposizione
    luogo: Luogo


@dataclass(frozen=True, slots=True)
class Togli:
    """A disposition that goes, with all that was below it."""

    nodo: Disposizione
    luogo: Luogo


@dataclass(frozen=True, slots=True)
class Porta:
    """A disposition that goes elsewhere; ``tipi`` are the kinds that change with that: (id, from, to)."""

    id: str
    da: Luogo
    a: Luogo
    tipi: tuple[tuple[str, Tipo, Tipo], ...] = ()


@dataclass(frozen=True, slots=True)
class Intitola:
    """The title and subtitle of the text."""

    da: tuple[str, str]
    a: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Allega:
    """The file that an annex is."""

    id: str
    da: Documento | None
    a: Documento | None


@dataclass(frozen=True, slots=True)
class Cita:
    """The objectives that a disposition says it serves."""

    id: str
    da: tuple[str, ...]
    a: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collega:
    """What stands beside the text and a disposition refers to, by number; the text itself does not hold it.

    So the tree does not change: who keeps those numbers checks what was found, and writes what is left.
    """

    id: str
    da: tuple[int, ...]
    a: tuple[int, ...]


type Mossa = Scrivi | Metti | Togli | Porta | Intitola | Allega | Cita | Collega


def inversa(mossa: Mossa) -> Mossa:
    """The move that takes this one back."""
    match mossa:
        case Scrivi(id, da, a):
            return Scrivi(id, a, da)
        case Metti(nodo, luogo):
            return Togli(nodo, luogo)
        case Togli(nodo, luogo):
            return Metti(nodo, luogo)
        case Porta(id, da, a, tipi):
            return Porta(id, a, da, tuple((chi, dopo, prima) for chi, prima, dopo in tipi))
        case Intitola(da, a):
            return Intitola(a, da)
        case Allega(id, da, a):
            return Allega(id, a, da)
        case Cita(id, da, a):
            return Cita(id, a, da)
        case Collega(id, da, a):
            return Collega(id, a, da)


def luogo_di(testo: Testo, id: str) -> Luogo:
    """Where a disposition stands. KeyError if it is not in the text."""
    posto = testo.indice[id]
    prima = testo.fratelli(id)[posto.indice - 1].id if posto.indice else ""
    return Luogo(posto.genitore.id if posto.genitore else "", prima, posto.indice)


def varco(testo: Testo, posizione: Posizione, riferimento: str, escluso: str = "") -> Luogo:
    """The place meant by "after comma 2", "at the end of article 5", not counting ``escluso``, which leaves its own."""
    if riferimento and riferimento not in testo.indice:
        raise Impossibile("La disposizione accanto a cui scrivere non c'è più.")
    genitore, indice = punto(testo, posizione, riferimento)
    figli = _figli(testo, genitore)
    prima = [figlio.id for figlio in figli[:indice] if figlio.id != escluso]
    return Luogo(genitore, prima[-1] if prima else "", len(prima))


def applica(testo: Testo, mossa: Mossa) -> Testo:
    """The text after the move. Raise ``Impossibile`` if it is not the text that the move speaks of."""
    match mossa:
        case Scrivi(id, prima, dopo):
            nodo = _presente(testo, id)
            if (nodo.testo, nodo.rubrica) != prima:
                raise Impossibile("Le parole di questa disposizione sono cambiate.", id)
            return _cambia(testo, id, lambda n: n.con(testo=dopo[0], rubrica=dopo[1]))
        case Metti(nodo, luogo):
            if any(d.id in testo.indice for d in nodo.discendenti()):
                raise Impossibile("Questa disposizione c'è già.", nodo.id)
            return _inserisci(testo, nodo, luogo)
        case Togli(nodo, _):
            if _presente(testo, nodo.id) != nodo:
                raise Impossibile("Questa disposizione, o qualcosa che le sta sotto, è cambiata.", nodo.id)
            return _senza(testo, nodo.id)
        case Porta(id, da, a, tipi):
            nodo = _presente(testo, id)
            genitore = testo.genitore(id)
            if (genitore.id if genitore else "") != da.genitore:
                raise Impossibile("Questa disposizione è stata spostata.", id)
            nuovi = {chi: nuovo for chi, _, nuovo in tipi}
            vecchi = {chi: vecchio for chi, vecchio, _ in tipi}
            if any(vecchi.get(d.id, d.tipo) is not d.tipo for d in nodo.discendenti()):
                raise Impossibile("Questa disposizione è stata promossa o retrocessa.", id)
            return _inserisci(_senza(testo, id), _con_tipi(nodo, nuovi), a)
        case Intitola(era, ora):
            if (testo.titolo, testo.sottotitolo) != era:
                raise Impossibile("Il titolo del testo è cambiato.")
            return replace(testo, titolo=ora[0], sottotitolo=ora[1])
        case Allega(id, file, nuovo_file):
            nodo = _presente(testo, id)
            if nodo.tipo is not Tipo.ALLEGATO:
                raise Impossibile("Solo un allegato può essere un documento.", id)
            if nodo.documento != file:
                raise Impossibile("Il documento di questo allegato è cambiato.", id)
            return _cambia(testo, id, lambda n: n.con(documento=nuovo_file))
        case Cita(id, citati, nuovi_citati):
            if _presente(testo, id).obiettivi != citati:
                raise Impossibile("Gli obiettivi di questa disposizione sono cambiati.", id)
            return _cambia(testo, id, lambda n: n.con(obiettivi=nuovi_citati))
        case Collega(id, _, _):
            _presente(testo, id)
            return testo


# ---------------------------------------------------------------------------------------------- as plain data
def in_dati(mossa: Mossa) -> dict[str, Any]:
    """The move as plain data for JSON."""
    match mossa:
        case Scrivi(id, da, a):
            return {"mossa": "scrivi", "id": id, "da": list(da), "a": list(a)}
        case Metti(nodo, luogo):
            return {"mossa": "metti", "nodo": nodo.in_dati(), "luogo": _dati_luogo(luogo)}
        case Togli(nodo, luogo):
            return {"mossa": "togli", "nodo": nodo.in_dati(), "luogo": _dati_luogo(luogo)}
        case Porta(id, da, a, tipi):
            tipi_detti = [[chi, prima.value, dopo.value] for chi, prima, dopo in tipi]
            return {
                "mossa": "porta",
                "id": id,
                "da": _dati_luogo(da),
                "a": _dati_luogo(a),
                "tipi": tipi_detti,
            }
        case Intitola(da, a):
            return {"mossa": "intitola", "da": list(da), "a": list(a)}
        case Allega(id, da, a):
            return {"mossa": "allega", "id": id, "da": da and da.in_dati(), "a": a and a.in_dati()}
        case Cita(id, da, a):
            return {"mossa": "cita", "id": id, "da": list(da), "a": list(a)}
        case Collega(id, da, a):
            return {"mossa": "collega", "id": id, "da": list(da), "a": list(a)}


def da_dati(dati: Mapping[str, Any]) -> Mossa:
    """The move back from its data. KeyError or ValueError if they are not a move."""
    match dati["mossa"]:
        case "scrivi":
            return Scrivi(str(dati["id"]), _coppia(dati["da"]), _coppia(dati["a"]))
        case "metti":
            return Metti(Disposizione.da_dati(dati["nodo"]), _luogo(dati["luogo"]))
        case "togli":
            return Togli(Disposizione.da_dati(dati["nodo"]), _luogo(dati["luogo"]))
        case "porta":
            tipi = tuple((str(chi), Tipo(prima), Tipo(dopo)) for chi, prima, dopo in dati["tipi"])
            return Porta(str(dati["id"]), _luogo(dati["da"]), _luogo(dati["a"]), tipi)
        case "intitola":
            return Intitola(_coppia(dati["da"]), _coppia(dati["a"]))
        case "allega":
            return Allega(str(dati["id"]), _file(dati["da"]), _file(dati["a"]))
        case "cita":
            return Cita(str(dati["id"]), codici(dati["da"]), codici(dati["a"]))
        case "collega":
            return Collega(str(dati["id"]), _numeri(dati["da"]), _numeri(dati["a"]))
        case altro:
            raise ValueError(f"mossa sconosciuta: {altro}")


def _dati_luogo(luogo: Luogo) -> list[Any]:
    return [luogo.genitore, luogo.dopo, luogo.indice]


def _luogo(dati: Any) -> Luogo:
    genitore, dopo, indice = dati
    return Luogo(str(genitore), str(dopo), int(indice))


def _coppia(dati: Any) -> tuple[str, str]:
    prima, seconda = dati
    return str(prima), str(seconda)


def _numeri(dati: Any) -> tuple[int, ...]:
    return tuple(sorted(int(numero) for numero in dati))


def _file(dati: Mapping[str, Any] | None) -> Documento | None:
    return Documento.da_dati(dati) if dati else None


# ---------------------------------------------------------------------------------------------- the tree
def _presente(testo: Testo, id: str) -> Disposizione:
    nodo = testo.trova(id)
    if nodo is None:
        raise Impossibile("Questa disposizione non c'è più.", id)
    return nodo


def _figli(testo: Testo, genitore: str) -> tuple[Disposizione, ...]:
    return _presente(testo, genitore).figli if genitore else testo.radici


def _cambia(testo: Testo, id: str, come: Callable[[Disposizione], Disposizione]) -> Testo:
    """A text in which one disposition is another; only what holds it is made anew."""
    cammino = {nodo.id for nodo in testo.cammino(id)}

    def visita(nodo: Disposizione) -> Disposizione:
        if nodo.id == id:
            return come(nodo)
        if nodo.id not in cammino:
            return nodo
        return nodo.con(figli=tuple(visita(figlio) for figlio in nodo.figli))

    return replace(testo, radici=tuple(visita(radice) for radice in testo.radici))


def _con_figli(testo: Testo, genitore: str, figli: tuple[Disposizione, ...]) -> Testo:
    if not genitore:
        return replace(testo, radici=figli)
    return _cambia(testo, genitore, lambda nodo: nodo.con(figli=figli))


def _senza(testo: Testo, id: str) -> Testo:
    genitore = testo.genitore(id)
    fratelli = tuple(nodo for nodo in testo.fratelli(id) if nodo.id != id)
    return _con_figli(testo, genitore.id if genitore else "", fratelli)


def _inserisci(testo: Testo, nodo: Disposizione, luogo: Luogo) -> Testo:
    if luogo.genitore and luogo.genitore not in testo.indice:
        raise Impossibile("Il posto in cui andrebbe non c'è più.", luogo.genitore)
    figli = _figli(testo, luogo.genitore)
    _ammessa(nodo, _presente(testo, luogo.genitore).tipo if luogo.genitore else None)
    ids = [figlio.id for figlio in figli]
    indice = min(luogo.indice, len(figli))
    if luogo.dopo in ids:
        indice = ids.index(luogo.dopo) + 1
    elif not luogo.dopo:
        indice = 0
    return _con_figli(testo, luogo.genitore, (*figli[:indice], nodo, *figli[indice:]))


def _ammessa(nodo: Disposizione, sopra: Tipo | None) -> None:
    """Refuse a shape that the law of the tree does not know."""
    if nodo.tipo not in FIGLI_AMMESSI[sopra]:
        dove = f"sotto un elemento di tipo {sopra}" if sopra else "in cima al testo"
        raise Impossibile(f"Un elemento di tipo {nodo.tipo} non può stare {dove}.", nodo.id)
    for figlio in nodo.figli:
        _ammessa(figlio, nodo.tipo)


def _con_tipi(nodo: Disposizione, nuovi: Mapping[str, Tipo]) -> Disposizione:
    if not nuovi:
        return nodo
    figli = tuple(_con_tipi(figlio, nuovi) for figlio in nodo.figli)
    return nodo.con(tipo=nuovi.get(nodo.id, nodo.tipo), figli=figli)
