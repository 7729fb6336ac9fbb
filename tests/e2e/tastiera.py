"""Hands that use the keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page


class Tastiera:
    """Goes through a page by Tab until what is wanted has the focus: whatever cannot be reached so fails."""

    def __init__(self, pagina: Page) -> None:
        self.pagina = pagina

    def vai(self, selettore: str, passi: int = 120) -> None:
        """Press Tab until an element that matches has the focus."""
        for _ in range(passi):
            self.pagina.keyboard.press("Tab")
            if self.pagina.evaluate("s => document.activeElement.matches(s)", selettore):
                return
        raise AssertionError(f"{selettore}: con il tasto Tab non ci si arriva")

    def scrivi(self, selettore: str, testo: str) -> None:
        """Go to a field and type."""
        self.vai(selettore)
        self.pagina.keyboard.type(testo)

    def premi(self, selettore: str) -> None:
        """Go to a button that changes the page in place, and press it."""
        self.vai(selettore)
        self.pagina.keyboard.press("Enter")

    def segui(self, selettore: str) -> None:
        """Go to a link or a button that leads to another page, and press it."""
        self.vai(selettore)
        self.invio()

    def invio(self) -> None:
        """Press Enter and wait for the page that it brings."""
        with self.pagina.expect_navigation():
            self.pagina.keyboard.press("Enter")

    def scegli(self, selettore: str, lettere: str) -> None:
        """Go to a select and choose by its first letters."""
        self.vai(selettore)
        self.pagina.keyboard.type(lettere)
