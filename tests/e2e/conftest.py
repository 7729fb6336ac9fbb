"""A real Chromium, driven by Playwright against a live server: pages, logging in, accessibility.

    def test_cruscotto(pagina, accedi, axe, scena):
        accedi(pagina, scena.coordinatore)
        pagina.goto("/cruscotto/")
        axe(pagina)

Every page watches itself: an error in the console (a violated Content Security Policy is one), a file that is not
found or a page that breaks fails the test at its end.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

# Playwright's sync API runs an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUI = Path(__file__).parent
NOMI = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGOMENTI = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
SCRIVANIA = {"width": 1280, "height": 900}
TELEFONO = {"width": 390, "height": 844}
ATTESA_MS = 30_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if QUI in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def chromium() -> str | None:
    """Return where Chromium is: the variable CHROMIUM, or the first of the usual names on the PATH."""
    return os.environ.get("CHROMIUM") or next(
        (trovato for nome in NOMI if (trovato := shutil.which(nome))), None
    )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Keep the test database in a file: the live server's threads cannot share one connection to memory."""
    from django.db import connections

    connessione = connections["default"]
    if connessione.vendor == "sqlite":
        connessione.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "e2e.sqlite3")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    eseguibile = chromium()
    if eseguibile is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: with CI=true the browser tests may not be left out")
        pytest.skip("no Chromium here (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=eseguibile, args=ARGOMENTI)
        yield browser
        browser.close()


def _sorveglia(pagina: Page, guasti: list[str]) -> None:
    def console(messaggio: ConsoleMessage) -> None:
        # "Failed to load resource" comes for every status >= 400; those that matter are in `risposta`. A preview that is
        # still on its way when the person goes on to the next page is given up, and htmx says so; so it does without network.
        innocui = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest", "htmx:sendError")
        if messaggio.type == "error" and not messaggio.text.startswith(innocui):
            guasti.append(f"console: {messaggio.text} ({pagina.url})")

    def risposta(risposta: Response) -> None:
        # A refusal (409, 422, 404) is a page like another; a missing file or a broken page is not.
        e_pagina = risposta.request.resource_type in {"document", "xhr", "fetch"}
        if risposta.status >= 500 or (risposta.status >= 400 and not e_pagina):
            guasti.append(f"{risposta.status} {risposta.url}")

    pagina.on("console", console)
    pagina.on("pageerror", lambda errore: guasti.append(f"script: {errore} ({pagina.url})"))
    pagina.on("response", risposta)


def _apri(
    browser: Browser, indirizzo: str, guasti: list[str], misure: dict[str, int], **opzioni: Any
) -> Page:
    contesto = browser.new_context(
        base_url=indirizzo,
        viewport=misure,
        locale="it-IT",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
        has_touch=misure is TELEFONO,
        **opzioni,
    )
    contesto.set_default_timeout(ATTESA_MS)
    pagina = contesto.new_page()
    _sorveglia(pagina, guasti)
    return pagina


@pytest.fixture
def nuova_pagina(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of its own (own cookies): `nuova_pagina()` or `nuova_pagina(TELEFONO)`."""
    guasti: list[str] = []
    pagine: list[Page] = []

    def apri(misure: dict[str, int] = SCRIVANIA, **opzioni: Any) -> Page:
        pagine.append(_apri(browser, live_server.url, guasti, misure, **opzioni))
        return pagine[-1]

    yield apri
    for pagina in pagine:
        pagina.context.close()
    assert not guasti, "\n".join(guasti)


@pytest.fixture(scope="session")
def _sempre_aperta(browser: Browser, live_server: Any) -> tuple[Page, list[str]]:
    guasti: list[str] = []
    return _apri(browser, live_server.url, guasti, SCRIVANIA), guasti


@pytest.fixture
def pagina_aperta(_sempre_aperta: tuple[Page, list[str]]) -> Iterator[Page]:
    """Return a page that stays open from test to test, nobody's at first: for looks at many pages, styles loaded once."""
    pagina, guasti = _sempre_aperta
    guasti.clear()
    pagina.context.clear_cookies()
    pagina.set_viewport_size(SCRIVANIA)
    yield pagina
    if pagina.url != "about:blank":  # left so by a document that the browser downloads
        pagina.evaluate("localStorage.clear()")
        pagina.goto("about:blank")
    assert not guasti, "\n".join(guasti)


@pytest.fixture
def pagina(nuova_pagina: Callable[..., Page]) -> Page:
    """Return a page on a desktop, 1280 pixels wide."""
    return nuova_pagina(SCRIVANIA)


@pytest.fixture
def telefono(nuova_pagina: Callable[..., Page]) -> Page:
    """Return a page on a phone, 390 pixels wide."""
    return nuova_pagina(TELEFONO)


@pytest.fixture
def accedi(live_server: Any) -> Callable[[Page, Any], None]:
    """Return `accedi(pagina, utente)`: from there on the page is that person's (None: nobody's).

    The page of whoever was there is left first: some ask the server again every few seconds, and would ask as nobody.
    """

    def accedi(pagina: Page, utente: Any) -> None:
        if pagina.url != "about:blank":
            pagina.goto("about:blank")
        pagina.context.clear_cookies()
        if utente is None:
            return
        client = Client()
        client.force_login(utente)
        biscotto = client.cookies[settings.SESSION_COOKIE_NAME]
        pagina.context.add_cookies([{"name": biscotto.key, "value": biscotto.value, "url": live_server.url}])

    return accedi


def violazioni(pagina: Page, *, contrasto: bool = True) -> list[str]:
    """Return what axe finds against WCAG 2.1, levels A and AA, on the page as it is.

    `contrasto=False` leaves the contrast of colours out, three quarters of the time: for a page looked at once more.
    """
    if not pagina.evaluate("Boolean(window.axe)"):  # the same page at another width has it already
        pagina.evaluate(Axe().axe_script)
    trovate = pagina.evaluate(
        "opzioni => axe.run(document, opzioni).then(esito => esito.violations)",
        {
            "runOnly": {"type": "tag", "values": WCAG},
            "resultTypes": ["violations"],
            "rules": {"color-contrast": {"enabled": contrasto}},
        },
    )
    return [
        f"{v['id']} ({v['impact']}): {v['help']} → "
        + "; ".join(f"{' '.join(n['target'])} {n['html'][:160]}" for n in v["nodes"][:3])
        for v in trovate
    ]


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return `axe(pagina)`: asserts that the page violates nothing of WCAG 2.1 A and AA."""

    def controlla(pagina: Page) -> None:
        trovate = violazioni(pagina)
        larghezza = (pagina.viewport_size or SCRIVANIA)["width"]
        assert not trovate, f"{pagina.url} at {larghezza} px\n" + "\n".join(trovate)

    return controlla
