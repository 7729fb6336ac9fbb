"""A focus group from the search for a date to the invitation in the calendar, by five people in a real browser."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from email import policy
from io import BytesIO
from typing import Any

from django.core import mail
from icalendar import Calendar
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accordo.enti.models import Ruolo, Utente
from accordo.iter.registro import verifica
from accordo.rilievi.models import Rilievo
from focusgroup import servizi
from focusgroup.models import Presenza, Riunione
from tests.e2e.conftest import ATTESA_MS, SCRIVANIA, TELEFONO
from tests.e2e.mani import spunta
from tests.e2e.mondo import OrologioDiProva, ferma_orologio
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory, UtenteFactory
from tests.scena import Scena, costruisci

PRIMA, SECONDA, TERMINE = date(2026, 1, 28), date(2026, 1, 29), date(2026, 1, 20)


class Incontro:
    """One meeting of three bodies, through the pages and nothing else.

    `mondo` prepares; `sondaggio`, `risposte`, `fissa` and `convocazione` walk as far as a meeting that is called and
    answered. What follows (attendance, minutes, findings, approval) goes on from `pagine` and `riunione`.
    """

    def __init__(
        self,
        orologio: OrologioDiProva,
        nuova_pagina: Callable[..., Page],
        accedi: Callable[[Page, Any], None],
    ) -> None:
        self.orologio = orologio
        self.scena: Scena = costruisci()
        self.scena.porta_a("focus_group")
        terzo = EnteFactory(codice="comune-gamma", denominazione="Comune di Gamma", ambito=self.scena.ambito)
        PartecipazioneFactory(accordo=self.scena.accordo, ente=terzo)
        sindaca: Utente = UtenteFactory(email="gamma@example.invalid", nome="Gaia", cognome="Prova")
        IncaricoFactory(utente=sindaca, ente=terzo, ruolo=Ruolo.RAPPRESENTANTE)
        [self.riunione] = servizi.avvia_focus_group(
            self.scena.accordo, da=self.scena.agente(self.scena.coordinatore)
        )
        chi = {
            "coordinatore": (self.scena.coordinatore, SCRIVANIA),
            "alfa": (self.scena.rappresentante, TELEFONO),
            "alfa-referente": (self.scena.referente, SCRIVANIA),
            "beta": (self.scena.rappresentante_altro, TELEFONO),
            "gamma": (sindaca, TELEFONO),
        }
        self.pagine = {nome: nuova_pagina(misure) for nome, (_, misure) in chi.items()}
        for nome, (utente, _) in chi.items():
            accedi(self.pagine[nome], utente)

    # ------------------------------------------------------------------------------------------ the hands
    def apri(self, chi: str, pagina: str = "riunione") -> Page:
        """Open one of the meeting's pages."""
        aperta = self.pagine[chi]
        risposta = aperta.goto(self.riunione.url(pagina))
        assert risposta is not None
        assert risposta.status == 200, f"{chi}: {aperta.url} {risposta.status}"
        return aperta

    def segui(self, pagina: Page, testo: str) -> None:
        """Follow a link of the page's content."""
        pagina.locator("main").get_by_role("link", name=re.compile(testo)).first.click()

    def premi(self, pagina: Page, bottone: str, atteso: str) -> None:
        """Press a button and wait for what the page says then."""
        pagina.locator("main").get_by_role("button", name=re.compile(bottone)).first.click()
        expect(pagina.get_by_text(re.compile(atteso)).first).to_be_visible(timeout=ATTESA_MS)

    def passano(self, **quanto: int) -> None:
        """Let time pass."""
        self.orologio.momento += timedelta(**quanto)

    def fresca(self) -> Riunione:
        """The meeting as it stands in the database."""
        return Riunione.objects.select_related("accordo", "ambito").get(pk=self.riunione.pk)

    # ------------------------------------------------------------------------------------------ the date
    def sondaggio(self) -> None:
        """The coordinator proposes two dates and asks."""
        pagina = self.apri("coordinatore")
        self.segui(pagina, "Cerca la data con gli enti")
        for giorno in (PRIMA, SECONDA):
            self.segui(pagina, "^Proponi")
            pagina.fill("[name=giorno]", giorno.isoformat())
            pagina.fill("[name=ora]", "10:00")
            pagina.fill("[name=luogo]", "Sala consiliare di Alfa")
            self.premi(pagina, "Aggiungi la data", "Data proposta")
        self.segui(pagina, "Apri il sondaggio")
        pagina.fill("[name=giorno]", TERMINE.isoformat())
        pagina.fill("[name=ora]", "18:00")
        self.premi(pagina, "Apri il sondaggio", "Il sondaggio è aperto")

    def risposte(self) -> None:
        """Three bodies answer, on a phone; the second date suits all."""
        for chi, prima, seconda in (
            ("alfa", "no", "si"),
            ("beta", "si", "se_necessario"),
            ("gamma", "no", "si"),
        ):
            pagina = self.apri(chi, "date")
            self.segui(pagina, "Rispondi al sondaggio")
            date_ = pagina.locator("form.disponibilita fieldset")
            expect(date_).to_have_count(2)
            for n, valore in enumerate((prima, seconda)):
                spunta(date_.nth(n).locator(f"[value={valore}]"))
            self.premi(pagina, "Invia la risposta", "La risposta è registrata")

    def fissa(self) -> None:
        """The best date comes first: the coordinator fixes it and the invitations leave."""
        mail.outbox.clear()
        pagina = self.apri("coordinatore", "date")
        prima_riga = pagina.locator("table").first.locator("tbody tr").first
        expect(prima_riga).to_contain_text("29 gennaio 2026")
        expect(prima_riga).to_contain_text("C'è")
        prima_riga.get_by_role("link", name=re.compile("Fissa questa data")).click()
        self.premi(pagina, "Fissa la data e convoca", "La riunione è convocata per giovedì 29 gennaio 2026")

    def convocazione(self) -> None:
        """Alfa and Beta send their mayors; Gamma names a delegate who has no login."""
        for chi in ("alfa", "beta"):
            pagina = self.apri(chi)
            self.segui(pagina, "Rispondi alla convocazione")
            spunta(pagina.locator("[name=risposta][value=accettata]"))
            self.premi(pagina, "Invia la risposta", "La tua risposta è registrata")
        pagina = self.apri("gamma")
        self.segui(pagina, "Rispondi alla convocazione")
        spunta(pagina.locator("[name=risposta][value=accettata]"))
        spunta(pagina.locator("[name=chi][value=altra]"))
        expect(pagina.locator("[name=partecipante]")).to_be_visible()  # its panel opens by itself
        pagina.fill("[name=partecipante]", "Ada Assessora")
        pagina.fill("[name=email]", "ada@example.invalid")
        pagina.fill("[name=atto]", "Decreto del sindaco n. 3")
        self.premi(pagina, "Invia la risposta", "La tua risposta è registrata")

    # ------------------------------------------------------------------------------------------ the meeting
    def presenze(self) -> None:
        """The coordinator's phone: one tap for each who comes; the page counts."""
        pagina = self.apri("coordinatore")
        pagina.set_viewport_size(TELEFONO)
        self.segui(pagina, "Segna le presenze")
        for ente in ("Alfa", "Gamma"):
            riga = pagina.locator(".presenza", has_text=ente)
            riga.get_by_role("button", name=re.compile("^Segna l.arrivo")).click()
            expect(riga.get_by_text("Presente")).to_be_visible(timeout=ATTESA_MS)
        expect(pagina.locator("#presenze-numeri")).to_contain_text("2 su 3")
        pagina.set_viewport_size(SCRIVANIA)

    def verbale(self) -> None:
        """The minutes save themselves as one types; two findings are made of them."""
        pagina = self.apri("coordinatore")
        self.segui(pagina, "Registra che la riunione si è svolta")
        self.premi(pagina, "Registra che la riunione si è svolta", "ora è «svolta")
        self.segui(pagina, "Scrivi il verbale")
        punto = pagina.locator(".punto-verbale").nth(2)
        punto.locator("textarea").press_sequentially("Manca la luce alla stazione.", delay=10)
        expect(punto.get_by_text("Salvato alle")).to_be_visible(timeout=ATTESA_MS)
        for tipo, frase in (("criticita", "Manca la luce."), ("proposta", "Più luce alla stazione.")):
            pagina.locator(".punto-verbale").nth(2).get_by_role(
                "link", name=re.compile("Fanne un rilievo")
            ).click()
            spunta(pagina.locator(f"[name=tipo][value={tipo}]"))
            pagina.fill("[name=testo]", frase)
            spunta(pagina.locator("[name=obiettivi]").first)
            self.premi(pagina, "Salva il rilievo", r"Il rilievo \d è scritto")
        for campo in pagina.locator(".punto-verbale textarea").all():
            if not campo.input_value():
                campo.fill("I presenti sono d'accordo.")
        self.premi(pagina, "Salva il verbale", "Il verbale è salvato")

    def lettura(self) -> None:
        """It is read: Alfa asks for a correction, gets its answer; after the deadline it is approved."""
        pagina = self.apri("coordinatore")
        self.segui(pagina, "Manda il verbale in lettura")
        self.premi(pagina, "Manda il verbale in lettura", "ora è «verbale in lettura»")
        pagina = self.apri("alfa")
        self.segui(pagina, "Chiedi una correzione")
        pagina.locator("[name=punto]").select_option(index=2)
        pagina.fill("[name=testo]", "Non la stazione: la fermata.")
        self.premi(pagina, "Chiedi la correzione", "La correzione è chiesta")
        pagina = self.apri("coordinatore")
        self.segui(pagina, "Esamina le correzioni")
        self.segui(pagina, "^Rispondi")
        spunta(pagina.locator("[name=esito][value=accolta]"))
        pagina.fill("[name=testo]", "Manca la luce alla fermata.")
        self.premi(pagina, "Registra la risposta", "La risposta è registrata")
        self.passano(days=8)
        pagina = self.apri("coordinatore")
        self.segui(pagina, "^Approva il verbale")
        self.premi(pagina, "^Approva il verbale", "ora è «verbale approvato»")


def parte(indirizzo: str, tipo: str) -> bytes:
    """Return the part of this kind of the last mail to this address."""
    [messaggio] = [m for m in mail.outbox if m.to == [indirizzo]][-1:]
    letto = email.message_from_bytes(messaggio.message().as_bytes(), policy=policy.default)
    [trovata] = [p for p in letto.walk() if p.get_content_type() == tipo]
    contenuto: bytes = trovata.get_payload(decode=True)
    return contenuto


def invito(indirizzo: str) -> Any:
    """Return the calendar that the last mail to this address carries."""
    return Calendar.from_ical(parte(indirizzo, "text/calendar"))


def fascicolo(indirizzo: str) -> str:
    """Return the words of the dossier that the last mail to this address carries."""
    pagine = PdfReader(BytesIO(parte(indirizzo, "application/pdf"))).pages
    return " ".join(pagina.extract_text() for pagina in pagine)


def test_dalla_data_all_invito(
    transactional_db: None,
    monkeypatch: Any,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    incontro = Incontro(ferma_orologio(monkeypatch), nuova_pagina, accedi)
    incontro.sondaggio()
    axe(incontro.pagine["coordinatore"])
    incontro.risposte()
    axe(incontro.pagine["gamma"])
    incontro.fissa()
    fresca = incontro.fresca()
    assert fresca.stato == "convocata"
    for indirizzo in ("rappresentante@example.invalid", "gamma@example.invalid"):
        calendario = invito(indirizzo)
        [voce] = calendario.walk("VEVENT")
        assert calendario["method"] == "REQUEST"
        assert voce["uid"] == f"{fresca.uid}@accordo"
        assert f"{voce.start:%Y-%m-%d %H:%M}" == "2026-01-29 10:00"
        assert voce["location"] == "Sala consiliare di Alfa"
        assert "Sala consiliare di Alfa" in fascicolo(indirizzo)
        assert "Comune di Gamma" in fascicolo(indirizzo)
    incontro.convocazione()
    assert invito("ada@example.invalid").walk("VEVENT")[0]["uid"] == f"{fresca.uid}@accordo"
    pagina = incontro.apri("coordinatore")
    expect(pagina.get_by_text("3 enti partecipano")).to_be_visible()
    axe(pagina)
    assert verifica(fresca.accordo) is None


def test_dalle_presenze_al_verbale_approvato(
    transactional_db: None,
    monkeypatch: Any,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
) -> None:
    incontro = Incontro(ferma_orologio(monkeypatch), nuova_pagina, accedi)
    incontro.sondaggio()
    incontro.risposte()
    incontro.fissa()
    incontro.convocazione()
    incontro.orologio.momento = datetime.combine(SECONDA, time(10, 5))
    incontro.presenze()
    incontro.verbale()
    incontro.lettura()
    approvata = incontro.fresca()
    assert approvata.stato == "verbale_approvato"
    assert approvata.versioni.get(approvata=True).impronta == approvata.impronta
    assert "fermata" in approvata.punti.get(ordine=3).verbale
    assert [p.nome for p in Presenza.objects.order_by("pk")][1] == "Ada Assessora"
    rilievi = Rilievo.objects.filter(accordo=incontro.scena.accordo)
    assert sorted(r.tipo for r in rilievi) == ["criticita", "proposta"]
    assert all(r.fonti.get().riferimento.startswith(f"{approvata.pk}.") for r in rilievi)
    assert verifica(approvata.accordo) is None
