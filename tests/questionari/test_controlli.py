"""What is said of a questionnaire before it is opened."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionari import controlli, lettura, scrittura
from questionari.definizione import Definizione
from tests.questionari.definizioni import definizioni
from tests.questionari.strategie import DEFINIZIONE, TIPI_ENTE, calma

NOMI = {tipo: f"enti «{tipo}»" for tipo in TIPI_ENTE}


def _bozza(*domande: dict[str, Any], **sezione: Any) -> Definizione:
    dati = {
        "codice": "q",
        "titolo": "Prova",
        "sezioni": [{"codice": "S1", "titolo": "Prima", "domande": list(domande)} | sezione],
    }
    return lettura.leggi(dati, in_costruzione=True)


def _detti(definizione: Definizione, domanda: str = "D2") -> str:
    return " ".join(c.testo for c in controlli.controlla(definizione, NOMI) if c.domanda == domanda)


SI_NO = {
    "codice": "D1",
    "tipo": "singola",
    "testo": "Avete un piano?",
    "obbligatoria": True,
    "opzioni": [{"codice": "si", "etichetta": "Sì"}, {"codice": "no", "etichetta": "No"}],
}


def test_il_questionario_vero_si_puo_aprire() -> None:
    assert controlli.errori(DEFINIZIONE, NOMI) == []


def test_una_bozza_vuota() -> None:
    vuota = lettura.leggi({"codice": "q", "titolo": "", "sezioni": []}, in_costruzione=True)
    assert [c.testo for c in controlli.errori(vuota)] == [
        "Manca il titolo del questionario.",
        "Il questionario non ha ancora domande.",
    ]


def test_ogni_cosa_ha_il_suo_posto() -> None:
    bozza = _bozza(SI_NO, {"codice": "D2", "tipo": "multipla", "testo": "", "opzioni": []})
    [testo, opzioni] = [c for c in controlli.errori(bozza) if c.domanda == "D2"]
    assert (testo.numero, testo.sezione, testo.testo) == ("1.2", "S1", "Manca il testo della domanda.")
    assert opzioni.testo == "Servono almeno 2 opzioni."


def test_condizioni_impossibili() -> None:
    due = {
        "tutte": [
            {"domanda": "D1", "operatore": "uguale", "valore": "si"},
            {"domanda": "D1", "operatore": "uguale", "valore": "no"},
        ]
    }
    nota = {"codice": "D2", "tipo": "testo", "testo": "Quale?", "visibile_se": due}
    assert "due risposte diverse alla 1.1" in _detti(_bozza(SI_NO, nota))
    assert "due risposte" not in _detti(_bozza(SI_NO, nota | {"visibile_se": {"almeno_una": due["tutte"]}}))
    numero = {"codice": "D1", "tipo": "numero", "testo": "Quanti?", "max": 10}
    oltre = {"domanda": "D1", "operatore": "maggiore", "valore": 10}
    assert "non può mai valere" in _detti(_bozza(numero, nota | {"visibile_se": oltre}))
    assert "non può mai valere" not in _detti(_bozza(numero, nota | {"visibile_se": oltre | {"valore": 9}}))


def test_destinatari_che_non_si_incontrano() -> None:
    del_comune = SI_NO | {"destinatari": ["comune"]}
    nota = {
        "codice": "D2",
        "tipo": "testo",
        "testo": "Quale?",
        "visibile_se": {"domanda": "D1", "operatore": "uguale", "valore": "si"},
    }
    assert "non la vedranno mai" in _detti(_bozza(del_comune, nota))
    assert "Nessuno la vede: dipende" in _detti(_bozza(del_comune, nota | {"destinatari": ["regione"]}))
    assert _detti(_bozza(del_comune, nota | {"destinatari": ["comune"]})) == ""
    sezione = _bozza(SI_NO, nota | {"destinatari": ["regione"]}, destinatari=["comune"])
    assert "non sono tra quelli della sezione" in _detti(sezione)
    assert any("Senza nessuna domanda" in c.testo for c in controlli.errori(sezione, NOMI))


def test_dati_personali() -> None:
    nome = {"codice": "D2", "tipo": "testo", "testo": "Chi risponde?", "dato_personale": True}
    assert "non può essere pubblica" in _detti(_bozza(SI_NO, nome | {"riservatezza": "pubblica"}))
    assert "meglio che sia riservata" in _detti(_bozza(SI_NO, nome))
    assert _detti(_bozza(SI_NO, nome | {"riservatezza": "riservata"})) == ""


@calma
@given(definizioni())
def test_i_controlli_non_inciampano(definizione: Definizione) -> None:
    for trovato in controlli.controlla(definizione, NOMI):
        assert trovato.testo.endswith(".")
        assert not trovato.domanda or trovato.domanda in definizione.per_codice


@calma
@given(definizioni(), st.data())
def test_senza_errori_si_legge_anche_da_finita(definizione: Definizione, data: st.DataObject) -> None:
    """A draft in which the check finds no error is a questionnaire that the strict reading takes."""
    domanda = data.draw(st.sampled_from(list(definizione.domande)))
    guasta = replace(domanda, **data.draw(st.sampled_from([{"testo": ""}, {"voci": ()}, {"scala": ()}, {}])))
    bozza = replace(
        definizione,
        sezioni=tuple(
            replace(s, domande=tuple(guasta if d is domanda else d for d in s.domande))
            for s in definizione.sezioni
        ),
    )
    try:
        lettura.leggi(scrittura.scrivi(bozza), tipi_ente=TIPI_ENTE)
    except lettura.DefinizioneNonValida as errore:
        dangling = all("tra le opzioni" in riga for riga in errore.errori)
        assert dangling or controlli.errori(bozza, NOMI)
