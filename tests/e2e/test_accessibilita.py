"""Every page of the permissions matrix, as those who see it, on a desktop and on a phone: WCAG 2.1 A and AA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page, Response

from tests.e2e.conftest import SCRIVANIA, TELEFONO, violazioni
from tests.matrice.base import Mondo, Riga, mondi
from tests.test_matrice import pagine


@pytest.fixture
def pagina(pagina_aperta: Page) -> Page:
    """Look at all pages through one window: opening a new one for each took as long as the looking."""
    return pagina_aperta


GUARDANO = ("coordinatore", "rappresentante", "referente", "anonimo")


def _da_guardare() -> list[Any]:
    """Give, for each world of the matrix, the pages somebody can open: GET rows, each with who looks."""
    casi, con_pagina = [], pagine()  # a document is nothing for axe to read
    for mondo in mondi():
        visite = []
        for nome, _, riga in mondo.righe:
            chi = [persona for persona in GUARDANO if riga.attesi[persona] == 200]
            if riga.metodo == "get" and not riga.htmx and chi and nome in con_pagina:
                visite.append(
                    (nome, riga, chi[:2])
                )  # as the coordinator and the mayor, else as the first who can
        if visite:
            casi.append(pytest.param(mondo, visite, id=mondo.nome))
    return casi


def _difetti(pagina: Page, *, contrasto: bool = True) -> list[str]:
    difetti = violazioni(pagina, contrasto=contrasto)
    titoli = pagina.locator("h1").count()
    if titoli != 1:
        difetti.append(f"{titoli} h1")
    if not pagina.title().strip():
        difetti.append("no title")
    if (pagina.viewport_size or {}).get("width") == TELEFONO["width"]:
        larga = pagina.evaluate("document.documentElement.scrollWidth")
        if larga > TELEFONO["width"]:
            difetti.append(f"scrolls sideways: {larga} px wide")
    return difetti


def _apri(pagina: Page, url: str) -> Response | None:
    """Open a page; None for a document, which the browser downloads."""
    try:
        return pagina.goto(url)
    except Error as errore:
        if "Download is starting" in errore.message:
            return None
        raise


def _guarda(
    pagina: Page, scena: Any, nome: str, riga: Riga, persone: list[str], accedi: Callable[[Page, Any], None]
) -> list[str]:
    url = reverse(nome, kwargs=riga.argomenti(scena)) + (f"?{riga.query}" if riga.query else "")
    difetti = []
    for chi in persone:
        accedi(pagina, None if chi == "anonimo" else getattr(scena, chi))
        # The second one, who sees less on the same page, looks at it on a phone only.
        pagina.set_viewport_size(SCRIVANIA if chi == persone[0] else TELEFONO)
        risposta = _apri(pagina, url)
        if risposta is None:
            break
        if risposta.status != 200:
            difetti.append(f"{chi}: {risposta.status}")
            continue
        if "text/html" not in risposta.headers["content-type"]:
            break
        if chi == persone[0]:
            difetti += [f"{chi}, desktop: {difetto}" for difetto in _difetti(pagina)]
            pagina.set_viewport_size(TELEFONO)
        # The colours of a page are looked at once at each width, on a phone by the last who looks.
        difetti += [f"{chi}, phone: {difetto}" for difetto in _difetti(pagina, contrasto=chi == persone[-1])]
    return [f"{url}  {difetto}" for difetto in difetti]


@pytest.mark.parametrize(("mondo", "visite"), _da_guardare())
def test_pagine(
    mondo: Mondo,
    visite: list[tuple[str, Riga, list[str]]],
    scena: Any,
    pagina: Page,
    accedi: Callable[[Page, Any], None],
) -> None:
    """Looking changes nothing: the pages of one world are looked at one after the other."""
    if mondo.prepara:
        mondo.prepara(scena)
    difetti = []
    for nome, riga, persone in visite:
        difetti += _guarda(pagina, scena, nome, riga, persone, accedi)
    assert not difetti, "\n".join(difetti)


DEL_CONTO = {
    "account_login": "anonimo",
    "account_signup": "anonimo",
    "account_reset_password": "anonimo",
    "account_reset_password_done": "anonimo",
    "account_reset_password_from_key_done": "anonimo",
    "account_inactive": "anonimo",
    "account_change_password": "referente",
    "account_logout": "referente",
    "account_email": "referente",
    "account_reauthenticate": "referente",
    "mfa_index": "referente",
}
"""allauth's pages, which the matrix leaves out: the templates are ours."""


@pytest.mark.parametrize(("nome", "chi"), DEL_CONTO.items(), ids=DEL_CONTO)
def test_pagina_del_conto(
    nome: str, chi: str, scena: Any, pagina: Page, accedi: Callable[[Page, Any], None]
) -> None:
    accedi(pagina, None if chi == "anonimo" else getattr(scena, chi))
    pagina.goto(reverse(nome))
    difetti = _difetti(pagina)
    pagina.set_viewport_size(TELEFONO)
    difetti += [f"phone: {difetto}" for difetto in _difetti(pagina)]
    assert not difetti, f"{nome}\n" + "\n".join(difetti)
