"""The same walk with the referente and the mayor on a phone: every page of theirs fits and is accessible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from accordo.iter.models import Accordo
from tests.e2e.conftest import SCRIVANIA, TELEFONO
from tests.e2e.mondo import ferma_orologio, mondo
from tests.e2e.percorso import Percorso


def test_referente_e_sindaca_dal_telefono(
    transactional_db: None,
    monkeypatch: Any,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    orologio = ferma_orologio(monkeypatch)
    scena = mondo()
    misure = dict.fromkeys(scena.persone, SCRIVANIA) | {"referente": TELEFONO, "sindaca": TELEFONO}

    def guarda(pagina: Page) -> None:
        larga = pagina.evaluate("document.documentElement.scrollWidth")
        assert larga <= TELEFONO["width"], f"{pagina.url} scrolls sideways: {larga} px wide"
        axe(pagina)

    percorso = Percorso(scena, orologio, nuova_pagina, accedi, misure, guarda)
    percorso.cammina()
    assert Accordo.objects.get(slug="prova").sottoscritto
    percorso.apri("sindaca", "attivita/")
    percorso.apri("referente", "documenti/")
