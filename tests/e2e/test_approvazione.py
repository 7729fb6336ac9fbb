"""Phase 8 in a real browser: start, three acts, one on the wrong version, one returned with remarks; signed, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from accordo.approvazione.models import AccordoFirmato, Approvazione, Comunicazione
from accordo.iter.models import Accordo
from accordo.iter.registro import verifica
from tests.approvazione import autorita
from tests.e2e.approvazione import Passi, prepara


def test_tre_atti_uno_sbagliato_e_uno_rinviato_poi_le_firme_in_parallelo(
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
    axe(passi.apri_ente("coordinatore", passi.scena.ente_b))
    passi.firmano_in_parallelo()
    firmato = passi.conclude()
    assert AccordoFirmato.objects.get().formato == "p7m"
    pagina = passi.verifica("accordo.pdf.p7m", firmato, "Sì, è un documento", "Rappresentante_altro Prova")
    axe(pagina)
    _sottoscritto()


def test_un_solo_pdf_firmato_a_turno(
    transactional_db: None,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    passi = Passi(prepara("turno"), nuova_pagina, accedi)
    passi.avvia()
    passi.approvano_tutti()
    passi.firmano_a_turno()
    firmato = passi.conclude()
    assert AccordoFirmato.objects.get().formato == "pdf"
    passi.verifica("accordo.pdf", firmato, "Sì, è un documento", "Coordinatore Prova")
    di_piu = autorita.pdf(firmato, "Carla Estranea")
    pagina = passi.verifica(
        "accordo.pdf", di_piu, "firmato da .*Carla Estranea", "non è tra quelli registrati"
    )
    axe(pagina)
    pagina = passi.verifica(
        "accordo.pdf", firmato + b"%", "Non è un documento", "aggiunto qualcosa dopo la firma"
    )
    expect(pagina.get_by_role("heading", name="Verificane un altro")).to_be_visible()
    _sottoscritto()


def _sottoscritto() -> None:
    accordo = Accordo.objects.get(slug="prova")
    assert accordo.sottoscritto
    assert {a.stato for a in Approvazione.objects.all()} == {"firmato"}
    assert verifica(accordo) is None
