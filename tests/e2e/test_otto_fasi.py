"""Five people walk the eight phases in a real browser, from the first proposal to the signed PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accordo.iter.models import Accordo
from accordo.iter.registro import verifica
from tests.e2e.conftest import SCRIVANIA
from tests.e2e.mondo import ferma_orologio, mondo
from tests.e2e.percorso import Percorso


def test_dalla_proposta_all_accordo_firmato(
    transactional_db: None,
    monkeypatch: Any,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    orologio = ferma_orologio(monkeypatch)
    scena = mondo()
    percorso = Percorso(
        scena, orologio, nuova_pagina, accedi, dict.fromkeys(scena.persone, SCRIVANIA), lambda pagina: None
    )
    percorso.cammina()
    accordo = Accordo.objects.get(slug="prova")
    assert accordo.sottoscritto
    assert verifica(accordo) is None
    pagina = percorso.apri("referente", "documenti/")
    axe(pagina)
    for collegamento in pagina.locator('main a[href$=".pdf"]').all():
        indirizzo = collegamento.get_attribute("href") or ""
        risposta = pagina.request.get(indirizzo)
        assert risposta.status == 200, indirizzo
        assert risposta.body().startswith(b"%PDF"), indirizzo
    pagina = percorso.apri("sindaca", "testo/")
    expect(pagina.get_by_text("tre volte").first).to_be_visible()
