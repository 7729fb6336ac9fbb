"""Hypothesis strategies: a valid raw answer to any question, and a whole questionnaire of answers."""

import json
import math
from datetime import date as giorno
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from questionari import lettura
from questionari.definizione import Definizione, Domanda

DATI: dict[str, Any] = json.loads(
    (Path(lettura.__file__).parent / "dati" / "questionario_sicurezza.json").read_text(encoding="utf-8")
)
DEFINIZIONE: Definizione = lettura.leggi(DATI)
calma = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
"""For a busy machine: no deadline, no complaint about slow generation."""
TIPI_ENTE = ("comune", "unione_comuni", "comunita_montana", "provincia", "prefettura", "regione")


def valori(domanda: Domanda) -> st.SearchStrategy[Any]:
    """Normal answers to a question, or None."""
    return st.none() | date(domanda)


def date(domanda: Domanda) -> st.SearchStrategy[Any]:
    """Normal answers to a question that is answered."""
    codici = [voce.codice for voce in domanda.voci]
    match domanda.tipo:
        case "singola":
            valide: st.SearchStrategy[Any] = st.sampled_from(codici)
            if domanda.consenti_altro:
                valide |= st.just({"scelte": [], "altro": "un'altra"})
        case "blocco":
            return st.none()
        case "data":
            dal, al = (giorno.fromisoformat(g) if g else None for g in (domanda.dal, domanda.al))
            valide = st.dates(dal or giorno.min, al or giorno.max).map(giorno.isoformat)
        case "multipla":
            combinabili = [c for c in codici if c != domanda.esclusiva]
            massimo = min(domanda.max_scelte or len(combinabili), len(combinabili))
            valide = st.sets(st.sampled_from(combinabili), min_size=1, max_size=massimo).map(
                lambda scelte: {"scelte": [c for c in codici if c in scelte], "altro": ""}
            )
            if domanda.esclusiva:
                valide |= st.just({"scelte": [domanda.esclusiva], "altro": ""})
        case "matrice":
            gradi: list[int | None] = [*domanda.gradi, None] if domanda.consenti_non_so else [*domanda.gradi]
            valide = st.fixed_dictionaries({}, optional={c: st.sampled_from(gradi) for c in codici}).filter(
                bool
            )
        case "numero":
            basso = -1000 if domanda.minimo is None else math.ceil(domanda.minimo)
            alto = basso + 1000 if domanda.massimo is None else math.floor(domanda.massimo)
            valide = st.integers(basso, alto) if basso <= alto else st.nothing()
        case "graduatoria":
            valide = st.permutations(codici).map(lambda p: p[: domanda.max_scelte])
        case "file":
            valide = st.just([{"nome": "a.pdf", "impronta": "0" * 64, "dimensione": 10}])
        case _:
            valide = (
                st.text("abcdefgh àè'", min_size=1, max_size=min(60, domanda.max_caratteri or 60))
                .map(lambda t: " ".join(t.split()))
                .filter(bool)
            )
    return valide


RISPOSTE = st.fixed_dictionaries({domanda.codice: valori(domanda) for domanda in DEFINIZIONE.domande})
