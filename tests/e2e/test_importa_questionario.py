"""Real files of others taken in through the page: a hostile one refused, the report read, the draft opened to the bodies."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accordo.base import orologio
from accordo.iter.models import FaseAccordo
from questionari.models import Questionario
from tests.e2e.conftest import TELEFONO
from tests.iter.fabbriche import proposta_pubblicata
from tests.questionari.scambio import ostili
from tests.questionari.scambio.moduli import LSS_VERO, XLSX_VERO
from tests.scena import costruisci

QUI = "/accordi/prova/questionario/"


def test_file_di_altri_dalla_pagina(
    pagina: Page,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    scena = costruisci()
    accedi(pagina, scena.coordinatore)

    def carica(nome: str, contenuto: bytes) -> None:
        pagina.goto(QUI + "importa/")
        pagina.set_input_files(
            "#id_file", files=[{"name": nome, "mimeType": "application/octet-stream", "buffer": contenuto}]
        )
        pagina.get_by_role("button", name="Leggi il file").click()

    # entities that would fill the memory: refused with words, nothing written
    carica("risate.lss", ostili.miliardo_di_risate())
    expect(pagina.get_by_role("alert")).to_contain_text("per sicurezza non si legge")
    axe(pagina)
    carica("bomba.xlsx", ostili.zip_bomba())
    expect(pagina.get_by_role("alert")).to_contain_text("si gonfia troppo")
    assert not Questionario.objects.exists()

    # an XLSForm: the report beside the preview, and the draft only when confirmed
    carica(XLSX_VERO.name, XLSX_VERO.read_bytes())
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Controlla l’importazione")
    expect(pagina.get_by_text("Non è ancora stato scritto nulla")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Che cosa ne è del file")).to_be_visible()
    expect(pagina.get_by_role("heading", name=re.compile("^Lasciato fuori"))).to_be_visible()
    axe(pagina)
    assert not Questionario.objects.exists()
    pagina.get_by_role("button", name="Importa come bozza").click()
    expect(pagina.get_by_role("status").filter(has_text="Importato come bozza")).to_be_visible()
    prima = Questionario.objects.get()
    assert prima.struttura.lingua == "de"

    # a survey of LimeSurvey takes the draft's place, in Italian
    carica(LSS_VERO.name, LSS_VERO.read_bytes())
    expect(pagina.get_by_text("già una bozza")).to_be_visible()
    pagina.get_by_role("button", name="Importa come bozza").click()
    expect(pagina.get_by_role("link", name="Seleziona il tuo paese di residenza")).to_be_visible()
    bozza = Questionario.objects.get()
    assert (bozza.pk, bozza.struttura.lingua) == (prima.pk, "it")
    assert not bozza.errori()

    # and it opens with its phase
    proposta_pubblicata(scena)
    FaseAccordo.objects.filter(codice="presentazione").update(inizio_effettivo=orologio.oggi())
    pagina.goto("/accordi/prova/fasi/avanti/")
    pagina.locator("[name=motivazione]").fill("I referenti arrivano la prossima settimana.")
    pagina.get_by_role("button", name=re.compile("^Passa a")).click()
    expect(pagina.get_by_text("accordo è ora in: Questionario")).to_be_visible()
    referente = nuova_pagina(TELEFONO)
    accedi(referente, scena.referente)
    prima_sezione = bozza.struttura.sezioni[0]
    referente.goto(f"{QUI}sezioni/{prima_sezione.codice}/")
    expect(referente.get_by_role("heading", level=1)).to_have_text(prima_sezione.titolo)
    assert referente.evaluate("document.documentElement.scrollWidth") <= TELEFONO["width"]
    axe(referente)
