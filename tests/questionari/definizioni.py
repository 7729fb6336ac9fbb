"""A hypothesis strategy for whole questionnaires, with every type, nested conditions and audiences."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from questionari.definizione import (
    ALMENO_UNA,
    AMMESSI,
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    RISERVATEZZE,
    RISPOSTO,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
    TIPI,
    TUTTE,
    Condizione,
    Definizione,
    Domanda,
    Grado,
    Gruppo,
    Regola,
    Sezione,
    Voce,
)
from tests.questionari.strategie import TIPI_ENTE

PAROLE = st.text("abcdè '«»\"\n=", min_size=1, max_size=20).map(str.strip).filter(bool)
GIORNI = st.dates().map(lambda giorno: giorno.isoformat())
DESTINATARI = st.just(()) | st.lists(st.sampled_from(TIPI_ENTE), min_size=1, max_size=3, unique=True).map(
    tuple
)


def _voci(minimo: int) -> st.SearchStrategy[tuple[Voce, ...]]:
    return st.lists(PAROLE, min_size=minimo, max_size=4).map(
        lambda etichette: tuple(Voce(f"v{i}", etichetta) for i, etichetta in enumerate(etichette, 1))
    )


@st.composite
def regole(draw: st.DrawFn, precedenti: list[Domanda], profondita: int = 2) -> Regola:
    """A rule on earlier questions."""
    if profondita and draw(st.booleans()):
        parti = draw(st.lists(regole(precedenti, profondita - 1), min_size=1, max_size=3))
        return Gruppo(draw(st.sampled_from((TUTTE, ALMENO_UNA))), tuple(parti))
    altra = draw(st.sampled_from(precedenti))
    operatore = draw(st.sampled_from(AMMESSI[altra.tipo]))
    if operatore == RISPOSTO:
        return Condizione(altra.codice, RISPOSTO)
    valore: Any
    if altra.voci:
        valore = draw(st.sampled_from([voce.codice for voce in altra.voci]))
    elif altra.tipo == NUMERO:
        valore = draw(st.integers(-1000, 1000) | st.floats(-1000, 1000))
    else:
        valore = draw(GIORNI if altra.tipo == DATA else PAROLE)
    return Condizione(altra.codice, operatore, valore)


@st.composite
def domande(draw: st.DrawFn, codice: str, precedenti: list[Domanda]) -> Domanda:
    """One question of any type."""
    tipo = draw(st.sampled_from(TIPI))
    campi: dict[str, Any] = {}
    if tipo in (SINGOLA, MULTIPLA, GRADUATORIA, MATRICE):
        campi["voci"] = draw(_voci(1 if tipo == MATRICE else 2))
    if tipo in (SINGOLA, MULTIPLA):
        campi["consenti_altro"] = draw(st.booleans())
    if tipo == SINGOLA:
        campi["ordinata"] = draw(st.booleans())
    if tipo in (MULTIPLA, GRADUATORIA):
        campi["max_scelte"] = draw(st.none() | st.integers(1, 5))
    if tipo == MULTIPLA:
        campi["esclusiva"] = draw(st.sampled_from(["", campi["voci"][0].codice]))
    if tipo == MATRICE:
        gradi = draw(st.lists(st.integers(-9, 99), min_size=2, max_size=4, unique=True))
        campi["scala"] = tuple(Grado(valore, draw(PAROLE)) for valore in gradi)
        campi["consenti_non_so"] = draw(st.booleans())
    if tipo == NUMERO:
        estremi = sorted(draw(st.lists(st.integers(-99, 99) | st.floats(-99, 99), min_size=2, max_size=2)))
        campi |= {"minimo": draw(st.sampled_from([None, estremi[0]])), "massimo": estremi[1]}
        campi |= {"decimali": draw(st.integers(0, 3)), "unita": draw(st.just("") | PAROLE)}
    if tipo == DATA:
        campi["dal"], campi["al"] = sorted(draw(st.lists(GIORNI, min_size=2, max_size=2)))
    if tipo in (TESTO, TESTO_LUNGO):
        campi["max_caratteri"] = draw(st.none() | st.integers(1, 5000))
    if tipo == FILE:
        campi |= {"estensioni": ("pdf", "odt"), "max_file": draw(st.integers(1, 5)), "max_mb": 5}
    utili = [altra for altra in precedenti if AMMESSI[altra.tipo]]
    if utili and draw(st.booleans()):
        campi["visibile_se"] = draw(regole(utili))
    return Domanda(
        codice=codice,
        tipo=tipo,
        testo=draw(PAROLE),
        aiuto=draw(st.just("") | PAROLE),
        obbligatoria=draw(st.booleans()) and tipo != BLOCCO,
        riservatezza=draw(st.sampled_from(RISERVATEZZE)),
        obiettivi=tuple(draw(st.lists(st.sampled_from(["1", "2"]), unique=True))),
        destinatari=draw(DESTINATARI),
        dato_personale=draw(st.booleans()),
        **campi,
    )


@st.composite
def definizioni(draw: st.DrawFn) -> Definizione:
    """A whole valid questionnaire, which asks something."""
    precedenti: list[Domanda] = []
    sezioni = []
    for i in range(draw(st.integers(1, 3))):
        contenuto = []
        for j in range(draw(st.integers(1, 4))):
            domanda = draw(domande(f"D{i}_{j}", precedenti))
            precedenti.append(domanda)
            contenuto.append(domanda)
        sezioni.append(
            Sezione(f"S{i}", draw(PAROLE), tuple(contenuto), draw(st.just("") | PAROLE), draw(DESTINATARI))
        )
    assume(any(domanda.chiede for domanda in precedenti))
    return Definizione(
        codice="prova",
        titolo=draw(PAROLE),
        sezioni=tuple(sezioni),
        premessa=draw(st.just("") | PAROLE),
        obiettivi={"1": "cooperare", "2": "coinvolgere"},
    )
