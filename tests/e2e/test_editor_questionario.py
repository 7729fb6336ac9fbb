"""A small questionnaire written by keyboard alone: a condition, the preview, the check list, and its opening."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accordo.base import orologio
from accordo.iter.models import FaseAccordo
from questionari.models import Questionario
from tests.e2e.conftest import TELEFONO
from tests.e2e.tastiera import Tastiera
from tests.iter.fabbriche import proposta_pubblicata
from tests.scena import costruisci

QUI = "/accordi/prova/questionario/modifica/"


def test_un_piccolo_questionario_con_la_tastiera(
    pagina: Page,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    scena = costruisci()
    accedi(pagina, scena.coordinatore)
    tasti = Tastiera(pagina)

    # from nothing
    pagina.goto(QUI)
    tasti.scrivi("#id_titolo", "Sicurezza nei borghi")
    tasti.invio()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Sicurezza nei borghi")
    tasti.segui("a[href$='sezioni/nuova/']")
    tasti.scrivi("#id_titolo", "Il territorio")
    tasti.invio()
    expect(pagina.get_by_role("heading", name="1. Il territorio")).to_be_visible()

    # a choice, its options moved and added without saving
    tasti.segui("a[href*='domande/nuova/']")
    tasti.scrivi("#id_testo", "Avete un piano?")
    tasti.scrivi("#voce-v1", "No")
    tasti.scrivi("#voce-v2", "Sì")
    tasti.premi("#voce-su-v2")
    expect(pagina.locator("[name=voce-testo]").first).to_have_value("Sì")
    expect(pagina.locator("#voce-giu-v2")).to_be_focused()  # the first cannot go up: the focus is not lost
    tasti.premi("#voce-aggiungi")
    expect(pagina.locator("[name=voce-testo]").last).to_be_focused()
    pagina.keyboard.press("Tab")
    tasti.premi("#voce-togli-v3")
    expect(pagina.locator("#voce-aggiungi")).to_be_focused()
    axe(pagina)
    tasti.segui("[name=altra]")
    expect(pagina.get_by_role("status").filter(has_text="Domanda salvata")).to_be_visible()

    # a question that depends on it
    tasti.scegli("#tipo", "Testo b")
    expect(pagina.locator("#id_max_caratteri")).to_be_visible()
    pagina.wait_for_load_state("networkidle")
    tasti.scrivi("#id_testo", "Di che anno è?")
    tasti.premi("[id='cond-nuova-']")
    expect(pagina.locator("#cond-0-domanda")).to_be_visible()
    pagina.locator("#cond-0-domanda").focus()
    pagina.keyboard.press("ArrowDown")
    expect(pagina.locator("#cond-0-operatore")).to_be_visible()
    pagina.locator("#cond-0-valore").focus()
    pagina.keyboard.press("ArrowDown")
    tasti.premi("[id='cond-gruppo-']")
    expect(pagina.locator("#cond-1-0-domanda")).to_be_focused()
    tasti.premi("#cond-gruppo-1")
    expect(pagina.locator("#cond-1-1-0-domanda")).to_be_focused()  # a group within a group
    axe(pagina)
    tasti.premi("#cond-togli-1")
    expect(pagina.locator("#cond-1-0-domanda")).to_have_count(0)
    expect(pagina.locator("[id='cond-nuova-']")).to_be_focused()
    expect(pagina.locator("#id_testo")).to_have_value("Di che anno è?")
    axe(pagina)
    pagina.locator(".azioni .btn-primary").focus()
    tasti.invio()
    expect(pagina.get_by_text("Compare se hai risposto «Sì» alla 1.1.")).to_be_visible()

    # what depends on a question keeps it in place, with words
    pagina.locator("#su-D02").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("alert")).to_contain_text("che verrebbe dopo")

    # the preview: the condition acts, and nothing is saved
    pagina.goto(QUI + "prova/")
    expect(pagina.locator("#q-D02")).to_have_count(0)
    tasti.vai("#c-D01-v2")
    pagina.keyboard.press("Space")
    expect(pagina.locator("#q-D02")).to_be_visible()
    axe(pagina)
    pagina.locator("#schermo").select_option("telefono")
    expect(pagina.locator(".prova-telefono #q-D02")).to_be_visible()
    telefono = nuova_pagina(TELEFONO)
    accedi(telefono, scena.coordinatore)
    for dove in ("", "domande/D02/", "prova/", "controlli/"):
        telefono.goto(QUI + dove)
        assert telefono.evaluate("document.documentElement.scrollWidth") <= TELEFONO["width"], dove
        axe(telefono)

    # the check list, and the opening with its phase
    pagina.goto(QUI + "controlli/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Controlli prima di aprire")
    expect(pagina.get_by_text("Nessuna domanda è obbligatoria")).to_be_visible()
    bozza = Questionario.objects.get()
    assert not bozza.errori()
    proposta_pubblicata(scena)
    FaseAccordo.objects.filter(codice="presentazione").update(inizio_effettivo=orologio.oggi())
    pagina.goto("/accordi/prova/fasi/avanti/")
    pagina.locator("[name=motivazione]").fill("I referenti arrivano la prossima settimana.")
    pagina.get_by_role("button", name=re.compile("^Passa a")).click()
    expect(pagina.get_by_text("accordo è ora in: Questionario")).to_be_visible()
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.versione) == ("aperto", 1)
    referente = nuova_pagina(TELEFONO)
    accedi(referente, scena.referente)
    referente.goto("/accordi/prova/questionario/sezioni/S1/")
    expect(referente.get_by_text("Avete un piano?").first).to_be_visible()
