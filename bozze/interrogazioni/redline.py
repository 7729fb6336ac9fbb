"""The text with its changes marked, as the lines that the pages show (component bozze/emendamenti/_redline.html)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bozze.redazione import maiuscola, sezione_di
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.confronto import Esito, Segmento, Segno, anteprima, confronta, confronta_parole
from bozze.testo.confronto import Riga as RigaConfronto
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    bersaglio,
)
from bozze.testo.subemendamenti import nomi_portati, normale, portato

_RIENTRO = {Tipo.LETTERA: 1, Tipo.NUMERO: 2, Tipo.TRATTINO: 1}
_POSTI = {
    Posizione.DOPO: ("dopo ", ""),
    Posizione.PRIMA: ("prima ", "di"),
    Posizione.IN_FONDO: ("in fondo ", "a"),
    Posizione.IN_CIMA: ("all'inizio ", "di"),
}
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
        if voce.id not in dentro or (solo_cambiate and not voce.cambiata):
            continue
        if pulito and voce.esito is Esito.SOPPRESSA:
            continue
        nodo = voce.dopo or voce.prima
        assert nodo is not None
        nome = nomi_dopo.get(voce.id) or nomi_prima[voce.id]
        sue = tuple((note or {}).get(voce.id, ()))
        if voce.spostata and not pulito:
            sue = (*sue, _arrivo(voce))
        fatte += _riga(voce, nodo, nome, voce.id in in_prova, sue, pulito)
    return fatte


def _arrivo(voce: RigaConfronto) -> Nota:
    """Say from where a disposition comes."""
    return Nota(f"spostato qui, era {voce.nome_prima}" if voce.nome_prima else "spostato qui", "blu")


@dataclass(frozen=True, slots=True)
class Brano:
    """The lines that change in one section of the text."""

    titolo: str
    righe: tuple[Riga, ...]


def brani(testo: Testo, operazioni: Sequence[Operazione]) -> list[Brano]:
    """Return what changes, section by section, in the order of the new text; none if it cannot be shown."""
    try:
        dopo = consolida(testo, operazioni)
    except NonConsolidabile:
        return []
    nomi_prima, nomi_dopo = nomi(testo), nomi(dopo)
    gruppi: dict[str, tuple[str, list[Riga]]] = {}
    for voce in confronta(testo, dopo):
        if not voce.cambiata:
            continue
        nodo = voce.disposizione
        dove, detti = (dopo, nomi_dopo) if voce.dopo else (testo, nomi_prima)
        note = (_arrivo(voce),) if voce.spostata else ()
        righe = _riga(voce, nodo, detti[voce.id], in_prova=False, note=note, pulito=False)
        sezione = sezione_di(dove, detti, voce.id)
        if sezione.id in testo.indice:
            titolo = sezione_di(testo, nomi_prima, sezione.id).nome
        else:
            titolo = f"{sezione.nome}, nuovo"
        gruppi.setdefault(sezione.id, (titolo, []))[1].extend(righe)
    return [Brano(titolo, tuple(righe)) for titolo, righe in gruppi.values()]


def brani_svelti(testo: Testo, detti: Mapping[str, Nome], operazioni: Sequence[Operazione]) -> list[Brano]:
    """Return what `brani` does, without making the whole text anew where no disposition comes or moves.

    For papers of a thousand amendments. `detti`: the names of the text's dispositions, found once for all.
    """
    if any(isinstance(o, Aggiungi | Sposta) or bersaglio(o) not in testo.indice for o in operazioni):
        return brani(testo, operazioni)
    gruppi: dict[str, tuple[str, list[Operazione]]] = {}
    for operazione in operazioni:
        sezione = sezione_di(testo, detti, bersaglio(operazione))
        gruppi.setdefault(sezione.id, (sezione.nome, []))[1].append(operazione)
    ordinati = sorted(gruppi.items(), key=lambda gruppo: testo.indice[gruppo[0]].ordine)
    return [Brano(nome, tuple(righe_brevi(testo, detti, proprie))) for _, (nome, proprie) in ordinati]


def righe_portate(
    testo: Testo, operazioni: Sequence[Operazione], proposte: Sequence[Operazione], sigla: str
) -> list[Riga]:
    """Return the words that an amendment brings, as a sub-amendment would change them; those that it touches alone."""
    prima = portato(operazioni)
    try:
        dopo = consolida(prima, [normale(prima, operazione) for operazione in proposte])
    except NonConsolidabile:
        return []
    detti = nomi_portati(testo, operazioni, sigla)
    fatte: list[Riga] = []
    for voce in confronta(prima, dopo):
        if not voce.cambiata:
            continue
        nome = detti.get(voce.id)
        breve = nome.esteso.removeprefix(f"emendamento {sigla}").strip(", ") if nome else "Nuovo"
        if voce.rubrica:
            fatte.append(Riga(voce.id, breve, 0, True, _pezzi(voce, voce.rubrica, pulito=False), True))
        if voce.testo:
            fatte.append(Riga(voce.id, breve, 0, False, _pezzi(voce, voce.testo, pulito=False), True))
    return [riga for riga in fatte if riga.pezzi]


def righe_cambiate(testo: Testo, operazioni: Sequence[Operazione], sezione: str) -> list[Riga]:
    """Return only the lines that change, in place; none if the operations cannot be shown."""
    try:
        return righe(testo, operazioni, sezione, solo_cambiate=True)
    except NonConsolidabile:
        return []


def righe_brevi(testo: Testo, detti: Mapping[str, Nome], operazioni: Sequence[Operazione]) -> list[Riga]:
    """Return what these operations do, each where it is done, without making the whole text anew: for long lists."""
    fatte: list[Riga] = []
    for id in dict.fromkeys(bersaglio(operazione) for operazione in operazioni):
        nodo = testo.trova(id)
        proprie = [o for o in operazioni if bersaglio(o) == id]
        sulle_parole = [o for o in proprie if isinstance(o, SostituisciParole | Sostituisci | Sopprimi)]
        if nodo is not None and sulle_parole:
            fatte += _riga_breve(nodo, detti[id], _in_pezzi(anteprima(nodo, sulle_parole)), sulle_parole)
        for operazione in proprie:
            if nodo is not None and isinstance(operazione, SostituisciRubrica):
                pezzi = _in_pezzi(confronta_parole(nodo.rubrica, operazione.rubrica))
                fatte.append(Riga(id, maiuscola(detti[id].breve), 0, True, pezzi, True))
            elif nodo is not None and isinstance(operazione, Sposta):
                nota = Nota(f"Spostato {_dove(operazione, detti)}", "neutro")
                pezzi = (Pezzo(nodo.testo or nodo.rubrica),)
                fatte.append(Riga(id, detti[id].numero, 0, False, pezzi, True, note=(nota,)))
            elif isinstance(operazione, Aggiungi):
                fatte += _aggiunta(operazione.nuovo, 0)
    return fatte


def _dove(operazione: Sposta, detti: Mapping[str, Nome]) -> str:
    """ "dopo l'articolo 5", "in fondo al titolo II"."""
    avverbio, preposizione = _POSTI[operazione.posizione]
    nome = detti.get(operazione.riferimento)
    return f"{avverbio}{nome.con(preposizione)}" if nome else "altrove"


def _riga_breve(
    nodo: Disposizione, nome: Nome, pezzi: tuple[Pezzo, ...], operazioni: Sequence[Operazione]
) -> list[Riga]:
    via = any(isinstance(o, Sopprimi) for o in operazioni)
    capo = nodo.tipo in _CAPI
    fatte = []
    if capo:
        titolo = (Pezzo(nodo.rubrica, tolto=via),) if nodo.rubrica else ()
        fatte.append(Riga(nodo.id, maiuscola(nome.breve), 0, True, titolo, via))
    if pezzi:
        fatte.append(Riga(nodo.id, "" if capo else nome.numero, 0, False, pezzi, True))
    if via:
        sotto = [d for d in nodo.discendenti() if d is not nodo and (d.testo or d.rubrica)]
        fatte += [
            Riga(
                d.id,
                "",
                min(1, _RIENTRO.get(d.tipo, 0)),
                False,
                (Pezzo(d.testo or d.rubrica, tolto=True),),
                True,
            )
            for d in sotto
        ]
    return fatte


def _aggiunta(nodo: Disposizione, livello: int) -> list[Riga]:
    fatte = []
    if parole := " ".join(p for p in (nodo.rubrica, nodo.testo) if p):
        fatte.append(Riga(nodo.id, "", livello, False, (Pezzo(parole, aggiunto=True),), True))
    for figlio in nodo.figli:
        fatte += _aggiunta(figlio, min(livello + 1, 2))
    return fatte


def _in_pezzi(segmenti: Sequence[Segmento]) -> tuple[Pezzo, ...]:
    return tuple(
        Pezzo(s.testo, s.segno is Segno.TOLTO, s.segno is Segno.AGGIUNTO) for s in segmenti if s.testo
    )


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
    cambiata = voce.cambiata
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
    return _in_pezzi(anteprima(nodo, parole))


__all__ = [
    "Brano",
    "NonConsolidabile",
    "Nota",
    "Pezzo",
    "Riga",
    "brani",
    "brani_svelti",
    "parole_cambiate",
    "righe",
    "righe_brevi",
    "righe_cambiate",
    "righe_portate",
]
