"""Reading a questionnaire: the real one comes in whole, a wrong one says all that is wrong."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionari import lettura
from questionari.definizione import BLOCCO, DATA, TIPI
from tests.questionari.strategie import calma

DATI: dict[str, Any] = json.loads(
    (Path(lettura.__file__).parent / "dati" / "questionario_sicurezza.json").read_text(encoding="utf-8")
)


def test_il_questionario_vero() -> None:
    definizione = lettura.leggi(DATI, tipi_ente=("comune", "unione_comuni", "comunita_montana", "provincia"))
    assert len(definizione.sezioni) == 6
    assert len(definizione.per_codice) == 36
    assert {domanda.tipo for domanda in definizione.domande} == set(TIPI) - {DATA, BLOCCO}
    assert definizione.numeri["D14"] == "3.3"
    assert definizione.per_codice["D11"].visibile_se is not None
    assert definizione.obiettivi["1"] == "accrescere il livello di cooperazione"


def _errori(cambia: Any) -> list[str]:
    dati = copy.deepcopy(DATI)
    cambia(dati)
    with pytest.raises(lettura.DefinizioneNonValida) as errore:
        lettura.leggi(dati, tipi_ente=("comune",))
    return [e for e in errore.value.errori if "destinatari" not in e]


def test_gli_errori_sono_tutti_e_dicono_dove() -> None:
    def cambia(dati: dict[str, Any]) -> None:
        domande = dati["sezioni"][0]["domande"]
        domande[0]["tipo"] = "boh"
        domande[1]["codice"] = "D03"
        domande[2]["min"] = 200_000
        del domande[3]["opzioni"]
        domande[4]["testo"] = " "

    errori = _errori(cambia)
    assert any(e.startswith("sezioni[0].domande[0] (D01).tipo: «boh»") for e in errori)
    assert any("domande[2].codice: «D03» è usato due volte" in e for e in errori)
    assert any("(D03).min: 200000 è maggiore di max (100000)" in e for e in errori)
    assert any("(D04).opzioni: servono almeno 2 elementi" in e for e in errori)
    assert any("(D05).testo: manca" in e for e in errori)


@pytest.mark.parametrize(
    ("condizione", "parole"),
    [
        ({"domanda": "D99", "operatore": "uguale", "valore": "si"}, "non è una domanda che viene prima"),
        ({"domanda": "D11", "operatore": "uguale", "valore": "si"}, "non può dipendere da sé stessa"),
        ({"domanda": "D12", "operatore": "uguale", "valore": "si"}, "non è una domanda che viene prima"),
        ({"domanda": "D10", "operatore": "maggiore", "valore": "si"}, "non si applica a D10"),
        ({"domanda": "D03", "operatore": "maggiore", "valore": "dieci"}, "serve un numero"),
        ({"tutte": []}, "è vuoto"),
        ({"tutte": ["D10"]}, "deve essere un oggetto"),
        ({"tutte": [], "almeno_una": []}, "un gruppo ha solo"),
        ({"almeno_una": [{"domanda": "D99", "operatore": "risposto"}]}, "non è una domanda che viene prima"),
        ({"domanda": "D10", "operatore": "simile", "valore": "si"}, "operatore: deve essere uno di"),
        ({"domanda": "D10", "operatore": "uguale", "valore": "forse"}, "non è tra le opzioni di D10"),
        ({"domanda": "D09", "operatore": "uguale", "valore": 1}, "non si applica a D09"),
        ("D10", "deve essere un oggetto"),
    ],
)
def test_condizioni_sbagliate(condizione: Any, parole: str) -> None:
    errori = _errori(lambda dati: dati["sezioni"][1]["domande"][5].update(visibile_se=condizione))
    assert any(parole in e for e in errori)


def test_destinatari_sconosciuti() -> None:
    with pytest.raises(lettura.DefinizioneNonValida, match="«provincia» non è un tipo di ente"):
        lettura.leggi(DATI, tipi_ente=("comune", "unione_comuni", "comunita_montana"))


JSON_QUALSIASI = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda figli: (
        st.lists(figli, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "codice",
                    "titolo",
                    "sezioni",
                    "domande",
                    "tipo",
                    "testo",
                    "opzioni",
                    "scala",
                    "visibile_se",
                    "min",
                ]
            ),
            figli,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@calma
@given(JSON_QUALSIASI)
def test_qualunque_json_da_errori_in_parole(dati: Any) -> None:
    try:
        lettura.leggi(dati)
    except lettura.DefinizioneNonValida as errore:
        assert errore.errori
