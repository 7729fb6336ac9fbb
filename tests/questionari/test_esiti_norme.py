"""The report and a body's page on paper against PDF/UA-1, by two checkers that know nothing of us."""

from __future__ import annotations

import re
from pathlib import Path

import page
import pdfua
import pytest
from django.urls import reverse

from accordo.base import orologio
from questionari import relazione
from questionari.esiti.basi import spicca
from questionari.grafici import larga_e_stretta
from tests.questionari.test_esiti import _client, _pubblica, _quadro
from tests.scena import Scena

pytestmark = [pytest.mark.django_db, pytest.mark.una_volta]


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


def test_i_grafici_dicono_che_cosa_mostrano() -> None:
    """Not "a chart": the finding; on a phone the labels whole, on two lines; numbers as people write them here."""
    serie = [("Bassa", (-1.5, -40.0)), ("Alta", (10.25, 20.0))]
    voci = ["Spaccio in luoghi pubblici", "Furti"]
    largo, stretto = larga_e_stretta("Più alta: Furti.", voci, serie, impilate=True, colori=("b1", "a1"))
    assert 'aria-label="Più alta: Furti."' in largo
    assert "<tspan" not in largo
    assert re.findall(r"<tspan[^>]*>([^<]+)", stretto) == ["Spaccio in luoghi", "pubblici"]
    assert re.findall(r">(-?[\d.,]+%?)<", largo) == re.findall(r">([\d,]+%?)<", largo) != []
    altezze: list[tuple[str, list[float | None]]] = [
        ("Piana", [1, 3]),
        ("Versilia", [2, 2]),
        ("Serchio", [None, None]),
    ]
    assert spicca("Prima", voci, altezze, minimo=True) == (
        "Prima: Piana, Spaccio in luoghi pubblici; Versilia, Spaccio in luoghi pubblici e Furti."
    )
