"""Out and back: our JSON and XLSForm, the latter as pyxform takes it."""

import json
from io import BytesIO
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from questionari import lettura, scrittura, visibilita
from questionari.definizione import Definizione, Domanda
from questionari.scambio import proprio
from questionari.scambio.importa import importa
from questionari.scambio.rapporto import Esito
from questionari.scambio.xlsform.esporta import esporta
from tests.questionari.definizioni import definizioni
from tests.questionari.scambio.moduli import LSS_VERO, XLSX_VERO
from tests.questionari.strategie import DATI, DEFINIZIONE, TIPI_ENTE, calma, valori


def test_il_questionario_vero_esce_e_torna_uguale() -> None:
    contenuto = esporta(DEFINIZIONE)
    modulo = convert(contenuto, file_type=".xlsx")
    assert modulo.warnings == []
    tornato = importa(contenuto, "q.xlsx")
    assert tornato.definizione == DEFINIZIONE
    assert {riga.esito for riga in tornato.rapporto.righe} == {Esito.TENUTO}


def test_json_esce_e_torna_uguale() -> None:
    tornato = importa(proprio.esporta(DATI), "q.json")
    assert tornato.dati == DATI
    assert {riga.esito for riga in tornato.rapporto.righe} == {Esito.TENUTO}


@calma
@given(definizioni())
def test_json_senza_perdite(definizione: Definizione) -> None:
    dati = scrittura.scrivi(definizione)
    tornato = importa(proprio.esporta(dati))
    assert tornato.definizione == definizione
    assert tornato.dati == json.loads(json.dumps(dati))


def _senza_condizioni(definizione: Definizione) -> dict[str, Any]:
    dati = scrittura.scrivi(definizione)
    for sezione in dati["sezioni"]:
        for domanda in sezione["domande"]:
            domanda.pop("visibile_se", None)
    return dati


@settings(parent=calma, max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(definizioni(), st.data())
def test_xlsform_senza_perdite(definizione: Definizione, data: st.DataObject) -> None:
    contenuto = esporta(definizione)
    convert(contenuto, file_type=".xlsx")
    tornata = importa(contenuto).definizione
    assert _senza_condizioni(tornata) == _senza_condizioni(definizione)
    # conditions come back in fewer words, and mean the same
    risposte = {d.codice: data.draw(_risposta(d)) for d in definizione.domande if d.chiede}
    for tipo in TIPI_ENTE:
        prima = [d.codice for d in visibilita.visibili(definizione, tipo, risposte)]
        assert [d.codice for d in visibilita.visibili(tornata, tipo, risposte)] == prima
    assert importa(esporta(tornata)).definizione == tornata


def test_un_limite_minuscolo_torna_uguale() -> None:
    dati = scrittura.scrivi(DEFINIZIONE)
    numero = next(d for s in dati["sezioni"] for d in s["domande"] if d["tipo"] == "numero")
    numero |= {"min": -5e-324, "max": 2.5e-320}
    definizione = lettura.leggi(dati)
    assert importa(esporta(definizione)).definizione == definizione


def test_una_condizione_con_i_due_tipi_di_virgolette_torna_uguale() -> None:
    dati = {
        "codice": "prova",
        "versione": "1.0",
        "titolo": "Prova",
        "sezioni": [
            {
                "codice": "A",
                "titolo": "A",
                "domande": [
                    {"codice": "A1", "tipo": "testo", "testo": "Perché?"},
                    {
                        "codice": "A2",
                        "tipo": "testo",
                        "testo": "E poi?",
                        "obbligatoria": True,
                        "visibile_se": {"domanda": "A1", "operatore": "contiene", "valore": 'l\'"altro"'},
                    },
                ],
            }
        ],
    }
    definizione = lettura.leggi(dati)
    assert importa(esporta(definizione)).definizione == definizione


def _risposta(domanda: Domanda) -> st.SearchStrategy[Any]:
    if domanda.tipo == "data":
        return st.none() | st.dates().map(lambda giorno: giorno.isoformat())
    if domanda.tipo == "numero":
        return st.none() | st.integers(-1000, 1000)
    return valori(domanda)


def test_i_due_veri_escono_e_tornano_uguali() -> None:
    for file in (LSS_VERO, XLSX_VERO):
        prima = importa(file.read_bytes(), file.name).definizione
        assert importa(esporta(prima)).definizione == prima


def test_nessuna_cella_e_una_formula() -> None:
    dati = scrittura.scrivi(DEFINIZIONE)
    dati["sezioni"][0]["titolo"] = "=1+1"
    dati["sezioni"][0]["domande"][0]["testo"] = '=HYPERLINK("http://example.invalid")'
    libro = load_workbook(BytesIO(esporta(lettura.leggi(dati))))
    celle = [cella for foglio in libro for riga in foglio.iter_rows() for cella in riga]
    assert celle
    assert not [cella for cella in celle if cella.data_type == "f"]
