"""The accord's PDF against the norms, by two checkers that know nothing of us: PDF/UA-1 and PDF/A-2a."""

import re
from io import BytesIO

import page
import pdfua
import pytest
from pypdf import PdfReader

from accordo.approvazione import testi
from accordo.base.pdf.deposito import dal_deposito
from tests.approvazione.fabbriche import avvia, di, pubblica, registra


@pytest.fixture
def accordo_in_pdf(scena) -> bytes:
    """The text with a long annex, two areas of bodies, an act: all that the template can show."""
    avvia(scena)
    registra(di(scena.ente_a), scena.agente(scena.referente))
    return testi.pdf_con_atti(di(scena.ente_a).documento)


@pytest.mark.parametrize("profilo", ["PDF_UA_1", "PDF_A_2A"])
def test_page_validation_non_trova_mancanze(accordo_in_pdf, profilo):
    esito = page.validate_pdf_bytes(accordo_in_pdf, profile=getattr(page.ValidationProfile, profilo))
    assert esito.is_compliant, str(esito)


def test_pdfua_non_trova_mancanze(accordo_in_pdf, tmp_path):
    file = tmp_path / "accordo.pdf"
    file.write_bytes(accordo_in_pdf)
    assert [str(trovata) for trovata in pdfua.validate(str(file)).findings] == []


def test_l_allegato_lungo_conta_le_sue_pagine(accordo_in_pdf):
    pagine = [pagina.extract_text() for pagina in PdfReader(BytesIO(accordo_in_pdf)).pages]
    del_lungo = [testo for testo in pagine if "Prima scheda." in testo]
    assert len(del_lungo) == 1
    assert re.search(r"Allegato B, pagina 1\b", del_lungo[0])
    assert sum("Allegato B, pagina" in testo for testo in pagine) == 1


def test_le_parole_di_un_intestazione_non_si_ripetono():
    from accordo.approvazione.impaginazione import Gruppo

    assert Gruppo("Visti", "Visti:", "v", ()).ripetuto
    assert not Gruppo("Visti", "Visti gli atti d'ufficio:", "v", ()).ripetuto


def test_la_seconda_volta_viene_dal_deposito(scena, monkeypatch):
    versione = pubblica(scena.accordo, definitiva=True)
    prima = testi.pdf_definitivo(scena.accordo, versione)
    monkeypatch.setattr("accordo.approvazione.documento.componi", None)
    assert testi.pdf_definitivo(scena.accordo, versione) == prima
    scena.accordo.sottotitolo = "cambiato"
    with pytest.raises(TypeError):
        testi.pdf_definitivo(scena.accordo, versione)


def test_un_deposito_a_meta_si_rifa(settings):
    from django.core.files.storage import default_storage

    assert dal_deposito("x", lambda: b"%PDF a meta") == b"%PDF a meta"
    assert dal_deposito("x", lambda: b"%PDF %%EOF") == b"%PDF %%EOF"
    assert default_storage.listdir("stampe")[1]
