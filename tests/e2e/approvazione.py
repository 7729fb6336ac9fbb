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

from accordo.approvazione import servizi
from accordo.enti.models import Ente, Ruolo
from accordo.iter.models import FaseAccordo
from bozze.models import Versione
from tests.approvazione import autorita
from tests.approvazione.fabbriche import PDF, di, pubblica, registra
from tests.e2e.conftest import SCRIVANIA
from tests.e2e.mani import spunta
from tests.fabbriche import IncaricoFactory
from tests.scena import Scena, costruisci

SLUG = "prova"
FIRMANO = (("rappresentante", "ente_a"), ("rappresentante_altro", "ente_b"), ("coordinatore", "provincia"))
"""Who signs for which body of the scene."""
ATTO = {"name": "atto.pdf", "mimeType": "application/pdf", "buffer": PDF}


def prepara(modo: str = "parallelo") -> Scena:
    """Return the scene of the tests with a draft and a final version published, one step before phase 8.

    The coordinator represents the Provincia too: three bodies, each with who signs. `modo`: how they will sign.
    """
    scena = costruisci()
    FaseAccordo.objects.filter(accordo=scena.accordo).update(inizio_effettivo=date(2026, 1, 1))
    pubblica(scena.accordo, 1)
    pubblica(scena.accordo, 2, definitiva=True, variante=" Davvero.")
    scena.porta_a("proposta_definitiva")
    IncaricoFactory(utente=scena.coordinatore, ente=scena.provincia, ruolo=Ruolo.RAPPRESENTANTE)
    IncaricoFactory(utente=scena.coordinatore, ente=scena.provincia, ruolo=Ruolo.REFERENTE)
    servizi.scegli_regola(scena.accordo, modo=modo, giorni_turno=5, da=scena.agente(scena.coordinatore))
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
        spunta(pagina.locator("[name=esecutivita_immediata]"))
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

    # ------------------------------------------------------------------------------------------ the signatures
    def approvano_tutti(self) -> None:
        """The three acts, by the services: what the browser does with them was shown elsewhere."""
        for chi, ente in FIRMANO:
            registra(di(getattr(self.scena, ente)), self.scena.agente(getattr(self.scena, chi)))

    def scarica(self, chi: str, ente: Ente) -> bytes:
        """Download the file to sign, from the page that says how."""
        pagina = self.apri(chi, f"approvazione/{ente.codice}/firma/")
        with pagina.expect_download() as atteso:
            self.segui(pagina, "^Scarica il (PDF del tuo turno|testo definitivo)")
        return atteso.value.path().read_bytes()

    def carica(self, chi: str, ente: Ente, nome: str, contenuto: bytes, detto: str) -> Page:
        """Upload a signed file and read what the portal says of it."""
        pagina = self.apri(chi, f"approvazione/{ente.codice}/firma/")
        file = {"name": nome, "mimeType": "application/octet-stream", "buffer": contenuto}
        pagina.set_input_files("[name=file]", file)
        self.premi(pagina, "Carica il testo firmato", detto)
        return pagina

    def firmano_in_parallelo(self) -> None:
        """Each its own envelope, in any order; first one laid around another file, which is refused."""
        chi, nome = FIRMANO[0]
        ente = getattr(self.scena, nome)
        altro = autorita.p7m(PDF, str(self.scena.persona(chi)))
        self.carica(chi, ente, "firmato.pdf.p7m", altro, "non è il testo definitivo di questo accordo")
        for chi, nome in reversed(FIRMANO):
            ente = getattr(self.scena, nome)
            busta = autorita.p7m(self.scarica(chi, ente), str(self.scena.persona(chi)))
            self.carica(chi, ente, "firmato.pdf.p7m", busta, "Firma registrata")

    def firmano_a_turno(self) -> None:
        """One PDF goes round: who waits cannot sign, and only the very file of the turn is taken back."""
        prima = b""
        for posto, (chi, nome) in enumerate(FIRMANO):
            ente, persona = getattr(self.scena, nome), str(self.scena.persona(chi))
            consegnato = self.scarica(chi, ente)
            if posto == 0:
                altri = self.apri(FIRMANO[1][0], f"approvazione/{self.scena.ente_b.codice}/firma/")
                expect(altri.get_by_role("heading", name="Non è ancora il turno")).to_be_visible()
                prima = consegnato
            if posto == 1:
                sul_vecchio = autorita.pdf(prima, persona)
                self.carica(
                    chi, ente, "firmato.pdf", sul_vecchio, "non parte da quello che ti è stato consegnato"
                )
                self.carica(chi, ente, "firmato.pdf", consegnato, "manca ancora la tua firma")
            self.carica(chi, ente, "firmato.pdf", autorita.pdf(consegnato, persona), "Firma registrata")

    def conclude(self) -> bytes:
        """The coordinator declares the accord signed; anybody can take the one file with all signatures."""
        pagina = self.apri("coordinatore", "approvazione/")
        expect(pagina.get_by_text("Tutti i 3 enti hanno approvato e firmato").first).to_be_visible()
        pagina = self.apri("coordinatore", "fasi/avanti/")
        self.premi(pagina, "Passa a|Dichiara", "sottoscritto")
        pagina = self.apri("anonimo", "documenti/verifica/")
        contenuto: bytes = pagina.request.get(f"/accordi/{SLUG}/documenti/accordo-firmato/").body()
        return contenuto

    def verifica(self, nome: str, contenuto: bytes, *detti: str) -> Page:
        """Anybody drops a file on the public page and reads what it is."""
        pagina = self.apri("anonimo", "documenti/verifica/")
        pagina.set_input_files(
            "[name=file]", {"name": nome, "mimeType": "application/octet-stream", "buffer": contenuto}
        )
        pagina.locator("main").get_by_role("button", name="Verifica il documento").click()
        for detto in detti:
            expect(pagina.get_by_text(re.compile(detto)).first).to_be_visible()
        return pagina
