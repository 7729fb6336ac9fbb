"""Writing the draft in a real browser: two drafters on one comma; an article by keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bozze.interrogazioni import testo as interrogazioni
from bozze.models import NodoBozza
from bozze.servizi import testo as servizi
from tests.e2e.conftest import TELEFONO
from tests.fabbriche import IncaricoFactory, UtenteFactory
from tests.scena import Scena, costruisci

pytestmark = pytest.mark.django_db(transaction=True)

SORGENTE = "Accordo\n\nArt. 1 - Oggetto\n1. Le Parti collaborano.\n2. Vale l'articolo 1.\n"
BOZZA = "/accordi/prova/testo/bozza/"


@pytest.fixture
def scena(transactional_db: None) -> Scena:
    scena = costruisci()
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, SORGENTE, da=scena.agente(scena.coordinatore))
    scena.collega = UtenteFactory(nome="Anna", cognome="Rossi")  # type: ignore[attr-defined]
    IncaricoFactory(utente=scena.collega, ente=scena.accordo.promotore, ruolo="coordinatore")  # type: ignore[attr-defined]
    return scena


@pytest.fixture
def apri(nuova_pagina: Callable[..., Page], accedi: Callable[[Page, Any], None]) -> Callable[..., Page]:
    def apri(utente: Any, *misure: dict[str, int]) -> Page:
        pagina = nuova_pagina(*misure)
        accedi(pagina, utente)
        pagina.goto(BOZZA)
        return pagina

    return apri


def _salvato(pagina: Page) -> None:
    expect(pagina.locator("#stato-scrittura")).to_have_text("Tutto salvato")


def _albero(scena: Any) -> Any:
    return interrogazioni.testo_in_lavoro(scena.accordo).testo  # type: ignore[union-attr]


def _struttura(scena: Any) -> list[Any]:
    return [
        (a.rubrica, [(c.testo, [lettera.testo for lettera in c.figli]) for c in a.figli])
        for a in _albero(scena).articoli()
    ]


def _diventa(leggi: Callable[[], Any], atteso: Any) -> None:
    """Wait until what is written is this: fast hands are ahead of the server, and nothing of theirs may be lost."""
    for _ in range(100):
        if leggi() == atteso:
            return
        time.sleep(0.1)
    assert leggi() == atteso


def test_due_sullo_stesso_comma(scena: Any, apri: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    una, altra = apri(scena.coordinatore), apri(scena.collega, TELEFONO)
    comma = ".riga-comma .parole"
    una.locator(comma).first.click()
    altra.locator(comma).first.click()
    axe(una)
    una.keyboard.type(" Sempre.")
    una.locator("[data-fai=fatto]").click()
    expect(una.locator(comma).first).to_have_text("Le Parti collaborano. Sempre.")
    _salvato(una)

    # the slower one keeps what they typed, sees both texts, and writes the one that holds
    altra.keyboard.type(" Insieme.")
    conflitto = altra.locator(".editor-conflitto")
    expect(conflitto).to_contain_text("Le Parti collaborano. Sempre.")
    expect(conflitto.locator("ins")).to_contain_text("Insieme")
    expect(altra.locator(".conflitto-titolo")).to_be_focused()
    expect(altra.locator("#stato-scrittura")).to_have_text("Da salvare: ci sono due testi")
    expect(altra.locator(".editor textarea")).to_have_value("Le Parti collaborano. Insieme.")
    assert NodoBozza.objects.get(testo__startswith="Le Parti").testo == "Le Parti collaborano. Sempre."
    axe(altra)
    altra.locator(".editor textarea").fill("Le Parti collaborano. Sempre insieme.")
    altra.get_by_role("button", name="Salva il testo del riquadro").click()
    _salvato(altra)
    assert (
        NodoBozza.objects.get(testo__startswith="Le Parti").testo == "Le Parti collaborano. Sempre insieme."
    )

    # and the first one learns of it by itself, with who is there
    una.evaluate("htmx.trigger('#presenze', 'aggiorna')")
    expect(una.locator(comma).first).to_have_text("Le Parti collaborano. Sempre insieme.")
    expect(una.locator("#presenze")).to_contain_text("Anna Rossi")

    # without a connection the text waits on the device, and goes when it is back
    una.context.set_offline(True)
    una.locator(comma).nth(1).click()
    una.keyboard.type(" Ora.")
    una.locator("[data-fai=fatto]").click()
    expect(una.locator("#stato-scrittura")).to_contain_text("manca la connessione")
    una.context.set_offline(False)
    _salvato(una)
    assert NodoBozza.objects.filter(testo="Vale l'articolo 1. Ora.").exists()

    una.locator(comma).first.click()
    una.get_by_role("button", name="Storia e rilievi").click()
    expect(una.locator("#pannello")).to_contain_text("Anna Rossi")
    expect(una.locator("#pannello-titolo")).to_be_focused()
    axe(una)
    una.keyboard.press("Escape")
    expect(una.locator("#pannello")).to_be_hidden()


def test_un_articolo_con_la_sola_tastiera(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.coordinatore)
    tasti = pagina.keyboard
    pagina.locator(".riga-comma .apre").nth(1).focus()
    tasti.press("F2")
    tasti.press("Enter")
    tasti.press("Alt+ArrowLeft")  # what would be a comma is an article
    for scritto in ("Durata", "Dura tre anni.", "Si rinnova:", "per due anni;"):
        tasti.type(scritto)
        tasti.press("Enter")  # after the heading a comma, after the colon a letter
    tasti.type("per tre mesi.")
    tasti.press("Enter")
    tasti.press("Alt+ArrowLeft")
    tasti.type("Si firma.")
    tasti.press("Tab")
    _salvato(pagina)
    scritto = (
        "Durata",
        [("Dura tre anni.", []), ("Si rinnova:", ["per due anni;", "per tre mesi."]), ("Si firma.", [])],
    )
    _diventa(lambda: _struttura(scena)[1], scritto)

    mesi = pagina.locator(".riga-lettera .apre").nth(1)
    mesi.focus()
    tasti.press("Alt+ArrowLeft")
    expect(pagina.locator("#annuncio")).to_have_text("Promossa: ora è articolo 2, comma 3.")
    expect(pagina.locator(".riga-comma", has_text="per tre mesi.").locator(".apre")).to_be_focused()
    tasti.press("Alt+ArrowUp")
    expect(pagina.locator("#annuncio")).to_have_text("Spostata in alto: ora è articolo 2, comma 2.")
    tasti.press("Control+z")
    expect(pagina.locator("#annuncio")).to_contain_text("Annullato")
    _salvato(pagina)
    tasti.press("Control+z")
    expect(pagina.locator(".riga-lettera")).to_have_count(2)
    _salvato(pagina)
    assert _struttura(scena)[1] == scritto

    # Esc gives the text back, and what was typed stays within reach
    pagina.locator(".riga-comma .apre").first.focus()
    tasti.press("Enter")
    tasti.type(" Forse.")
    tasti.press("Escape")
    expect(pagina.locator(".ripresa")).to_contain_text("Le Parti collaborano. Forse.")
    assert _struttura(scena)[0][1][0][0] == "Le Parti collaborano."


def test_unire_e_dividere_come_in_word(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.coordinatore)
    tasti = pagina.keyboard
    unito = [("Oggetto", [("Le Parti collaborano. Oggi. Vale l'articolo 1.", [])])]
    pagina.locator(".riga-comma .apre").nth(1).focus()
    tasti.press("Enter")
    tasti.press("Home")
    tasti.type("Oggi. ")
    tasti.press("Home")
    tasti.press("Backspace")  # what was typed goes first, then the two become one
    _diventa(lambda: _struttura(scena), unito)
    area = pagina.locator(".editor textarea")
    expect(area).to_have_value("Le Parti collaborano. Oggi. Vale l'articolo 1.")
    expect(area).to_be_focused()
    assert area.evaluate("area => area.selectionStart") == len("Le Parti collaborano. ")
    expect(pagina.locator(".riga-comma")).to_have_count(1)

    tasti.press("Enter")  # and divides them again there
    _diventa(
        lambda: [c for _, commi in _struttura(scena) for c, _ in commi],
        ["Le Parti collaborano.", "Oggi. Vale l'articolo 1."],
    )
    _salvato(pagina)
    pagina.locator(".riga-comma .apre").first.focus()
    tasti.press("Enter")
    tasti.press("Delete")  # at its end: joins the next
    _diventa(lambda: _struttura(scena), unito)
    expect(pagina.locator("#annuncio")).to_contain_text("Unita alla precedente")
    _salvato(pagina)

    tasti.press("Home")
    tasti.press("Backspace")  # before it there is only the heading
    expect(pagina.locator("#avviso-scrittura")).to_contain_text("non ce n’è un’altra")
    assert _struttura(scena) == unito


INCOLLATO_DA_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<!--StartFragment--><p class=MsoNormal><b>1.</b>&nbsp;Primo <img src=x onerror="window.violata=1"></p>
<script>window.violata=1</script><p class=MsoListParagraph>a) lettera &lt;script&gt;window.violata=1&lt;/script&gt;</p>
<!--EndFragment--></body></html>"""
RIGHE_DA_WORD = "1.\u00a0Primo\r\na) lettera <script>window.violata=1</script>\r\n\r\n2. Secondo <b>&amp;</b>"


def _incolla(pagina: Page, testo: str, html: str = "") -> None:
    pagina.locator(".editor textarea").evaluate(
        """(area, [testo, html]) => {
            const dati = new DataTransfer();
            dati.setData("text/plain", testo);
            dati.setData("text/html", html);
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: dati, bubbles: true, cancelable: true }));
        }""",
        [testo, html],
    )


def test_incollare_da_word(scena: Any, apri: Callable[..., Page], axe: Callable[[Page], None]) -> None:
    pagina = apri(scena.coordinatore)
    comma = pagina.locator(".riga-comma .parole")
    comma.first.click()
    _incolla(pagina, RIGHE_DA_WORD, INCOLLATO_DA_WORD)
    chiede = pagina.locator(".editor-incolla")
    expect(chiede).to_contain_text("Hai incollato 3 capoversi.")
    expect(chiede.get_by_role("button", name="Fanne 3 disposizioni")).to_be_focused()
    axe(pagina)
    pagina.keyboard.press("Enter")
    lettera = "lettera <script>window.violata=1</script>"
    _diventa(
        lambda: _struttura(scena)[0][1][:3],
        [("Le Parti collaborano.", []), ("Primo", [lettera]), ("Secondo <b>&amp;</b>", [])],
    )
    expect(pagina.locator(".riga-lettera .parole")).to_have_text(lettera)  # as words, not as a script
    _salvato(pagina)
    pagina.get_by_role("button", name="Annulla", exact=True).click()
    expect(comma).to_have_count(2)  # one change, taken back in one

    comma.first.click()
    _incolla(pagina, "uno\ndue")
    chiede.get_by_role("button", name="Lascia perdere").click()
    expect(pagina.locator(".editor textarea")).to_have_value("Le Parti collaborano.")
    _incolla(pagina, "Insieme\r\n<i>sempre</i>.", "<p>Insieme</p>")
    chiede.get_by_role("button", name="Metti tutto qui").click()
    pagina.keyboard.press("Tab")
    _diventa(lambda: _struttura(scena)[0][1][0][0], "Le Parti collaborano.Insieme <i>sempre</i>.")
    assert pagina.evaluate("window.violata") is None


def test_un_articolo_si_sposta_sul_foglio(scena: Any, apri: Callable[..., Page]) -> None:
    pagina = apri(scena.coordinatore)
    articoli = "\n".join(f"Art. {n} - Oggetto {n}\n1. Vale l'articolo {n}." for n in range(1, 6))
    servizi.carica_testo(scena.accordo, f"Accordo\n\n{articoli}\n", da=scena.agente(scena.coordinatore))
    pagina.goto(BOZZA)
    pagina.evaluate("document.querySelectorAll('section.articolo').forEach((s, n) => { s.dataset.era = n; })")
    pagina.locator(".riga-articolo .apre").nth(1).focus()
    pagina.keyboard.press("Alt+ArrowDown")
    _salvato(pagina)
    capi = pagina.locator("section.articolo h2")
    expect(capi).to_have_text(
        [
            "Articolo 1 Oggetto 1",
            "Articolo 2 Oggetto 3",
            "Articolo 3 Oggetto 2",
            *(f"Articolo {n} Oggetto {n}" for n in (4, 5)),
        ]
    )
    expect(pagina.locator(".riga-comma .parole").nth(2)).to_have_text("Vale l’articolo 3.")
    expect(pagina.locator(".riga-articolo .apre").nth(2)).to_be_focused()
    assert (
        pagina.locator("section.articolo").evaluate_all("tutte => tutte.map(s => s.dataset.era).join('')")
        == "02134"
    )
    pagina.keyboard.press("Control+z")
    expect(capi.nth(1)).to_have_text("Articolo 2 Oggetto 2")
