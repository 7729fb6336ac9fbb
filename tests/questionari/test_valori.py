"""One answer: forms and JSON come to the same normal form, and what does not fit is said in words."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from questionari import valori
from questionari.definizione import Domanda, Voce
from tests.questionari.strategie import DEFINIZIONE, calma
from tests.questionari.strategie import valori as valori_validi

D = DEFINIZIONE.per_codice
DOMANDE = list(DEFINIZIONE.domande)


@calma
@given(st.sampled_from(DOMANDE).flatmap(lambda d: st.tuples(st.just(d), valori_validi(d))))
def test_il_valore_normale_resta_uguale(caso: tuple[Domanda, Any]) -> None:
    domanda, valore = caso
    normale = valori.normalizza(domanda, valore)
    assert valori.uguali(normale, valore)
    assert valori.uguali(valori.normalizza(domanda, normale), normale)
    assert bool(valori.in_parole(domanda, normale)) == (normale is not None)


@calma
@given(
    st.sampled_from(DOMANDE),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
        lambda f: st.lists(f, max_size=3) | st.dictionaries(st.text(max_size=12), f, max_size=3),
        max_leaves=6,
    ),
)
def test_niente_di_strano_entra(domanda: Domanda, grezzo: Any) -> None:
    try:
        normale = valori.normalizza(domanda, grezzo)
    except valori.ValoreNonValido:
        return
    assert valori.uguali(valori.normalizza(domanda, normale), normale)


@pytest.mark.parametrize(
    ("codice", "posta", "atteso"),
    [
        ("D06", "D06=medio", "medio"),
        ("D06", "D06=", None),
        (
            "D04",
            "D04=stampa&D04=scuole&D04-altro=Radio locali",
            {"scelte": ["scuole", "stampa"], "altro": "Radio locali"},
        ),
        ("D04", "", None),
        ("D01", "D01-spaccio=4&D01-minori=non_so", {"spaccio": 4, "minori": None}),
        ("D29", "D29=1.250,50", 1250.5),
        ("D29", "D29=1250.50", 1250.5),
        ("D03", "D03=1.250", 1250),
        ("D17", "D17=12,5", 12.5),
        ("D17", "D17= 12,0 ", 12),
        ("D31", "D31=video&D31=scuole", ["video", "scuole"]),
        ("D35", "D35=  Anna   Neri ", "Anna Neri"),
        ("D36", "D36=uno%0D%0Adue", "uno\ndue"),
    ],
)
def test_dal_modulo(codice: str, posta: str, atteso: Any) -> None:
    assert valori.normalizza(D[codice], valori.dal_modulo(D[codice], QueryDict(posta))) == atteso


@pytest.mark.parametrize(
    ("codice", "grezzo", "parole"),
    [
        ("D06", "boh", "non è tra le risposte possibili"),
        ("D08", ["anziani", "donne", "giovani", "turisti"], "al massimo 3 risposte: ne avete 4"),
        ("D08", ["anziani", "nessuno"], "non si combina"),
        ("D08", {"scelte": ["anziani"], "altro": "pescatori"}, "solo tra le risposte elencate"),
        ("D01", {"spaccio": 6}, "non è nella scala"),
        ("D01", {"boh": 1}, "non è tra le voci"),
        ("D03", "12,5", "numero intero"),
        ("D03", "tanti", "«tanti» non è un numero"),
        ("D03", "-1", "almeno 0"),
        ("D03", "100001", "al massimo 100.000"),
        ("D17", "1,25", "1 cifra dopo la virgola"),
        ("D35", "x" * 251, "al massimo 250"),
        (
            "D31",
            ["video", "scuole", "anziani", "giovani", "formazione", "comunicazione"],
            "al massimo 5 voci",
        ),
        ("D11", ["a.pdf"], "dalla pagina"),
    ],
)
def test_rifiuti_in_parole(codice: str, grezzo: Any, parole: str) -> None:
    with pytest.raises(valori.ValoreNonValido, match=parole):
        valori.normalizza(D[codice], grezzo)


def test_graduatoria_un_tasto_alla_volta() -> None:
    domanda = D["D31"]
    attuale: list[str] = []
    for codice in ("video", "scuole", "anziani", "giovani", "formazione"):
        attuale = valori.sposta(domanda, attuale, "aggiungi", codice)
    assert valori.sposta(domanda, attuale, "aggiungi", "comunicazione") == attuale
    assert valori.sposta(domanda, attuale, "su", "scuole")[:2] == ["scuole", "video"]
    assert valori.sposta(domanda, attuale, "su", "video") == attuale
    assert valori.sposta(domanda, attuale, "giu", "formazione") == attuale
    assert valori.sposta(domanda, attuale, "giu", "video")[:2] == ["scuole", "video"]
    assert "video" not in valori.sposta(domanda, attuale, "togli", "video")


@calma
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["su", "giu", "togli", "aggiungi"]), st.sampled_from(list(D["D31"].etichette))
        )
    )
)
def test_graduatoria_resta_sempre_valida(tasti: list[tuple[str, str]]) -> None:
    attuale: list[str] = []
    for azione, voce in tasti:
        attuale = valori.sposta(D["D31"], attuale, azione, voce)
        assert valori.normalizza(D["D31"], attuale) == (attuale or None)


def test_in_cifre() -> None:
    assert valori.in_cifre(1250.5) == "1.250,5"
    assert valori.in_cifre(-0.04, 1) == "0,0"
    assert valori.in_cifre(-0.06, 1) == "-0,1"


def test_in_parole() -> None:
    assert valori.in_parole(D["D29"], 1250.5) == ["1.250,5 euro"]
    assert valori.in_parole(D["D01"], {"spaccio": None, "furti-auto": 1}) == [
        "Furti di o su autoveicoli: Assente",
        "Spaccio e consumo di stupefacenti in luoghi pubblici: Non so",
    ]


def _nuova(tipo: str, **campi: Any) -> Domanda:
    return Domanda("X", tipo, "Domanda", **campi)


@pytest.mark.parametrize(
    ("scritta", "letta"),
    [("2026-03-31", "2026-03-31"), ("31/3/2026", "2026-03-31"), (" 1.12.2025 ", "2025-12-01"), ("", None)],
)
def test_le_date(scritta: str, letta: str | None) -> None:
    assert valori.normalizza(_nuova("data"), scritta) == letta


@pytest.mark.parametrize(
    "scritta", ["31/2/2026", "domani", "2026-3-1", "٢٠٢٦-٠٣-٣١", 20260331, "2026-03-31T10:00"]
)
def test_le_date_sbagliate(scritta: Any) -> None:
    with pytest.raises(valori.ValoreNonValido):
        valori.normalizza(_nuova("data"), scritta)


def test_i_limiti_di_una_data() -> None:
    domanda = _nuova("data", dal="2026-01-01", al="2026-12-31")
    with pytest.raises(valori.ValoreNonValido, match="prima del 01/01/2026"):
        valori.normalizza(domanda, "31/12/2025")
    with pytest.raises(valori.ValoreNonValido, match="dopo il 31/12/2026"):
        valori.normalizza(domanda, "2027-01-01")
    assert valori.in_parole(domanda, "2026-05-04") == ["04/05/2026"]


def test_altro_in_una_singola() -> None:
    voci = (Voce("a", "La prima"), Voce("b", "La seconda"))
    domanda = _nuova("singola", voci=voci, consenti_altro=True)
    altro = {"scelte": [], "altro": "La terza"}
    assert valori.normalizza(domanda, "a") == "a"
    assert valori.normalizza(domanda, altro) == altro
    assert valori.normalizza(domanda, {"scelte": ["b"], "altro": ""}) == "b"
    assert valori.normalizza(domanda, {"scelte": [], "altro": " "}) is None
    assert valori.in_parole(domanda, altro) == ["Altro: La terza"]
    with pytest.raises(valori.ValoreNonValido, match="una sola"):
        valori.normalizza(domanda, {"scelte": ["a"], "altro": "La terza"})
    with pytest.raises(valori.ValoreNonValido, match="solo tra le risposte"):
        valori.normalizza(_nuova("singola", voci=voci), altro)
    modulo = QueryDict("X=:altro&X-altro=La terza")
    assert valori.normalizza(domanda, valori.dal_modulo(domanda, modulo)) == altro
    assert valori.dal_modulo(domanda, QueryDict("X=b&X-altro=La terza")) == "b"


def test_un_blocco_non_ha_risposta() -> None:
    assert valori.normalizza(_nuova("blocco"), "") is None
    with pytest.raises(valori.ValoreNonValido):
        valori.normalizza(_nuova("blocco"), "qualcosa")


def test_una_risposta_di_un_altra_versione_si_legge_lo_stesso() -> None:
    assert valori.in_parole(_nuova("singola", voci=(Voce("a", "La prima"),)), "tolta") == ["tolta"]
    assert valori.in_parole(_nuova("matrice"), "era un testo") == ["era un testo"]
