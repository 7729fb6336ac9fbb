"""Word: accepting every tracked change gives the new text, rejecting every one the old, to the word."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings

from bozze.carte.word import Intestazione, Revisore, word_confronto, word_emendamento, word_testo
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.fronte import linee
from tests.bozze.testo.strategie import semi
from tests.bozze.testo.test_fronte import due_testi

QUANDO = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
BARGA = Revisore("Comune di Barga", QUANDO)


def righe(contenuto: bytes, *, accetta: bool) -> list[str]:
    """The paragraphs, as they are once all changes are accepted (or rejected)."""
    via = qn("w:del") if accetta else qn("w:ins")
    fatte = []
    for paragrafo in Document(BytesIO(contenuto)).element.body.iter(qn("w:p")):
        fine = paragrafo.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        if fine is not None and fine.find(via) is not None:
            assert not _parole(paragrafo, via), "the words of a paragraph that goes must go with it"
            continue
        fatte.append(_parole(paragrafo, via))
    return fatte


def _parole(paragrafo, via: str) -> str:
    parole = ""
    for testo in (*paragrafo.iter(qn("w:t"), qn("w:delText")),):
        if not any(antenato.tag == via for antenato in testo.iterancestors()):
            parole += testo.text or ""
    return parole


def intere(testo: Testo) -> list[str]:
    return [linea.intera for linea in linee(testo)]


@settings(max_examples=25, deadline=None)
@given(semi)
def test_accettare_da_il_nuovo_rifiutare_il_vecchio(seme: int) -> None:
    prima, dopo = due_testi(seme)
    contenuto = word_confronto(prima, dopo, BARGA)
    assert [" ".join(r.split()) for r in righe(contenuto, accetta=True)] == intere(dopo)
    assert [" ".join(r.split()) for r in righe(contenuto, accetta=False)] == intere(prima)


def test_ogni_modifica_ha_autore_data_e_numero_suo() -> None:
    prima, dopo = due_testi(3)
    corpo = Document(BytesIO(word_confronto(prima, dopo, BARGA))).element.body
    marche = list(corpo.iter(qn("w:ins"), qn("w:del")))
    assert marche
    assert {m.get(qn("w:author")) for m in marche} == {"Comune di Barga"}
    assert {m.get(qn("w:date")) for m in marche} == {"2026-05-06T09:30:00Z"}
    assert len({m.get(qn("w:id")) for m in marche}) == len(marche)


def test_il_testo_pulito() -> None:
    comma = Disposizione("c", Tipo.COMMA, "L'accordo dura <tre> anni & più.")
    testo = Testo("Accordo", "di prova", (Disposizione("a", Tipo.ARTICOLO, "", "Durata", (comma,)),))
    documento = Document(BytesIO(word_testo(testo, quando=QUANDO)))
    assert [(p.style.name, p.text) for p in documento.paragraphs] == [
        ("Title", "Accordo"),
        ("Subtitle", "di prova"),
        ("Heading 2", "Articolo 1 Durata"),
        ("Normal", "1. L'accordo dura <tre> anni & più."),
    ]
    assert documento.core_properties.language == "it-IT"
    assert zipfile.is_zipfile(BytesIO(word_testo(testo, quando=QUANDO)))


def test_un_emendamento_solo() -> None:
    def testo(parole: str) -> Testo:
        commi = (Disposizione("c", Tipo.COMMA, parole), Disposizione("d", Tipo.COMMA, "Resta com'è."))
        return Testo("Accordo", "", (Disposizione("a", Tipo.ARTICOLO, "", "Durata", commi),))

    contenuto = word_emendamento(
        testo("Dura tre anni."),
        testo("Dura sei anni."),
        Intestazione("Emendamento 1.1", ("All'articolo 1…",), "Tre sono pochi."),
        BARGA,
        intorno=("a",),
    )
    assert righe(contenuto, accetta=True) == [
        "Emendamento 1.1",
        "All'articolo 1…",
        "Come diventa il testo",
        "Articolo 1 Durata",
        "1. Dura sei anni.",
        "Perché",
        "Tre sono pochi.",
    ]
    assert "1. Dura tre anni." in righe(contenuto, accetta=False)
