"""What an amendment does to a text: a list of explicit operations, each on one disposition, never a copy to be diffed.

All operations of all amendments speak of the same base text: their words and positions are those of the version they
amend, whatever the other amendments do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bozze.testo.albero import CON_RUBRICA, FIGLI_AMMESSI, Disposizione, Testo, Tipo
from bozze.testo.parole import confine


class Posizione(StrEnum):
    DOPO = "dopo"
    PRIMA = "prima"
    IN_FONDO = "in_fondo"
    IN_CIMA = "in_cima"


@dataclass(frozen=True, slots=True)
class SostituisciParole:
    """In the text of ``bersaglio``, from character ``inizio``, ``vecchie`` become ``nuove``.

    Without ``nuove`` the words are deleted; without ``vecchie`` the new ones are inserted at ``inizio``.
    """

    bersaglio: str
    vecchie: str
    nuove: str
    inizio: int

    @property
    def fine(self) -> int:
        return self.inizio + len(self.vecchie)


@dataclass(frozen=True, slots=True)
class Sostituisci:
    """The whole of ``bersaglio`` (words, heading and what is below) becomes ``nuovo``, which keeps its id and kind."""

    bersaglio: str
    nuovo: Disposizione


@dataclass(frozen=True, slots=True)
class SostituisciRubrica:
    bersaglio: str
    rubrica: str


@dataclass(frozen=True, slots=True)
class Sopprimi:
    bersaglio: str


@dataclass(frozen=True, slots=True)
class Aggiungi:
    """``nuovo`` (ids already given, new) stands after or before ``riferimento``, or at the end or start inside it.

    With IN_FONDO and IN_CIMA an empty ``riferimento`` is the text itself.
    """

    posizione: Posizione
    riferimento: str
    nuovo: Disposizione


@dataclass(frozen=True, slots=True)
class Sposta:
    """``bersaglio``, with what is below, goes after or before ``riferimento``, or at the end or start inside it."""

    bersaglio: str
    posizione: Posizione
    riferimento: str


type Operazione = SostituisciParole | Sostituisci | SostituisciRubrica | Sopprimi | Aggiungi | Sposta


def in_dati(operazione: Operazione) -> dict[str, Any]:
    """The operation as plain data for JSON; the field ``operazione`` says which it is."""
    match operazione:
        case SostituisciParole(bersaglio, vecchie, nuove, inizio):
            return {
                "operazione": "sostituisci_parole",
                "bersaglio": bersaglio,
                "vecchie": vecchie,
                "nuove": nuove,
                "inizio": inizio,
            }
        case Sostituisci(bersaglio, nuovo):
            return {"operazione": "sostituisci", "bersaglio": bersaglio, "nuovo": nuovo.in_dati()}
        case SostituisciRubrica(bersaglio, rubrica):
            return {"operazione": "sostituisci_rubrica", "bersaglio": bersaglio, "rubrica": rubrica}
        case Sopprimi(bersaglio):
            return {"operazione": "sopprimi", "bersaglio": bersaglio}
        case Aggiungi(posizione, riferimento, nuovo):
            return {
                "operazione": "aggiungi",
                "posizione": posizione.value,
                "riferimento": riferimento,
                "nuovo": nuovo.in_dati(),
            }
        case Sposta(bersaglio, posizione, riferimento):
            return {
                "operazione": "sposta",
                "bersaglio": bersaglio,
                "posizione": posizione.value,
                "riferimento": riferimento,
            }


def da_dati(dati: Mapping[str, Any]) -> Operazione:
    """The operation back from its data. Raise ``KeyError`` or ``ValueError`` if the data are not an operation."""
    match dati["operazione"]:
        case "sostituisci_parole":
            return SostituisciParole(
                str(dati["bersaglio"]), str(dati["vecchie"]), str(dati["nuove"]), int(dati["inizio"])
            )
        case "sostituisci":
            return Sostituisci(str(dati["bersaglio"]), Disposizione.da_dati(dati["nuovo"]))
        case "sostituisci_rubrica":
            return SostituisciRubrica(str(dati["bersaglio"]), str(dati["rubrica"]))
        case "sopprimi":
            return Sopprimi(str(dati["bersaglio"]))
        case "aggiungi":
            nuovo = Disposizione.da_dati(dati["nuovo"])
            return Aggiungi(Posizione(dati["posizione"]), str(dati["riferimento"]), nuovo)
        case "sposta":
            return Sposta(str(dati["bersaglio"]), Posizione(dati["posizione"]), str(dati["riferimento"]))
        case altro:
            raise ValueError(f"operazione sconosciuta: {altro}")


def bersaglio(operazione: Operazione) -> str:
    """The id of the disposition where the operation is shown: its target, or for an addition the reference."""
    return operazione.riferimento if isinstance(operazione, Aggiungi) else operazione.bersaglio


def controlla(testo: Testo, operazione: Operazione) -> list[str]:
    """Why the operation cannot be done on this text, in words for the person; empty if it can."""
    match operazione:
        case Aggiungi():
            return _controlla_aggiunta(testo, operazione)
        case Sposta():
            return _controlla_spostamento(testo, operazione)
    nodo = testo.trova(operazione.bersaglio)
    if nodo is None:
        return ["La disposizione da modificare non c'è in questa versione del testo."]
    match operazione:
        case SostituisciParole():
            return _controlla_parole(nodo, operazione)
        case Sostituisci(_, nuovo):
            return _controlla_sostituzione(testo, nodo, nuovo)
        case SostituisciRubrica(_, rubrica):
            if nodo.tipo not in CON_RUBRICA:
                return ["Questa disposizione non ha una rubrica."]
            if nodo.rubrica == rubrica:
                return ["La nuova rubrica è uguale a quella attuale."]
    return []


def controlla_tutte(testo: Testo, operazioni: Sequence[Operazione]) -> list[str]:
    """As ``controlla`` for the operations of one amendment together: also what they do to one another."""
    from bozze.testo.collisioni import collisioni

    errori = [errore for operazione in operazioni for errore in controlla(testo, operazione)]
    if errori:
        return errori
    singole = {str(numero): (operazione,) for numero, operazione in enumerate(operazioni)}
    return [trovata.motivo for trovata in collisioni(testo, singole) if trovata.blocca]


def _controlla_parole(nodo: Disposizione, operazione: SostituisciParole) -> list[str]:
    if operazione.inizio < 0 or nodo.testo[operazione.inizio : operazione.fine] != operazione.vecchie:
        return [f'Le parole "{operazione.vecchie}" non si trovano nel punto indicato.']
    if not confine(nodo.testo, operazione.inizio) or not confine(nodo.testo, operazione.fine):
        return ["La modifica non può spezzare una parola: indica parole intere."]
    if operazione.vecchie.strip() == operazione.nuove.strip():
        return ["Le nuove parole sono uguali a quelle attuali."]
    if nodo.testo.strip() == operazione.vecchie.strip() and not operazione.nuove.strip():
        return ["Per togliere tutte le parole sopprimi la disposizione."]
    return []


def _controlla_sostituzione(testo: Testo, nodo: Disposizione, nuovo: Disposizione) -> list[str]:
    if nuovo.id != nodo.id or nuovo.tipo is not nodo.tipo:
        return [
            "Il nuovo testo deve mantenere il tipo e l'identificativo della disposizione che sostituisce."
        ]
    if nuovo == nodo:
        return ["Il nuovo testo è uguale a quello attuale."]
    proprie = {discendente.id for discendente in nodo.discendenti()}
    estranee = [
        discendente
        for discendente in nuovo.discendenti()
        if discendente.id not in proprie and discendente.id in testo.indice
    ]
    if estranee:
        return ["Il nuovo testo usa l'identificativo di un'altra disposizione."]
    return _forma(nuovo)


def _controlla_aggiunta(testo: Testo, operazione: Aggiungi) -> list[str]:
    errori = _controlla_posto(testo, operazione.nuovo.tipo, operazione.posizione, operazione.riferimento)
    if any(nodo.id in testo.indice for nodo in operazione.nuovo.discendenti()):
        errori.append("La disposizione aggiunta usa un identificativo che c'è già nel testo.")
    if not any(nodo.testo.strip() or nodo.rubrica.strip() for nodo in operazione.nuovo.discendenti()):
        errori.append("Manca il testo da aggiungere.")
    return errori + _forma(operazione.nuovo)


def _controlla_spostamento(testo: Testo, operazione: Sposta) -> list[str]:
    nodo = testo.trova(operazione.bersaglio)
    if nodo is None:
        return ["La disposizione da spostare non c'è in questa versione del testo."]
    if operazione.bersaglio == operazione.riferimento:
        return ["Una disposizione non si può spostare rispetto a se stessa."]
    errori = _controlla_posto(testo, nodo.tipo, operazione.posizione, operazione.riferimento)
    if errori:
        return errori
    genitore, varco = punto(testo, operazione.posizione, operazione.riferimento)
    posto = testo.indice[nodo.id]
    if (posto.genitore.id if posto.genitore else "") == genitore and varco in {
        posto.indice,
        posto.indice + 1,
    }:
        return ["La disposizione è già in quel punto."]
    return []


def _controlla_posto(testo: Testo, tipo: Tipo, posizione: Posizione, riferimento: str) -> list[str]:
    dentro = posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}
    if riferimento not in testo.indice and not (dentro and not riferimento):
        return ["Il punto indicato non c'è in questa versione del testo."]
    genitore = testo.trova(riferimento) if dentro else testo.genitore(riferimento)
    if tipo not in FIGLI_AMMESSI[genitore.tipo if genitore else None]:
        sopra = f"un elemento di tipo {genitore.tipo}" if genitore else "la radice del testo"
        return [f"Un elemento di tipo {tipo} non può stare qui: non è ammesso sotto {sopra}."]
    return []


def _forma(nodo: Disposizione) -> list[str]:
    visti: set[str] = set()
    for discendente in nodo.discendenti():
        if not discendente.id or discendente.id in visti:
            return ["Le disposizioni nuove devono avere identificativi diversi."]
        visti.add(discendente.id)
        if any(figlio.tipo not in FIGLI_AMMESSI[discendente.tipo] for figlio in discendente.figli):
            return [
                f"La struttura del nuovo testo non è valida sotto un elemento di tipo {discendente.tipo}."
            ]
    return []


def punto(testo: Testo, posizione: Posizione, riferimento: str) -> tuple[str, int]:
    """The place meant, as (id of the parent or "", gap): gap 0 is before the first child, n after the n-th.

    "After comma 2", "before comma 3" and, where comma 2 is the last, "at the end of the article" may be one place.
    """
    if posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}:
        nodo = testo.trova(riferimento)
        figli = nodo.figli if nodo else testo.radici
        return riferimento, len(figli) if posizione is Posizione.IN_FONDO else 0
    posto = testo.indice[riferimento]
    varco = posto.indice + (1 if posizione is Posizione.DOPO else 0)
    return (posto.genitore.id if posto.genitore else ""), varco
