"""The report and a body's page on paper against PDF/UA-1, by two checkers that know nothing of us."""

from __future__ import annotations

from pathlib import Path

import page
import pdfua
import pytest
from django.urls import reverse

from accordo.base import orologio
from questionari import relazione
from tests.questionari.test_esiti import _client, _pubblica, _quadro, raccolti
from tests.scena import Scena

pytestmark = [pytest.mark.django_db, pytest.mark.una_volta]

__all__ = ["raccolti"]


def test_relazione_e_pagina_dell_ente_sono_accessibili(raccolti: Scena, tmp_path: Path) -> None:
    _pubblica(raccolti)
    url = reverse("questionari:esiti_ente_pdf", args=["prova", raccolti.ente_b.codice])
    documenti = {
        "relazione": relazione.stampa(_quadro(raccolti), creato=orologio.adesso(), nota="Due parole."),
        "ente": _client(raccolti.coordinatore).get(url).content,
    }
    for nome, contenuto in documenti.items():
        esito = page.validate_pdf_bytes(contenuto, profile=page.ValidationProfile.PDF_UA_1)
        assert esito.is_compliant, f"{nome}: {esito}"
        file = tmp_path / f"{nome}.pdf"
        file.write_bytes(contenuto)
        assert [str(trovata) for trovata in pdfua.validate(str(file)).findings] == [], nome
