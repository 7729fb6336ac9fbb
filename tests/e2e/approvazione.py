"""Phase 8 in a browser, step by step: what the test of the approval is made of. One function, one thing a person does.

passi = Passi(prepara(), nuova_pagina, accedi)
passi.avvia()
passi.registra_atto("referente", passi.scena.ente_a, "12", versione=passi.bozza)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect

from accordo.enti.models import Ente, Ruolo
from accordo.iter.models import FaseAccordo
from bozze.models import Versione
from tests.approvazione.fabbriche import PDF, pubblica
from tests.e2e.conftest import SCRIVANIA
from tests.fabbriche import IncaricoFactory
from tests.scena import Scena, costruisci

SLUG = "prova"
ATTO = {"name": "atto.pdf", "mimeType": "application/pdf", "buffer": PDF}


def prepara() -> Scena:
    """Return the scene of the tests with a draft and a final version published, one step before phase 8.

    The coordinator represents the Provincia too: three bodies, each with who signs.
    """
    scena = costruisci()
    FaseAccordo.objects.filter(accordo=scena.accordo).update(inizio_effettivo=date(2026, 1, 1))
    pubblica(scena.accordo, 1)
    pubblica(scena.accordo, 2, definitiva=True, variante=" Davvero.")
    scena.porta_a("proposta_definitiva")
    IncaricoFactory(utente=scena.coordinatore, ente=scena.provincia, ruolo=Ruolo.RAPPRESENTANTE)
    IncaricoFactory(utente=scena.coordinatore, ente=scena.provincia, ruolo=Ruolo.REFERENTE)
    return scena


@dataclass
class Passi:
    """The steps. `chi` is the name of a person of the scene; each has a browser of their own."""

    scena: Scena
    nuova_pagina: Callable[..., Page]
    accedi: Callable[[Page, Any], None]
    misure: dict[str, int] = field(default_factory=lambda: SCRIVANIA)
    _pagine: dict[str, Page] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------------ what steps are made of
    def apri(self, chi: str, dove: str) -> Page:
        """Open a page of the accord as that person."""
        if chi not in self._pagine:
            self._pagine[chi] = self.nuova_pagina(self.misure)
            self.accedi(self._pagine[chi], self.scena.persona(chi))
        pagina = self._pagine[chi]
        pagina.goto(f"/accordi/{SLUG}/{dove}")
        return pagina

    def apri_ente(self, chi: str, ente: Ente) -> Page:
        """Open a body's page of phase 8."""
        return self.apri(chi, f"approvazione/{ente.codice}/")

    def segui(self, pagina: Page, testo: str) -> None:
        """Follow a link of the page's body."""
        pagina.locator("main").get_by_role("link", name=re.compile(testo)).first.click()

    def premi(self, pagina: Page, bottone: str, detto: str) -> None:
        """Press a button and read what the portal says."""
        pagina.locator("main").get_by_role("button", name=re.compile(bottone)).first.click()
        expect(pagina.get_by_text(re.compile(detto)).first).to_be_visible()

    @property
    def bozza(self) -> Versione:
        """The version that is not the final one."""
        return Versione.objects.get(accordo=self.scena.accordo, numero=1)

    # ------------------------------------------------------------------------------------------ the steps
    def avvia(self) -> None:
        """The coordinator moves on to phase 8: the text is frozen, every body is asked."""
        pagina = self.apri("coordinatore", "fasi/avanti/")
        self.premi(pagina, "Passa a", "Iter di approvazione")

    def registra_atto(self, chi: str, ente: Ente, numero: str, *, versione: Versione | None = None) -> Page:
        """Register the act of a body: of the final text, or of `versione`. Corrects it where there is one."""
        pagina = self.apri_ente(chi, ente)
        self.segui(pagina, "^(Registra|Correggi) l.atto$")
        pagina.fill("[name=numero]", numero)
        pagina.fill("[name=data_atto]", "2026-03-02")
        if versione is not None:
            pagina.select_option("[name=versione]", versione.impronta)
        else:
            definitiva = Versione.objects.get(accordo=self.scena.accordo, definitiva=True)
            pagina.select_option("[name=versione]", definitiva.impronta)
        pagina.locator("[name=esecutivita_immediata]").set_checked(True, force=True)
        pagina.set_input_files("[name=file]", ATTO)
        motivo = pagina.locator("[name=motivazione]")
        if motivo.count():
            motivo.fill("L'atto di prima approvava un'altra versione.")
        self.premi(pagina, "(Registra|Correggi) l.atto", "Atto registrato")
        return pagina

    def rinvia(self, chi: str, ente: Ente, osservazioni: str) -> Page:
        """A body sends the text back."""
        pagina = self.apri_ente(chi, ente)
        self.segui(pagina, "Rinvia con osservazioni")
        pagina.fill("[name=motivazione]", osservazioni)
        self.premi(pagina, "Rinvia con osservazioni", "Testo rinviato")
        return pagina

    def rispondi(self, ente: Ente, risposta: str) -> Page:
        """The coordinator answers."""
        pagina = self.apri_ente("coordinatore", ente)
        self.segui(pagina, "Rispondi alle osservazioni")
        pagina.fill("[name=testo]", risposta)
        self.premi(pagina, "Manda la risposta", "Risposta mandata")
        return pagina

    def riprendi(self, chi: str, ente: Ente) -> Page:
        """The body takes its work up again."""
        pagina = self.apri_ente(chi, ente)
        self.segui(pagina, "Riprendi l.istruttoria")
        self.premi(pagina, "Avvia l.istruttoria", "Istruttoria avviata")
        return pagina

    def tre_atti(self) -> None:
        """Three acts: one on the wrong version, which blocks the signature until corrected; one after remarks and answer."""
        scena = self.scena
        self.registra_atto("coordinatore", scena.provincia, "7")
        pagina = self.registra_atto("referente", scena.ente_a, "12", versione=self.bozza)
        expect(pagina.get_by_text("approva una versione diversa da quella definitiva").first).to_be_visible()
        pagina = self.apri("rappresentante", f"approvazione/{scena.ente_a.codice}/firma/")
        expect(pagina.get_by_role("heading", name="Non si può ancora firmare")).to_be_visible()
        self.registra_atto("referente", scena.ente_a, "13")
        self.rinvia("rappresentante_altro", scena.ente_b, "L'articolo 2 non nomina le unioni.")
        self.rispondi(scena.ente_b, "Le nomina l'articolo 1: valgono anche per il 2.")
        pagina = self.riprendi("referente_altro", scena.ente_b)
        expect(pagina.get_by_text("Le nomina l’articolo 1").first).to_be_visible()
        self.registra_atto("referente_altro", scena.ente_b, "21")
        pagina = self.apri("coordinatore", "approvazione/")
        expect(pagina.get_by_text("3 enti su 3 hanno approvato").first).to_be_visible()
