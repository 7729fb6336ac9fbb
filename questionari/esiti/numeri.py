"""Numbers from counts: how often each thing was said, means, quartiles, places. Pure functions of a Counter of cells."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from questionari.definizione import Domanda
from questionari.esiti.quesiti import ALTRO, NON_SO, SEPARA

type Conto = Counter[str]

MINIMO_QUARTILI = 5
"""With fewer answers quartiles would be the answers themselves."""


def scelte(domanda: Domanda, conto: Conto) -> dict[str, int]:
    """How often each option was chosen, "altro" last; in the order of the questionnaire."""
    dette: Counter[str] = Counter()
    for valore, volte in conto.items():
        for codice in valore.split(SEPARA):
            dette[codice] += volte
    codici = [*domanda.etichette, *([ALTRO] if domanda.consenti_altro else [])]
    return {codice: dette[codice] for codice in codici}


def media_scelta(domanda: Domanda, conto: Conto) -> float | None:
    """Mean of an ordered single choice, its options counting 1, 2, 3…; "altro" does not count."""
    punti = {voce.codice: posto for posto, voce in enumerate(domanda.voci, 1)}
    return _media({punti[codice]: volte for codice, volte in conto.items() if codice in punti})


def gradi(domanda: Domanda, conto: Conto) -> dict[int | None, int]:
    """How often each grade was given to a row; None is "non so"."""
    tutti: list[int | None] = [*domanda.gradi, *([None] if domanda.consenti_non_so else [])]
    return {grado: conto[NON_SO if grado is None else str(grado)] for grado in tutti}


def media_gradi(conto: Conto) -> float | None:
    """Mean grade; "non so" does not count."""
    return _media({int(valore): volte for valore, volte in conto.items() if valore != NON_SO})


def _media(volte: dict[int, int]) -> float | None:
    tutte = sum(volte.values())
    return sum(numero * quante for numero, quante in volte.items()) / tutte if tutte else None


@dataclass(frozen=True, slots=True)
class Riassunto:
    """Numbers in short; quartiles only where there are enough."""

    enti: int
    media: float | None
    somma: float
    quartili: tuple[float, float, float] | None


def riassumi(conto: Conto) -> Riassunto:
    """Mean, sum and quartiles of numbers."""
    numeri = sorted(float(numero) for numero in conto.elements())
    somma = float(sum(numeri))
    return Riassunto(
        enti=len(numeri),
        media=somma / len(numeri) if numeri else None,
        somma=somma,
        quartili=_quartili(numeri),
    )


def _quartili(numeri: Sequence[float]) -> tuple[float, float, float] | None:
    if len(numeri) < MINIMO_QUARTILI:
        return None
    primo, mediana, terzo = statistics.quantiles(numeri, n=4, method="inclusive")
    return primo, mediana, terzo


def anni(conto: Conto) -> dict[str, int]:
    """How many dates fall in each year, in order, years without any left out."""
    per_anno: Counter[str] = Counter()
    for giorno, volte in conto.items():
        per_anno[giorno[:4]] += volte
    return dict(sorted(per_anno.items()))


@dataclass(frozen=True, slots=True)
class Posizione:
    """How an item of a ranking fared. `media` is its mean place where it was placed."""

    codice: str
    scelte: int
    primi: int
    media: float | None


def classifica(domanda: Domanda, conto: Conto) -> list[Posizione]:
    """Items from the first to the last: by mean place, who was not placed counting as one after the last place."""
    posti = domanda.max_scelte or len(domanda.voci)
    tutti = conto.total()
    somme: Counter[str] = Counter()
    quante: Counter[str] = Counter()
    prime: Counter[str] = Counter()
    for valore, volte in conto.items():
        for posto, codice in enumerate(valore.split(SEPARA), 1):
            somme[codice] += posto * volte
            quante[codice] += volte
            prime[codice] += volte * (posto == 1)
    posizioni = [
        Posizione(
            voce.codice,
            quante[voce.codice],
            prime[voce.codice],
            somme[voce.codice] / quante[voce.codice] if quante[voce.codice] else None,
        )
        for voce in domanda.voci
    ]

    def ordine(posizione: Posizione) -> tuple[float, int]:
        codice = posizione.codice
        return (somme[codice] + (tutti - quante[codice]) * (posti + 1), -prime[codice])

    return sorted(posizioni, key=ordine)


def quota(parte: int, tutto: int) -> str:
    """A share in words for people: "42%"."""
    return f"{100 * parte / tutto:.0f}%" if tutto else "0%"
