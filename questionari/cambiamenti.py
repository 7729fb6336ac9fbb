"""What changed between two sendings of one body, question by question. Pure but for reading the questionnaire's versions."""

from collections.abc import Iterator
from dataclasses import dataclass

from accordo.base.differenze import Segmento, confronta_parole
from questionari import valori
from questionari.definizione import TESTO, TESTO_LUNGO, Domanda, Sezione
from questionari.models import Invio

AGGIUNTA, TOLTA, CAMBIATA = "Risposta nuova", "Risposta tolta", "Risposta cambiata"


@dataclass(frozen=True, slots=True)
class Cambiamento:
    """One answer that is not the same: its lines before and after; of a free text the words that changed."""

    numero: str
    domanda: Domanda
    genere: str
    prima: tuple[str, ...]
    dopo: tuple[str, ...]
    parole: tuple[Segmento, ...] = ()


def confronta(primo: Invio, secondo: Invio) -> list[tuple[Sezione, list[Cambiamento]]]:
    """Return what the second sending changes in the first, by section; what a correction took away comes last."""
    sezioni = {
        sezione.codice: (sezione, list(_in_sezione(sezione, primo, secondo)))
        for sezione in secondo.struttura.sezioni
    }
    for sezione in primo.struttura.sezioni:
        rimaste = secondo.struttura.per_codice
        tolte = [d for d in sezione.domande if d.codice not in rimaste]
        _, elenco = sezioni.setdefault(sezione.codice, (sezione, []))
        elenco.extend(c for domanda in tolte if (c := _uno(domanda, primo, secondo)))
    return [(sezione, cambiamenti) for sezione, cambiamenti in sezioni.values() if cambiamenti]


def uguali(primo: Invio, secondo: Invio) -> int:
    """Return how many answers are the same in both."""
    prima, dopo = primo.dati["risposte"], secondo.dati["risposte"]
    return sum(codice in dopo and valori.uguali(valore, dopo[codice]) for codice, valore in prima.items())


def _in_sezione(sezione: Sezione, primo: Invio, secondo: Invio) -> Iterator[Cambiamento]:
    for domanda in sezione.domande:
        cambiamento = _uno(domanda, primo, secondo)
        if cambiamento is not None:
            yield cambiamento


def _uno(domanda: Domanda, primo: Invio, secondo: Invio) -> Cambiamento | None:
    prima, dopo = (invio.dati["risposte"].get(domanda.codice) for invio in (primo, secondo))
    if valori.uguali(prima, dopo):
        return None
    genere = AGGIUNTA if prima is None else TOLTA if dopo is None else CAMBIATA
    righe_prima, righe_dopo = _righe(domanda, primo), _righe(domanda, secondo)
    comuni = set(righe_prima) & set(righe_dopo) if domanda.tipo == "matrice" else set()
    testi = domanda.tipo in (TESTO, TESTO_LUNGO) and isinstance(prima, str) and isinstance(dopo, str)
    numeri = (
        secondo.struttura.numeri if domanda.codice in secondo.struttura.numeri else primo.struttura.numeri
    )
    return Cambiamento(
        numeri[domanda.codice],
        domanda,
        genere,
        tuple(riga for riga in righe_prima if riga not in comuni),
        tuple(riga for riga in righe_dopo if riga not in comuni),
        confronta_parole(prima, dopo) if testi else (),
    )


def _righe(domanda: Domanda, invio: Invio) -> list[str]:
    """The answer of one sending in the words that the question had then."""
    allora = invio.struttura.per_codice.get(domanda.codice, domanda)
    return valori.in_parole(allora, invio.dati["risposte"].get(domanda.codice))
