"""The text with its changes marked, as the lines that the pages show (component bozze/emendamenti/_redline.html)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.confronto import Esito, Segmento, Segno, anteprima, confronta
from bozze.testo.confronto import Riga as RigaConfronto
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.operazioni import Operazione, SostituisciParole

_RIENTRO = {Tipo.LETTERA: 1, Tipo.NUMERO: 2, Tipo.TRATTINO: 1}
_CAPI = {Tipo.ARTICOLO, Tipo.TITOLO, Tipo.CAPO, Tipo.ALLEGATO}


@dataclass(frozen=True, slots=True)
class Pezzo:
    """Some words: kept, struck out or added."""

    testo: str
    tolto: bool = False
    aggiunto: bool = False


@dataclass(frozen=True, slots=True)
class Nota:
    """A badge after a line: "5.3 accolto"."""

    testo: str
    tinta: str


@dataclass(frozen=True, slots=True)
class Riga:
    """One disposition."""

    id: str
    numero: str
    livello: int
    capo: bool
    pezzi: tuple[Pezzo, ...]
    cambiata: bool
    in_prova: bool = False
    note: tuple[Nota, ...] = ()


def righe(
    prima: Testo,
    operazioni: Sequence[Operazione],
    sezione: str,
    *,
    in_prova: Collection[str] = (),
    note: Mapping[str, Sequence[Nota]] | None = None,
    solo_cambiate: bool = False,
    pulito: bool = False,
) -> list[Riga]:
    """Return the section (an article, an annex…) as `operazioni` would make it, changes marked.

    `in_prova`: dispositions on a tinted ground; `note`: badges by disposition; `pulito`: the new text alone.
    Raises NonConsolidabile where the operations cannot be done together.
    """
    dopo = consolida(prima, operazioni)
    nomi_prima, nomi_dopo = nomi(prima), nomi(dopo)
    confronto = confronta(prima, dopo)
    dentro = _della_sezione(prima, dopo, sezione)
    fatte: list[Riga] = []
    for voce in confronto:
        if voce.id not in dentro or (solo_cambiate and voce.esito is Esito.UGUALE):
            continue
        if pulito and voce.esito is Esito.SOPPRESSA:
            continue
        nodo = voce.dopo or voce.prima
        assert nodo is not None
        nome = nomi_dopo.get(voce.id) or nomi_prima[voce.id]
        fatte += _riga(voce, nodo, nome, voce.id in in_prova, tuple((note or {}).get(voce.id, ())), pulito)
    return fatte


def righe_cambiate(testo: Testo, operazioni: Sequence[Operazione], sezione: str) -> list[Riga]:
    """Return only the lines that change, in place; none if the operations cannot be shown."""
    try:
        return righe(testo, operazioni, sezione, solo_cambiate=True)
    except NonConsolidabile:
        return []


def _della_sezione(prima: Testo, dopo: Testo, sezione: str) -> set[str]:
    """Return the ids of the section in either text, and of what was added beside it."""
    dentro: set[str] = set()
    for testo in (prima, dopo):
        nodo = testo.trova(sezione)
        if nodo is not None:
            dentro |= {d.id for d in nodo.discendenti() if not _altra_sezione(nodo, d)}
    nuovi = [d for d in dopo.disposizioni() if d.id not in prima.indice]
    if sezione in dopo.indice:
        vicini = {d.id for d in dopo.fratelli(sezione)}
        for nodo in nuovi:
            if nodo.id in vicini:
                dentro |= {d.id for d in nodo.discendenti()}
    return dentro


def _altra_sezione(sezione: Disposizione, nodo: Disposizione) -> bool:
    return sezione.tipo in {Tipo.TITOLO, Tipo.CAPO} and nodo.id != sezione.id


def _riga(
    voce: RigaConfronto, nodo: Disposizione, nome: Nome, in_prova: bool, note: tuple[Nota, ...], pulito: bool
) -> list[Riga]:
    cambiata = voce.esito is not Esito.UGUALE
    capo = nodo.tipo in _CAPI
    rientro = _RIENTRO.get(nodo.tipo, 0)
    fatte: list[Riga] = []
    if capo:
        titolo = nome.breve[:1].upper() + nome.breve[1:]
        fatte.append(
            Riga(voce.id, titolo, 0, True, _pezzi(voce, voce.rubrica, pulito), cambiata, in_prova, note)
        )
        note = ()
    if nodo.testo or not capo:
        numero = "" if capo else nome.numero
        pezzi = _pezzi(voce, voce.testo, pulito)
        if pezzi or not capo:
            fatte.append(Riga(voce.id, numero, rientro, False, pezzi, cambiata, in_prova, note))
    return fatte


def _pezzi(voce: RigaConfronto, segmenti: Sequence[Segmento], pulito: bool) -> tuple[Pezzo, ...]:
    return tuple(
        Pezzo(s.testo, s.segno is Segno.TOLTO, not pulito and s.segno is Segno.AGGIUNTO)
        for s in segmenti
        if s.testo and not (pulito and s.segno is Segno.TOLTO)
    )


def parole_cambiate(nodo: Disposizione, operazioni: Sequence[Operazione]) -> tuple[Pezzo, ...]:
    """Return the words of one disposition with their changes; nothing if the operations are of another kind."""
    parole = [o for o in operazioni if isinstance(o, SostituisciParole) and o.bersaglio == nodo.id]
    if not parole:
        return ()
    return tuple(
        Pezzo(s.testo, s.segno is Segno.TOLTO, s.segno is Segno.AGGIUNTO)
        for s in anteprima(nodo, parole)
        if s.testo
    )


__all__ = ["NonConsolidabile", "Nota", "Pezzo", "Riga", "parole_cambiate", "righe", "righe_cambiate"]
