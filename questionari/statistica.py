"""The numbers of the results: pure functions from the answers sent to groups, counts and means.

Confidentiality is a property of the numbers: everything that is published about a question is a function of disjoint
groups, each of at least `soglia` bodies. Groups that are too small go together into one; if that too is small, its
bodies stay out of the totals as well, so that nothing can be had by subtraction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from questionari.definizione import AGGREGATA, PUBBLICA, RISERVATA, Domanda, Valore

INSIEME = "Altri ambiti insieme"


@dataclass(frozen=True, slots=True)
class RispostaEnte:
    """What one body sent."""

    ente: str
    ambito: str
    risposte: Mapping[str, Valore]


@dataclass(frozen=True, slots=True)
class Gruppo:
    """Bodies whose answers to one question are counted together. A group not published holds no answers."""

    nome: str
    valori: tuple[Valore, ...] = ()
    pubblicato: bool = True

    @property
    def enti(self) -> int:
        return len(self.valori)


@dataclass(frozen=True, slots=True)
class Raccolta:
    """The published answers to one question: its groups, and what had to stay out."""

    gruppi: tuple[Gruppo, ...]
    riuniti: tuple[str, ...] = ()
    """Areas counted together because they are too small alone."""
    esclusi: tuple[str, ...] = ()
    """Areas that are not published, not even in the totals."""

    @property
    def totale(self) -> tuple[Valore, ...]:
        """All published answers: by construction the sum of the published groups."""
        return tuple(valore for gruppo in self.gruppi for valore in gruppo.valori)

    @property
    def pubblicati(self) -> tuple[Gruppo, ...]:
        return tuple(gruppo for gruppo in self.gruppi if gruppo.pubblicato)


def raccogli(
    domanda: Domanda, risposte: Iterable[RispostaEnte], ambiti: Sequence[str], *, soglia: int
) -> Raccolta:
    """Group the answers to a question by area (in the order of `ambiti`), by the rules of its confidentiality.

    A `riservata` question gives nothing at all.
    """
    if domanda.riservatezza == RISERVATA:
        return Raccolta(())
    per_ambito: dict[str, list[Valore]] = {ambito: [] for ambito in ambiti}
    for risposta in risposte:
        if (valore := risposta.risposte.get(domanda.codice)) is not None:
            per_ambito.setdefault(risposta.ambito, []).append(valore)
    gruppi = [Gruppo(ambito, tuple(valori)) for ambito, valori in per_ambito.items()]
    if domanda.riservatezza == PUBBLICA:
        return Raccolta(tuple(gruppi))
    assert domanda.riservatezza == AGGREGATA
    piccoli = [gruppo for gruppo in gruppi if 0 < gruppo.enti < soglia]
    insieme = Gruppo(INSIEME, tuple(valore for gruppo in piccoli for valore in gruppo.valori))
    nomi = tuple(gruppo.nome for gruppo in piccoli)
    if len(piccoli) > 1 and insieme.enti >= soglia:
        return Raccolta((*(g for g in gruppi if g not in piccoli), insieme), riuniti=nomi)
    chiusi = tuple(Gruppo(g.nome, pubblicato=False) if g in piccoli else g for g in gruppi)
    return Raccolta(chiusi, esclusi=nomi)


# Counts and means. Each takes the answers of a group.


def conta_scelte(domanda: Domanda, valori: Iterable[Valore]) -> dict[str, int]:
    """How often each option was chosen; for a multipla "" stands for other answers, written in words."""
    conteggio: Counter[str] = Counter()
    for valore in valori:
        if isinstance(valore, dict):
            conteggio.update(valore["scelte"])
            conteggio[""] += bool(valore["altro"])
        else:
            conteggio[valore] += 1
    return {
        codice: conteggio[codice]
        for codice in [*domanda.etichette, *([""] if domanda.consenti_altro else [])]
    }


def media_scelta(domanda: Domanda, valori: Iterable[Valore]) -> float | None:
    """Mean of an ordered single choice, its options counting 1, 2, 3…; "altro" does not count."""
    punti = {voce.codice: posto for posto, voce in enumerate(domanda.voci, 1)}
    return media([punti[valore] for valore in valori if isinstance(valore, str)])


def distribuzione(domanda: Domanda, riga: str, valori: Iterable[Valore]) -> dict[int | None, int]:
    """How often each grade was given to a matrix row; None is "non so"."""
    conteggio: Counter[int | None] = Counter(valore[riga] for valore in valori if riga in valore)
    gradi: list[int | None] = [*domanda.gradi, *([None] if domanda.consenti_non_so else [])]
    return {grado: conteggio[grado] for grado in gradi}


def media_riga(riga: str, valori: Iterable[Valore]) -> float | None:
    """Mean grade of a matrix row; "non so" does not count."""
    return media([valore[riga] for valore in valori if valore.get(riga) is not None])


@dataclass(frozen=True, slots=True)
class Posizione:
    """How an item of a ranking fared."""

    codice: str
    scelte: int
    primi: int
    media: float | None
    punti: float


def classifica(domanda: Domanda, valori: Sequence[list[str]]) -> list[Posizione]:
    """Items from the most to the least wanted: with k places the first gives k points, the last 1, not chosen 0."""
    posti = domanda.max_scelte or len(domanda.voci)
    posizioni = []
    for voce in domanda.voci:
        avute = [valore.index(voce.codice) + 1 for valore in valori if voce.codice in valore]
        punti = sum(posti + 1 - posizione for posizione in avute)
        posizioni.append(
            Posizione(
                voce.codice, len(avute), avute.count(1), media(avute), punti / len(valori) if valori else 0.0
            )
        )
    return sorted(posizioni, key=lambda p: -p.punti)


def media(numeri: Sequence[float]) -> float | None:
    """Arithmetic mean, None of nothing."""
    return sum(numeri) / len(numeri) if numeri else None


def quota(parte: int, tutto: int) -> str:
    """A share in words for people: "42%"."""
    return f"{100 * parte / tutto:.0f}%" if tutto else "0%"
