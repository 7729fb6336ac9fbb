"""Hands that use the mouse as a person does: they wait for the page to stand still before they press."""

from __future__ import annotations

from playwright.sync_api import Locator, expect


def spunta(scelta: Locator) -> None:
    """Tick a box or a radio button by its label (the design system hides the field behind it), and see it ticked.

    A click put at a point that was computed while the page was still being laid out falls beside it: Playwright
    waits for a label that is visible, still and not covered, which `check(force=True)` on the hidden field does not.
    """
    campo = scelta.first
    campo.wait_for(state="attached")
    campo.page.wait_for_load_state("load")
    if not campo.is_checked():
        attorno = campo.locator("xpath=ancestor::label[1]")
        accanto = campo.page.locator(f'label[for="{campo.get_attribute("id")}"]')
        etichetta = attorno if attorno.count() else accanto
        (etichetta.first if etichetta.count() else campo).click()
    expect(campo).to_be_checked()
