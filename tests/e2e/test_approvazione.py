"""Phase 8 in a real browser: start, three acts, one on the wrong version, one returned with remarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from accordo.approvazione.models import Approvazione, Comunicazione
from accordo.iter.models import Accordo
from accordo.iter.registro import verifica
from tests.e2e.approvazione import Passi, prepara


def test_tre_atti_uno_sbagliato_e_uno_rinviato(
    transactional_db: None,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    passi = Passi(prepara(), nuova_pagina, accedi)
    passi.avvia()
    passi.tre_atti()
    assert {a.stato for a in Approvazione.objects.all()} == {"approvato"}
    assert [c.tipo for c in Comunicazione.objects.all()] == ["rinvio", "risposta"]
    assert verifica(Accordo.objects.get(slug="prova")) is None
    axe(passi.apri_ente("coordinatore", passi.scena.ente_b))
