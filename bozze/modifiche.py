"""An amendment as it is being written: a list of operations, changed one disposition after another. Pure: no ORM."""

from collections.abc import Sequence
from dataclasses import dataclass

from bozze.redazione import Azione, Proposta, Sezione, operazioni, sezione_di
from bozze.testo.albero import FIGLI_AMMESSI, GRUPPI_PREMESSE, Disposizione, Testo
from bozze.testo.formule import formule
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    SostituisciParole,
    Sposta,
    bersaglio,
    controlla,
)

_CITATE = 8
"""How many words of a disposition tell which it is."""


@dataclass(frozen=True, slots=True)
class Modifica:
    """One operation, as the page lists it."""

    numero: int
    formula: str
    disposizione: str
    dove: str


@dataclass(frozen=True, slots=True)
class Luogo:
    """A place where a disposition can be moved: the value of the form, the words, and the part of the text it is in."""

    valore: str
    parole: str
    gruppo: str


def elenco(testo: Testo, fatte: Sequence[Operazione]) -> list[Modifica]:
    """Return the operations with their legal wording, in their order."""
    detti = nomi(testo)
    return [
        Modifica(
            numero,
            frase,
            bersaglio(operazione),
            detti[bersaglio(operazione)].esteso if bersaglio(operazione) in detti else "",
        )
        for numero, (operazione, frase) in enumerate(zip(fatte, formule(testo, fatte, detti), strict=True), 1)
    ]


def ordina(testo: Testo, fatte: Sequence[Operazione]) -> list[Operazione]:
    """Return the operations in the order of the text, and of the words inside one disposition; the rest as it was."""

    def chiave(operazione: Operazione) -> tuple[int, int]:
        posto = testo.indice.get(bersaglio(operazione))
        inizio = operazione.inizio if isinstance(operazione, SostituisciParole) else -1
        return (posto.ordine if posto else len(testo.indice), inizio)

    return sorted(fatte, key=chiave)


def insieme_a(fatte: Sequence[Operazione], numero: int) -> list[Operazione]:
    """Return what is written on one page with the operation at `numero` (from 1): the changes to the same words."""
    scelta = fatte[numero - 1]
    if isinstance(scelta, Aggiungi | Sposta):
        return [scelta]
    return [o for o in fatte if bersaglio(o) == scelta.bersaglio and not isinstance(o, Aggiungi | Sposta)]


def di(fatte: Sequence[Operazione], disposizione: str, azione: Azione) -> list[Operazione]:
    """Return the operations on a disposition that a new `azione` on it takes the place of."""
    if azione is Azione.AGGIUNGI:
        return []
    proprie: list[Operazione] = [
        o for o in fatte if bersaglio(o) == disposizione and not isinstance(o, Aggiungi)
    ]
    if azione is Azione.SOPPRIMI:
        return proprie
    sposta = azione is Azione.SPOSTA
    return [o for o in proprie if isinstance(o, Sposta) == sposta]


def riscrivi(
    testo: Testo,
    fatte: Sequence[Operazione],
    disposizione: str,
    proposta: Proposta,
    numero: int | None = None,
) -> list[Operazione]:
    """Return the operations with what was written about a disposition; `numero`: in the place of that one."""
    tolte = insieme_a(fatte, numero) if numero else []
    tolte = tolte + di(fatte, disposizione, proposta.azione)
    restano = [o for o in fatte if not any(o is tolta for tolta in tolte)]
    return ordina(testo, [*restano, *operazioni(testo, disposizione, proposta)])


def togli(fatte: Sequence[Operazione], numero: int) -> list[Operazione]:
    """Return the operations without one (from 1)."""
    return [operazione for posto, operazione in enumerate(fatte, 1) if posto != numero]


def parte_proposta(fatte: Sequence[Operazione], disposizione: str) -> list[Operazione]:
    """Return what is already written about the words of a disposition."""
    return [o for o in fatte if bersaglio(o) == disposizione and not isinstance(o, Aggiungi | Sposta)]


# ---------------------------------------------------------------------------------------------- where to move
def luoghi(testo: Testo, nodo: Disposizione) -> list[Luogo]:
    """Return where a disposition can be moved, each place told by its number and words, in the order of the text."""
    detti = nomi(testo)
    trovati: list[Luogo] = []
    for vicino in testo.disposizioni():
        gruppo = sezione_di(testo, detti, vicino.id).nome
        if _ammesso(testo, nodo, vicino):
            if testo.indice[vicino.id].indice == 0:
                _aggiungi(testo, nodo, Posizione.PRIMA, vicino, detti, gruppo, trovati)
            _aggiungi(testo, nodo, Posizione.DOPO, vicino, detti, gruppo, trovati)
        if nodo.tipo in FIGLI_AMMESSI[vicino.tipo] and not vicino.figli:
            _aggiungi(testo, nodo, Posizione.IN_FONDO, vicino, detti, gruppo, trovati)
    return trovati


def _ammesso(testo: Testo, nodo: Disposizione, vicino: Disposizione) -> bool:
    genitore = testo.genitore(vicino.id)
    return vicino.id != nodo.id and nodo.tipo in FIGLI_AMMESSI[genitore.tipo if genitore else None]


def _aggiungi(
    testo: Testo,
    nodo: Disposizione,
    posizione: Posizione,
    vicino: Disposizione,
    detti: dict[str, Nome],
    gruppo: str,
    trovati: list[Luogo],
) -> None:
    if controlla(testo, Sposta(nodo.id, posizione, vicino.id)):
        return
    nome = detti[vicino.id]
    prima = {
        Posizione.PRIMA: f"Prima {nome.con('di')}",
        Posizione.DOPO: f"Dopo {nome.con('')}",
        Posizione.IN_FONDO: f"Dentro {nome.con('')}",
    }[posizione]
    trovati.append(Luogo(f"{posizione.value}:{vicino.id}", f"{prima}{_citate(vicino)}", gruppo))


def _citate(nodo: Disposizione) -> str:
    if nodo.tipo in GRUPPI_PREMESSE:
        return ""
    parole = (nodo.rubrica or nodo.testo).split()
    if not parole:
        return ""
    return f": «{' '.join(parole[:_CITATE])}{'…' if len(parole) > _CITATE else ''}»"


# ---------------------------------------------------------------------------------------------- which disposition
@dataclass(frozen=True, slots=True)
class Scelta:
    """A disposition that can be chosen to be amended."""

    id: str
    nome: str
    parole: str
    toccata: bool


def scelte(
    testo: Testo, fatte: Sequence[Operazione], cercate: str = ""
) -> list[tuple[Sezione, list[Scelta]]]:
    """Return the dispositions by section, only those that hold `cercate` (in words, heading or number) if given."""
    detti = nomi(testo)
    toccate = {bersaglio(operazione) for operazione in fatte}
    ago = cercate.strip().casefold()
    gruppi: dict[str, tuple[Sezione, list[Scelta]]] = {}
    for nodo in testo.disposizioni():
        nome = detti[nodo.id]
        parole = nodo.rubrica or nodo.testo
        if ago and ago not in f"{nome.esteso} {nodo.rubrica} {nodo.testo}".casefold():
            continue
        sezione = sezione_di(testo, detti, nodo.id)
        voce = Scelta(nodo.id, nome.breve if nome.numero else nodo.tipo.value, parole, nodo.id in toccate)
        gruppi.setdefault(sezione.id, (sezione, []))[1].append(voce)
    return list(gruppi.values())
