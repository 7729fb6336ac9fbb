"""The whole procedure as five people walk it, page by page: what the two browser tests of the eight phases share."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accordo.approvazione.firma_di_prova import firma_pdf
from accordo.iter.procedura import processo
from bozze.models import Versione
from bozze.testo.albero import Disposizione, Testo, Tipo
from tests.e2e.mani import spunta
from tests.e2e.mondo import PDF, Mondo, OrologioDiProva

ATTESA_MS = 60_000  # a walk is long and a busy machine slow: a page that hangs is told by its own tests
BOZZA = Path(__file__).parents[2] / "accordo" / "demo" / "dati" / "accordo_esempio.txt"


class Percorso:
    """The walk. `misure` gives the window of each person; all go through the pages and nothing else."""

    def __init__(
        self,
        mondo: Mondo,
        orologio: OrologioDiProva,
        nuova_pagina: Callable[..., Page],
        accedi: Callable[[Page, Any], None],
        misure: dict[str, dict[str, int]],
        guarda: Callable[[Page], None],
    ) -> None:
        self.mondo, self.orologio, self.guarda = mondo, orologio, guarda
        self.pagine = {}
        for nome, utente in mondo.persone.items():
            self.pagine[nome] = nuova_pagina(misure[nome])
            self.pagine[nome].set_default_timeout(ATTESA_MS)
            accedi(self.pagine[nome], utente)

    # ------------------------------------------------------------------------------------------ the hands
    def apri(self, chi: str, dove: str) -> Page:
        """Open a page of the accord, and look at it if it is the referente or the mayor."""
        pagina = self.pagine[chi]
        risposta = pagina.goto(f"/accordi/{self.mondo.accordo.slug}/{dove}")
        assert risposta is not None
        assert risposta.status == 200, f"{chi}: {pagina.url} {risposta.status}"
        if chi in {"referente", "sindaca"}:
            self.guarda(pagina)
        return pagina

    def segui(self, pagina: Page, testo: str) -> None:
        """Follow a link of the page's content."""
        pagina.locator("main").get_by_role("link", name=re.compile(testo)).first.click()

    def premi(self, pagina: Page, bottone: str, atteso: str) -> None:
        """Press a button and wait for what the page says then."""
        pagina.locator("main").get_by_role("button", name=re.compile(bottone)).first.click()
        expect(pagina.get_by_text(re.compile(atteso)).first).to_be_visible(timeout=ATTESA_MS)

    def scegli(self, scelta: Locator) -> None:
        """Tick a box or a radio button; the design system hides the input behind its label."""
        spunta(scelta.first)

    def avanza(self, codice: str) -> None:
        """The coordinator moves the accord on."""
        pagina = self.apri("coordinatrice", "fasi/avanti/")
        nome = processo().nome(codice).replace("'", ".")
        self.premi(pagina, "^Passa a", f"accordo è ora in: {nome}")

    def giorni(self, quanti: int) -> None:
        """Let days pass."""
        self.orologio.momento += timedelta(days=quanti)

    # ------------------------------------------------------------------------------------------ the eight phases
    def presentazione(self) -> None:
        pagina = self.apri("coordinatrice", "presentazione/")
        self.segui(pagina, "Scrivi la proposta")
        pagina.fill("[name=testo]", "La Provincia propone un accordo.\n\nChiede a ogni ente di rispondere.")
        pagina.set_input_files(
            "[name=allegato]", {"name": "proposta.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
        self.premi(pagina, "Salva la proposta", "Proposta salvata")
        self.segui(pagina, "Pubblica la proposta")
        self.premi(pagina, "Pubblica la proposta", "Proposta pubblicata")
        for chi, referente in (
            ("sindaca", "Paolo Neri"),
            ("prefetto", "Dario Lenzi"),
            ("regione", "Silvia Orsi"),
        ):
            pagina = self.apri(chi, "presentazione/")
            self.segui(pagina, "Rispondi alla proposta")
            self.scegli(pagina.locator("[name=partecipa][value=si]"))
            self.scegli(pagina.get_by_label(re.compile(referente)))
            self.premi(pagina, "Conferma la risposta", "Risposta registrata")
        self.giorni(7)
        self.avanza("questionario")

    def questionario(self) -> None:
        for compila, convalida, quante in (
            ("referente", "sindaca", "12"),
            ("prefetto", "prefetto", "30"),
            ("regione", "regione", "44"),
        ):
            pagina = self.apri(compila, "questionario/")
            self.segui(pagina, "Inizia a compilare")
            self.scegli(pagina.locator("[name=D1][value=poco]"))
            pagina.fill("[name=D2]", quante)
            pagina.fill("[name=D3]", "Più luce attorno alla stazione.")
            self.premi(pagina, "Salva e vai al riepilogo", "Più luce attorno alla stazione")
            if compila != convalida:
                self.segui(pagina, "Invia alla convalida")
                self.premi(pagina, "Invia alla convalida", "Questionario inviato alla convalida")
                pagina = self.apri(convalida, "questionario/")
                self.segui(pagina, "Leggi e convalida")
            self.segui(pagina, "Convalida e invia")  # who is both does it in one step
            self.premi(pagina, "Convalida e invia", "Impronta SHA-256")
        self.giorni(7)
        self.avanza("restituzione")

    def restituzione(self) -> None:
        pagina = self.apri("coordinatrice", "esiti/")
        self.segui(pagina, "Pubblica gli esiti")
        self.premi(pagina, "Pubblica", "Esiti pubblicati")
        self.premi(self.apri("sindaca", "esiti/"), "Ho letto gli esiti", "il tuo ente ha letto gli esiti")
        self.giorni(7)
        self.avanza("focus_group")

    def focus_group(self) -> None:
        """One meeting for each area: date, call, answers, attendance, minutes, a finding, approval."""
        giorno = self.orologio.momento.date() + timedelta(days=3)
        riunioni = {}
        for ambito, chi in (
            ("Piana di Prova", "sindaca"),
            ("Prefettura di Prova", "prefetto"),
            ("Regione Prova", "regione"),
        ):
            pagina = self.apri("coordinatrice", "focus-group/")
            self.segui(pagina, f"Focus group: {ambito}")
            riunioni[ambito] = pagina.url.split("/accordi/prova/")[1]
            self.segui(pagina, "Cambia data, luogo")
            self._convoca(pagina, giorno, ambito)
            pagina = self.apri(chi, riunioni[ambito])
            self.segui(pagina, "Rispondi alla convocazione")
            self.scegli(pagina.locator("[name=risposta][value=accettata]"))
            self.premi(pagina, "Invia la risposta", "La tua risposta è registrata")
        self.giorni(4)
        for ambito, dove in riunioni.items():
            self._verbale(self.apri("coordinatrice", dove), ambito)
        self.giorni(8)
        for dove in riunioni.values():
            pagina = self.apri("coordinatrice", dove)
            self.segui(pagina, "Approva il verbale")
            self.premi(pagina, "Approva il verbale", "ora è «verbale approvato»")
        pagina = self.apri("coordinatrice", riunioni["Piana di Prova"])
        self.segui(pagina, "Scrivi un rilievo")
        self.scegli(pagina.locator("[name=tipo][value=criticita]"))
        pagina.fill("[name=testo]", "Attorno alla stazione manca luce.")
        self.scegli(pagina.locator("[name=obiettivi]"))
        self.premi(pagina, "Salva il rilievo", "Il rilievo 1 è scritto")
        self.segui(pagina, "Attorno alla stazione manca luce")
        self.segui(pagina, "Conferma")
        self.premi(pagina, "Conferma", "Il rilievo 1 ora è: confermato")
        self.apri("referente", "rilievi/")
        self.apri("sindaca", riunioni["Piana di Prova"])
        self.avanza("bozza")

    def _convoca(self, pagina: Page, giorno: date, ambito: str) -> None:
        pagina.fill("[name=giorno]", giorno.isoformat())
        pagina.fill("[name=ora]", "10:00")
        pagina.fill("[name=luogo]", f"Sala consiliare, {ambito}")
        self.premi(pagina, "Salva la riunione", "sono salvati")
        self.segui(pagina, "Convoca la riunione")
        self.premi(pagina, "Convoca la riunione", "ora è «convocata»")

    def _verbale(self, pagina: Page, ambito: str) -> None:
        self.segui(pagina, "Segna le presenze")
        self.premi(pagina, "^Segna l.arrivo", "Presente")
        self.segui(pagina, "Torna alla riunione")
        self.segui(pagina, "Registra che la riunione si è svolta")
        self.premi(pagina, "Registra che la riunione si è svolta", "ora è «svolta")
        self.segui(pagina, "Scrivi il verbale")
        for campo in pagina.locator("textarea").all():
            campo.fill(f"I presenti di {ambito} sono d'accordo su questo punto.")
        self.premi(pagina, "Salva il verbale", "Il verbale è salvato")
        self.segui(pagina, "Manda il verbale in lettura")
        self.premi(pagina, "Manda il verbale in lettura", "ora è «verbale in lettura»")

    def bozza(self) -> None:
        pagina = self.apri("coordinatrice", "testo/")
        self.segui(pagina, "Scrivi la bozza")
        self.segui(pagina, "Carica")
        pagina.set_input_files("[name=file]", BOZZA)
        self.premi(pagina, "Leggi il testo", "Prendi questo testo")
        self.premi(pagina, "Prendi questo testo", "Il testo è caricato nella bozza")
        pagina = self.apri("coordinatrice", "testo/pubblica/")
        self.premi(pagina, "Pubblica la bozza", "La versione 1 della bozza è pubblicata")
        self.premi(self.apri("sindaca", "testo/"), "Ho letto la bozza", "la lettura è segnata")
        self.giorni(7)
        self.avanza("osservazioni")

    def osservazioni(self) -> None:
        testo = Versione.objects.get(accordo=self.mondo.accordo).albero
        self._propone("referente", comma(testo, 6, 3), "due volte l'anno", "tre volte l'anno")
        self._propone("regione", comma(testo, 32, 1), "tre anni", "cinque anni")
        pagina = self.apri("prefetto", f"osservazioni/nuova/{comma(testo, 9, 2).id}/")
        pagina.fill("[name=testo]", "Il Comitato va sentito prima.")
        self.premi(pagina, "Salva", "Osservazione salvata")
        for chi in ("sindaca", "prefetto", "regione"):
            pagina = self.apri(chi, "osservazioni/ente/")
            self.segui(pagina, "Conferma le osservazioni")
            self.premi(pagina, "Conferma le osservazioni", "Osservazioni confermate")
        self.giorni(7)
        self.avanza("proposta_definitiva")

    def _propone(self, chi: str, dove: Disposizione, vecchie: str, nuove: str) -> None:
        pagina = self.apri(chi, f"emendamenti/nuovo/{dove.id}/")
        campo = pagina.locator("[name=testo]")
        assert vecchie in campo.input_value()
        campo.fill(campo.input_value().replace(vecchie, nuove))
        pagina.fill("[name=motivazione]", "Così si lavora meglio.")
        self.premi(pagina, "Salva la proposta", "Proposta salvata")

    def proposta_definitiva(self) -> None:
        for esito in ("accolto", "respinto"):
            pagina = self.apri("coordinatrice", "esame/")
            self.segui(pagina, "^Continua")
            self.scegli(pagina.locator(f"[name=esito][value={esito}]"))
            pagina.fill("[name=motivazione]", "È la scelta che tiene insieme le richieste.")
            self.premi(pagina, "Registra la decisione", "Decisione registrata")
        pagina = self.apri("coordinatrice", "esame/")
        self.segui(pagina, "Pubblica la proposta definitiva")
        self.premi(pagina, "Pubblica la proposta definitiva", "La proposta definitiva è pubblicata")
        self.apri("referente", "emendamenti/")
        self.giorni(7)
        self.avanza("approvazione")

    def approvazione(self) -> None:
        """Each body registers its act and its representative signs the frozen text."""
        mondo = self.mondo
        firmano = (
            ("referente", "sindaca", mondo.comune),
            ("prefetto", "prefetto", mondo.prefettura),
            ("regione", "regione", mondo.regione),
            ("coordinatrice", "coordinatrice", mondo.provincia),
        )
        for numero, (registra, firma, ente) in enumerate(firmano, start=1):
            pagina = self.apri(registra, f"approvazione/{ente.codice}/")
            self.segui(pagina, "^Registra l.atto$")
            pagina.fill("[name=numero]", str(numero))
            pagina.fill("[name=data_atto]", self.orologio.momento.date().isoformat())
            self.scegli(pagina.locator("[name=esecutivita_immediata]"))
            atto = {"name": "atto.pdf", "mimeType": "application/pdf", "buffer": PDF}
            pagina.set_input_files("[name=file]", atto)
            self.premi(pagina, "Registra l.atto", "Atto registrato")
            pagina = self.apri(firma, f"approvazione/{ente.codice}/")
            self.segui(pagina, "Carica il testo firmato")
            congelato = pagina.request.get("/accordi/prova/documenti/testo-definitivo.pdf").body()
            firmato = _firmato(congelato, str(mondo.persone[firma]))
            file = {"name": "firmato.pdf", "mimeType": "application/pdf", "buffer": firmato}
            pagina.set_input_files("[name=file]", file)
            self.premi(pagina, "Carica il testo firmato", "Firma registrata")
        self.giorni(7)
        self.avanza("sottoscritto")

    def cammina(self) -> None:
        """Walk from the first proposal to the signed accord."""
        for fase in processo().fasi:
            getattr(self, fase.codice)()


def _firmato(congelato: bytes, nome: str) -> bytes:
    """Sign in another thread: Playwright runs an event loop in this one, and pyHanko wants its own."""
    with ThreadPoolExecutor(1) as altrove:
        return altrove.submit(firma_pdf, congelato, nome).result()


def comma(testo: Testo, articolo: int, numero: int) -> Disposizione:
    """Return a comma by the numbers that people read."""
    commi = [figlio for figlio in testo.articoli()[articolo - 1].figli if figlio.tipo is Tipo.COMMA]
    return commi[numero - 1]
