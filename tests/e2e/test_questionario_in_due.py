"""Two people on one section of the questionnaire, connections that come and go: nothing is lost, nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from questionari import servizi
from questionari.models import Compilazione, Risposta, VersioneRisposta
from tests.e2e.mani import spunta
from tests.fabbriche import IncaricoFactory, UtenteFactory
from tests.questionari import fabbriche
from tests.scena import Scena, costruisci

pytestmark = pytest.mark.django_db(transaction=True)

S3, S4, S6 = (f"/accordi/prova/questionario/sezioni/{codice}/" for codice in ("S3", "S4", "S6"))
SENZA_RETE = "manca la connessione"


@pytest.fixture
def scena(transactional_db: None) -> Scena:
    scena = costruisci()
    fabbriche.apri(scena)
    scena.collega = UtenteFactory(email="collega@example.invalid", nome="Paolo", cognome="Santini")  # type: ignore[attr-defined]
    IncaricoFactory(utente=scena.collega, ente=scena.ente_a)  # type: ignore[attr-defined]
    servizi.salva_risposte(fabbriche.compilazione(scena), {"D14": 3}, da=scena.agente(scena.referente))
    return scena


@pytest.fixture
def apri(nuova_pagina: Callable[..., Page], accedi: Callable[[Page, Any], None]) -> Callable[..., Page]:
    def apri(utente: Any, dove: str) -> Page:
        pagina = nuova_pagina()
        accedi(pagina, utente)
        pagina.goto(dove)
        return pagina

    return apri


def _stato(pagina: Page, domanda: str) -> Any:
    return pagina.locator(f"#stato-{domanda}")


def _salvata(pagina: Page, domanda: str) -> None:
    expect(_stato(pagina, domanda)).to_contain_text("Salvato alle", timeout=15_000)


def _valore(domanda: str) -> Any:
    risposta = Risposta.objects.filter(domanda=domanda).first()
    return risposta.valore if risposta else None


def _copie(pagina: Page) -> int:
    return int(
        pagina.evaluate("Object.keys(localStorage).filter(k => k.startsWith('accordo:risposte:')).length")
    )


def test_due_insieme_e_uno_senza_rete(
    scena: Any, apri: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    una, altra = apri(scena.referente, S3), apri(scena.collega, S3)
    expect(una.locator("#c-D14")).to_have_value("3")
    expect(altra.locator("#c-D14")).to_have_value("3")

    # one loses the connection and goes on writing, in two questions
    una.context.set_offline(True)
    una.fill("#c-D14", "6")
    una.fill("#c-D16", "Abbiamo riaperto il parco.\nDi sera è illuminato.")
    una.locator("#c-D16").blur()
    expect(_stato(una, "D14")).to_contain_text(SENZA_RETE)
    expect(_stato(una, "D16")).to_contain_text(SENZA_RETE)
    assert _copie(una) == 2
    assert _valore("D16") is None

    # meanwhile the other changes one of them
    altra.fill("#c-D14", "9")
    altra.locator("#c-D14").blur()
    _salvata(altra, "D14")
    assert _valore("D14") == 9

    # the connection returns: one answer is saved, the other is not overwritten
    una.context.set_offline(False)
    _salvata(una, "D16")
    conflitto = una.locator("#q-D14 .conflitto")
    expect(conflitto).to_contain_text("Ci sono due risposte", timeout=15_000)
    expect(conflitto).to_contain_text("9")
    expect(conflitto).to_contain_text("Paolo Santini")
    expect(conflitto).to_contain_text("6")
    assert _valore("D14") == 9
    assert _valore("D16") == "Abbiamo riaperto il parco.\nDi sera è illuminato."
    assert _copie(una) == 1, "the answer in conflict stays on the device until one is chosen"
    axe(una)

    # one is chosen, the other stays in the history
    spunta(una.locator("#q-D14").get_by_label("6", exact=False).last)
    una.get_by_role("button", name="Tieni la risposta scelta").click()
    _salvata(una, "D14")
    expect(una.locator("#c-D14")).to_have_value("6")
    assert _valore("D14") == 6
    assert _copie(una) == 0
    assert list(
        VersioneRisposta.objects.filter(risposta__domanda="D14").values_list("valore", flat=True)
    ) == [6, 9, 3]

    # and the other page learns of it by itself
    altra.evaluate("htmx.trigger('#presenze', 'aggiorna')")
    expect(altra.locator("#c-D14")).to_have_value("6")
    expect(altra.locator("#c-D16")).to_have_value("Abbiamo riaperto il parco.\nDi sera è illuminato.")
    expect(_stato(altra, "D16")).to_contain_text("da Referente Prova")
    expect(altra.locator("#presenze")).to_contain_text("Sta compilando anche Referente Prova")


def test_si_ricarica_prima_che_la_rete_torni(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.referente, S3)
    pagina.on("dialog", lambda dialogo: dialogo.accept())
    pagina.context.set_offline(True)
    pagina.locator("#c-D16").press_sequentially("Scritto in treno")
    expect(_stato(pagina, "D16")).to_contain_text(SENZA_RETE)
    pagina.route(
        "**/domande/**", lambda rotta: rotta.abort()
    )  # the page can be loaded again, saving still fails
    pagina.context.set_offline(False)
    pagina.reload()
    expect(pagina.locator("#c-D16")).to_have_value("Scritto in treno")
    expect(_stato(pagina, "D16")).to_contain_text(SENZA_RETE)
    assert _valore("D16") is None
    pagina.unroute("**/domande/**")
    _salvata(pagina, "D16")
    assert _valore("D16") == "Scritto in treno"
    assert _copie(pagina) == 0


def test_prima_di_uscire_avvisa(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.referente, S3)
    pagina.context.set_offline(True)
    pagina.locator("#c-D16").press_sequentially("Non ancora salvato")
    expect(_stato(pagina, "D16")).to_contain_text(SENZA_RETE)
    avvisi: list[str] = []
    pagina.on("dialog", lambda dialogo: (avvisi.append(dialogo.type), dialogo.dismiss()))
    pagina.evaluate("setTimeout(() => location.assign('/attivita/'), 0)")
    pagina.wait_for_timeout(1000)
    assert avvisi == ["beforeunload"]
    pagina.context.set_offline(False)
    _salvata(pagina, "D16")


def test_sessione_scaduta(scena: Any, apri: Callable[..., Page], accedi: Callable[[Page, Any], None]) -> None:
    pagina = apri(scena.referente, S3)
    pagina.context.clear_cookies(name="sessionid")
    pagina.fill("#c-D16", "Scritto dopo pranzo")
    pagina.locator("#c-D16").blur()
    expect(_stato(pagina, "D16")).to_contain_text("la sessione è scaduta")
    expect(pagina.locator("#c-D16")).to_have_value("Scritto dopo pranzo")
    pagina.get_by_role("link", name="Entra di nuovo").click()
    pagina.fill("[name=login]", scena.referente.email)
    pagina.fill("[name=password]", "una-parola-lunga-9")
    pagina.locator("main").get_by_role("button", name="Entra").click()
    pagina.wait_for_url(f"**{S3}")
    _salvata(pagina, "D16")
    assert _valore("D16") == "Scritto dopo pranzo"


def test_il_portale_non_risponde(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.referente, S3)
    guasto = {"attivo": True}

    def rotta(route: Any) -> None:
        if guasto["attivo"]:
            route.abort()
        else:
            route.continue_()

    pagina.route("**/domande/**", rotta)
    pagina.fill("#c-D16", "Prima o poi")
    pagina.locator("#c-D16").blur()
    expect(_stato(pagina, "D16")).to_contain_text("riproviamo tra poco")
    guasto["attivo"] = False
    _salvata(pagina, "D16")  # by itself, no event of the browser tells it
    assert _valore("D16") == "Prima o poi"


def test_il_termine_passa_mentre_si_scrive(scena: Any, apri: Callable[..., Page]) -> None:
    from datetime import timedelta

    from accordo.base import orologio

    pagina = apri(scena.referente, S3)
    scena.scadenza("questionario", orologio.oggi() - timedelta(days=1))
    pagina.fill("#c-D16", "Troppo tardi")
    pagina.locator("#c-D16").blur()
    expect(_stato(pagina, "D16")).to_contain_text("Il termine è scaduto")
    expect(pagina.locator("#c-D16")).to_have_value("Troppo tardi")
    assert _copie(pagina) == 1
    assert _valore("D16") is None


def test_le_condizioni_agiscono_subito(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.referente, S4)
    expect(pagina.locator("#c-D21")).to_have_count(0)
    spunta(pagina.locator("#c-D20-si"))
    expect(pagina.locator("#c-D21")).to_be_visible()
    pagina.fill("#c-D21", "14")
    pagina.locator("#c-D21").blur()
    _salvata(pagina, "D21")
    spunta(pagina.locator("#c-D20-no"))
    expect(pagina.locator("#c-D21")).to_have_count(0)
    spunta(pagina.locator("#c-D20-si"))
    expect(pagina.locator("#c-D21")).to_have_value("14")
    compilazione = Compilazione.objects.get(ente=scena.ente_a)
    assert compilazione.valori["D21"] == 14


def test_graduatoria_anche_senza_rete(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.referente, S6)
    aggiungi = pagina.locator("#q-D30 .graduatoria-altre button")
    primo, secondo = (aggiungi.nth(n).locator("[data-nome]").inner_text() for n in (0, 1))
    pagina.context.set_offline(True)
    aggiungi.first.click()
    aggiungi.first.click()
    pagina.locator("#q-D30 .graduatoria-scelte [data-sposta=su]").nth(1).click()
    nomi = pagina.locator("#q-D30 .graduatoria-scelte [data-nome]")
    expect(nomi).to_have_text([secondo, primo])
    expect(_stato(pagina, "D30")).to_contain_text(SENZA_RETE)
    pagina.context.set_offline(False)
    _salvata(pagina, "D30")
    assert len(_valore("D30")) == 2
    pagina.reload()
    expect(nomi).to_have_text([secondo, primo])


def test_uscendo_le_copie_spariscono(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.referente, S3)
    pagina.evaluate("localStorage.setItem('accordo:risposte:999999:1:x:S3:D16', '{}')")
    pagina.reload()
    assert _copie(pagina) == 0, "somebody else's"
    pagina.evaluate("localStorage.setItem('accordo:risposte:1:1:x:S3:D16', '{}')")
    pagina.get_by_role("button", name="Esci").click()
    pagina.wait_for_load_state()
    assert _copie(pagina) == 0
