"""`esporta`: each form is the document it says to be, and what is not there is said."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from bozze.testo.albero import Testo
from tests.bozze.testo.fabbriche import BREVE, versione
from tests.bozze.testo.test_akn import valido

pytestmark = [pytest.mark.django_db, pytest.mark.una_volta]


@pytest.fixture
def esporta(scena, tmp_path):
    scena.porta_a("osservazioni")
    scena.versione = versione(scena, 1)
    versione(scena, 2, BREVE.replace("tre anni", "sei anni"))

    def scrivi(*argomenti: str) -> bytes:
        file = tmp_path / "uscita"
        call_command("esporta", scena.accordo.slug, *argomenti, "-o", str(file), verbosity=0)
        return file.read_bytes()

    return scrivi


def test_una_versione_in_ogni_formato(scena, esporta, capsys) -> None:
    prima = esporta("--formato", "json", "--versione", "1")
    assert Testo.da_json(prima).impronta == scena.versione.impronta
    assert "sei anni" in "".join(valido(esporta("--formato", "akn")).itertext())
    prima_in_pdf = PdfReader(BytesIO(esporta("--formato", "pdf", "--versione", "1")))
    stampato = " ".join(" ".join(pagina.extract_text().split()) for pagina in prima_in_pdf.pages)
    assert "tre anni" in stampato
    assert "versione 1" in stampato
    parole = " ".join(p.text for p in Document(BytesIO(esporta("--formato", "docx"))).paragraphs)
    assert "sei anni" in parole


def test_gli_emendamenti(esporta, capsys) -> None:
    assert json.loads(esporta("--formato", "json", "--emendamenti"))["emendamenti"] == []
    assert load_workbook(BytesIO(esporta("--formato", "xlsx", "--emendamenti"))).active.max_row == 1
    assert esporta("--emendamenti").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("argomenti", "perche"),
    [
        (("--formato", "akn", "--versione", "9"), "Non c'è la versione 9"),
        (("--formato", "xlsx"), "i formati sono"),
        (("--formato", "pdf", "--versione", "9"), "Non c'è la versione 9"),
    ],
)
def test_dice_che_cosa_manca(esporta, argomenti, perche) -> None:
    with pytest.raises(CommandError, match=perche):
        esporta(*argomenti)
