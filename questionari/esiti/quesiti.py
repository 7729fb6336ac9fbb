"""From answers to cells that a database can count, and back: one cell for each closed question or row of a matrix."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from questionari import visibilita
from questionari.definizione import (
    AGGREGATA,
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    PUBBLICA,
    RISERVATA,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
    Definizione,
    Domanda,
    Valore,
    foglie,
)

CHIUSE = (SINGOLA, MULTIPLA, MATRICE, NUMERO, DATA, GRADUATORIA)
APERTE = (TESTO, TESTO_LUNGO)
ALTRO, NON_SO, SEPARA = "+", "?", "|"

_GRADI = {PUBBLICA: 0, AGGREGATA: 1, RISERVATA: 2}


@dataclass(frozen=True, slots=True)
class Quesito:
    """What is counted by itself: a closed question, or a row of a matrix."""

    domanda: str
    voce: str = ""


def quesiti(domanda: Domanda) -> tuple[Quesito, ...]:
    """The counted parts of a question; none of an open one."""
    if domanda.tipo == MATRICE:
        return tuple(Quesito(domanda.codice, voce.codice) for voce in domanda.voci)
    return (Quesito(domanda.codice),) if domanda.tipo in CHIUSE else ()


def celle(definizione: Definizione, risposte: Mapping[str, Valore]) -> Iterable[tuple[str, str, str]]:
    """The cells (question, row, value) of what a body sent; free texts and files are no cells."""
    for codice, valore in risposte.items():
        domanda = definizione.per_codice.get(codice)
        if domanda is None or valore is None or domanda.tipo not in CHIUSE:
            continue
        if domanda.tipo == MATRICE:
            for riga, grado in valore.items():
                yield codice, riga, NON_SO if grado is None else str(grado)
        else:
            yield codice, "", _scritto(domanda, valore)


def _scritto(domanda: Domanda, valore: Valore) -> str:
    if isinstance(valore, dict):
        return SEPARA.join([*valore["scelte"], *([ALTRO] if valore["altro"] else [])])
    if domanda.tipo == GRADUATORIA:
        return SEPARA.join(valore)
    return str(valore)


def testi(definizione: Definizione, risposte: Mapping[str, Valore]) -> Iterable[tuple[str, str]]:
    """The free texts (question, words) of what a body sent; of files only that they are there."""
    for codice, valore in risposte.items():
        domanda = definizione.per_codice.get(codice)
        if domanda is None or valore is None:
            continue
        if domanda.tipo in APERTE:
            yield codice, str(valore)
        elif domanda.tipo == FILE:
            yield codice, ", ".join(file["nome"] for file in valore)


@cache
def facce(tipo: str, valore: str) -> frozenset[Hashable]:
    """What a cell says (`riservatezza.livelli.Facce`): each option of a multipla, each place of a graduatoria."""
    if tipo == MULTIPLA:
        return frozenset(valore.split(SEPARA))
    if tipo == GRADUATORIA:
        return frozenset(enumerate(valore.split(SEPARA)))
    return frozenset((valore,))


def effettive(definizione: Definizione) -> dict[str, str]:
    """The confidentiality of each question: its own, or the greatest of those its condition looks at, if greater."""
    trovate: dict[str, str] = {}
    for domanda in definizione.domande:
        sue = [domanda.riservatezza, *(trovate[altra] for altra in domanda.dipende_da if altra in trovate)]
        trovate[domanda.codice] = max(sue, key=_GRADI.__getitem__)
    return trovate


def figlie(definizione: Definizione, codice: str) -> set[str]:
    """The questions that are asked, or not, because of the answer to this one."""
    return {domanda.codice for domanda in visibilita.dipendenti(definizione, codice)}


def firma(
    definizione: Definizione,
    tipo_ente: str,
    risposte: Mapping[str, Valore],
    livelli: Mapping[str, str] | None = None,
) -> str:
    """What anybody can tell of the `aggregata` questions that a body is asked: from its kind and its `pubblica` answers.

    Bodies with different signatures are never counted in one block. `livelli`: what `effettive` says, if it is at hand.
    """
    livelli = livelli or effettive(definizione)
    noti: list[str] = []
    for sezione in definizione.sezioni:
        for domanda in sezione.domande:
            if domanda.tipo == BLOCCO or livelli[domanda.codice] != AGGREGATA:
                continue
            chiesta = sezione.per(tipo_ente) and domanda.per(tipo_ente)
            noti.append(f"{domanda.codice}:{chiesta:d}")
            for foglia in foglie(domanda.visibile_se):
                if livelli[foglia.domanda] == PUBBLICA:
                    altra = definizione.per_codice[foglia.domanda]
                    libero = altra.tipo in APERTE
                    noti.append(f"{visibilita.vale(foglia, risposte.get(foglia.domanda), libero=libero):d}")
    return hashlib.sha256(" ".join(noti).encode()).hexdigest()
