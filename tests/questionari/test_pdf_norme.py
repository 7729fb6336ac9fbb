"""The questionnaire on paper against the norms, by two checkers that know nothing of us: PDF/UA-1 and PDF/A-2a.

A small questionnaire with one question of each type: what the checkers look at is the kinds of block, not how many.
"""

from functools import cache
from pathlib import Path

import page
import pdfua
import pytest

from accordo.base.pdf import componi
from questionari import lettura, presentazione, valori
from questionari.definizione import FILE, Definizione
from tests.questionari.fabbriche import valore_per

VOCI = [
    {"codice": "a", "etichetta": "Uno"},
    {"codice": "b", "etichetta": "Due"},
    {"codice": "c", "etichetta": "Tre"},
]
OGNI_TIPO = {
    "codice": "prova",
    "titolo": "Un questionario di prova",
    "premessa": "Due parole prima di cominciare.",
    "sezioni": [
        {
            "codice": "S1",
            "titolo": "Tutti i tipi",
            "descrizione": "Una domanda per tipo.",
            "domande": [
                {"codice": "D1", "tipo": "singola", "testo": "Avete un piano?", "opzioni": VOCI, "obbligatoria": True},
                {"codice": "D2", "tipo": "multipla", "testo": "Quali?", "opzioni": VOCI, "consenti_altro": True,
                 "visibile_se": {"domanda": "D1", "operatore": "uguale", "valore": "a"}},
                {"codice": "D3", "tipo": "matrice", "testo": "Giudizi", "righe": VOCI, "consenti_non_so": True,
                 "scala": [{"valore": n, "etichetta": str(n)} for n in range(1, 5)]},
                {"codice": "D4", "tipo": "numero", "testo": "Quanti?", "unita": "persone", "min": 0, "max": 9},
                {"codice": "D5", "tipo": "testo", "testo": "Chi?"},
                {"codice": "D6", "tipo": "testo_lungo", "testo": "Perché?", "riservatezza": "riservata"},
                {"codice": "D7", "tipo": "graduatoria", "testo": "In che ordine?", "voci": VOCI},
                {"codice": "D8", "tipo": "file", "testo": "L'atto", "estensioni": ["pdf"]},
                {"codice": "D9", "tipo": "blocco", "testo": "Grazie."},
            ],
        }
    ],
}  # fmt: skip


@cache
def _struttura() -> Definizione:
    return lettura.leggi(OGNI_TIPO)


def _bianco() -> bytes:
    return componi(
        "questionari/stampa/bianco.html",
        {
            "ente": "Provincia di Prova",
            "sommario": "Questionario in bianco.",
            "premessa": _struttura().premessa,
            "sezioni": presentazione.in_bianco_per(_struttura(), "comune"),
        },
        titolo=_struttura().titolo,
    )


def _risposte() -> bytes:
    from types import SimpleNamespace

    from accordo.base import orologio

    risposte = {
        d.codice: valori.normalizza(d, valore_per(d))
        for d in _struttura().domande
        if d.chiede and d.tipo != FILE
    }
    compilazione = SimpleNamespace(
        ente="Comune di Alfa", stato="in_compilazione", stato_in_parole="In compilazione"
    )
    return componi(
        "questionari/stampa/risposte.html",
        {
            "accordo": SimpleNamespace(titolo="Accordo di prova"),
            "compilazione": compilazione,
            "adesso": orologio.adesso(),
            "mancano": 1,
            "sezioni": presentazione.riepilogo(_struttura(), "comune", risposte),
        },
        titolo="Risposte al questionario: Comune di Alfa",
    )


@pytest.mark.una_volta
@pytest.mark.parametrize("stampa", [_bianco, _risposte], ids=["in_bianco", "risposte"])
def test_i_due_controlli_non_trovano_mancanze(stampa, tmp_path: Path) -> None:
    contenuto = stampa()
    for profilo in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        esito = page.validate_pdf_bytes(contenuto, profile=profilo)
        assert esito.is_compliant, str(esito)
    file = tmp_path / "questionario.pdf"
    file.write_bytes(contenuto)
    assert [str(trovata) for trovata in pdfua.validate(str(file)).findings] == []
