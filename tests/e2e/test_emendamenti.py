"""A draft amended by three bodies, from its publication to the final text, in a real browser; one of them by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from accordo.enti.models import Ruolo
from accordo.iter.registro import verifica
from bozze.models import Emendamento, Riformulazione, Versione
from bozze.servizi import emendamenti as servizi
from bozze.stati import StatoEmendamento
from bozze.testo.albero import Disposizione
from tests.bozze.emendamenti.fabbriche import SORGENTE
from tests.e2e.conftest import SCRIVANIA, TELEFONO
from tests.e2e.mani import spunta
from tests.e2e.mondo import ferma_orologio
from tests.e2e.tastiera import Tastiera
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory, UtenteFactory
from tests.scena import Scena, costruisci

QUI = "/accordi/prova/"


@dataclass
class Tavolo:
    """The scene, its pages by person, and what they do on them."""

    scena: Scena
    pagine: dict[str, Page]

    def apri(self, chi: str, dove: str) -> Page:
        """Open a page of the accord as somebody."""
        pagina = self.pagine[chi]
        risposta = pagina.goto(QUI + dove)
        assert risposta is not None
        assert risposta.status == 200, f"{chi}: {pagina.url} {risposta.status}"
        return pagina

    def premi(self, pagina: Page, bottone: str, atteso: str) -> None:
        """Press a button of the page and wait for what it says then."""
        principale(pagina).get_by_role("button", name=re.compile(bottone)).first.click()
        expect(pagina.get_by_text(re.compile(atteso)).first).to_be_visible()

    def segui(self, pagina: Page, testo: str) -> None:
        """Follow a link of the page."""
        principale(pagina).get_by_role("link", name=re.compile(testo)).first.click()

    def nodo(self, parole: str) -> Disposizione:
        """Return the disposition of the published text that holds these words, or has this heading."""
        testo = Versione.objects.order_by("-numero").first().albero
        return next(d for d in testo.disposizioni() if parole in d.testo or parole == d.rubrica)

    def proponi(self, chi: str, su: str, perche: str, *, modifica: Callable[[Page], None]) -> str:
        """Write an amendment on a disposition, save it, and return the address of its page."""
        pagina = self.apri(chi, f"emendamenti/nuovo/{self.nodo(su).id}/")
        modifica(pagina)
        pagina.fill("[name=motivazione]", perche)
        self.premi(pagina, "Salva la proposta", "Proposta salvata")
        return pagina.url.split(QUI)[1]

    def aggiungi(self, chi: str, proposta: str, su: str, *, modifica: Callable[[Page], None]) -> None:
        """Add to the amendment a change on another disposition."""
        pagina = self.apri(chi, proposta)
        self.segui(pagina, "Aggiungi un’altra modifica")
        pagina.fill("[name=cerca]", su)
        principale(pagina).get_by_role("button", name="Cerca nel testo").click()
        principale(pagina).locator(f'a[href*="{self.nodo(su).id}"]').first.click()
        modifica(pagina)
        self.premi(pagina, "Salva la proposta", "salvata")

    def presenta(self, chi: str, proposta: str) -> None:
        """Present the amendment, as who represents the body."""
        pagina = self.apri(chi, proposta)
        self.segui(pagina, "Presenta l'emendamento")
        self.premi(pagina, "Presenta l'emendamento", "presentato")


def principale(pagina: Page) -> Locator:
    """Return the page's own content."""
    return pagina.locator("main")


def scegli(pagina: Page, azione: str) -> None:
    """Choose what is proposed: the design system hides the button behind its label."""
    spunta(pagina.locator(f"[name=azione][value={azione}]"))


def parole(vecchie: str, nuove: str) -> Callable[[Page], None]:
    """Change some words where they stand."""

    def fai(pagina: Page) -> None:
        campo = pagina.locator("[name=testo]")
        assert vecchie in campo.input_value()
        campo.fill(campo.input_value().replace(vecchie, nuove))

    return fai


def rubrica(nuova: str) -> Callable[[Page], None]:
    """Change a heading."""
    return lambda pagina: pagina.fill("[name=rubrica]", nuova)


def sopprimi(pagina: Page) -> None:
    """Delete the disposition."""
    scegli(pagina, "sopprimi")


def aggiungi_dopo(testo: str) -> Callable[[Page], None]:
    """Add a disposition of the same kind after this one."""

    def fai(pagina: Page) -> None:
        scegli(pagina, "aggiungi")
        pagina.locator("[name=posizione]").select_option("dopo")
        pagina.fill("[name=nuovo]", testo)

    return fai


def sposta(dove: str) -> Callable[[Page], None]:
    """Move the disposition to the place that these words tell."""

    def fai(pagina: Page) -> None:
        scegli(pagina, "sposta")
        voce = pagina.locator("[name=destinazione] option").filter(has_text=re.compile(dove)).first
        pagina.locator("[name=destinazione]").select_option(voce.get_attribute("value"))

    return fai


def _tavolo(nuova_pagina: Callable[..., Page], accedi: Callable[[Page, Any], None]) -> Tavolo:
    scena = costruisci()
    gamma = EnteFactory(codice="comune-gamma", denominazione="Comune di Gamma", ambito=scena.ambito)
    PartecipazioneFactory(accordo=scena.accordo, ente=gamma)

    def persona(nome: str, ente: Any, *ruoli: Ruolo) -> Any:
        utente = UtenteFactory(email=f"{nome.lower()}@example.invalid", nome=nome, cognome="Prova")
        for ruolo in ruoli:
            IncaricoFactory(utente=utente, ente=ente, ruolo=ruolo)
        return utente

    persone = {
        "redattrice": persona("Rita", scena.provincia, Ruolo.COORDINATORE),
        "coordinatore": scena.coordinatore,
        "referente": scena.referente,
        "sindaco": scena.rappresentante,
        "beta": scena.rappresentante_altro,
        "gamma": persona("Gina", gamma, Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
    }
    pagine = {}
    for chi, utente in persone.items():
        pagine[chi] = nuova_pagina(TELEFONO if chi == "gamma" else SCRIVANIA)
        accedi(pagine[chi], utente)
    return Tavolo(scena, pagine)


def _pubblica(tavolo: Tavolo) -> None:
    """The drafter takes the text in, writes one more comma and publishes the draft."""
    tavolo.scena.porta_a("bozza")
    pagina = tavolo.apri("redattrice", "testo/bozza/carica/")
    file = {"name": "bozza.txt", "mimeType": "text/plain", "buffer": SORGENTE.encode()}
    pagina.set_input_files("[name=file]", file)
    tavolo.premi(pagina, "Leggi il testo", "Prendi questo testo")
    tavolo.premi(pagina, "Prendi questo testo", "Il testo è caricato nella bozza")
    pagina = tavolo.apri("redattrice", "testo/pubblica/")
    pagina.fill("[name=motivazione]", "Qui i focus group non si sono riuniti.")
    tavolo.premi(pagina, "Pubblica la bozza", "La versione 1 della bozza è pubblicata")
    servizi.avvia_osservazioni(tavolo.scena.accordo, tavolo.scena.agente(tavolo.scena.coordinatore))
    tavolo.scena.porta_a("osservazioni")


def _con_la_tastiera(tavolo: Tavolo) -> None:
    """Alfa's referente and mayor never touch the mouse."""
    pagina = tavolo.apri("referente", f"emendamenti/nuovo/{tavolo.nodo('ogni due anni').id}/")
    tasti = Tastiera(pagina)
    tasti.vai("[name=testo]")
    pagina.keyboard.press("Control+a")
    pagina.keyboard.type(
        "I valori sono aggiornati ogni anno dalla segreteria tecnica, sentiti i tavoli di area."
    )
    tasti.scrivi("[name=motivazione]", "Due anni sono troppi.")
    tasti.segui("main form button.btn-primary")
    expect(pagina.get_by_text("Proposta salvata")).to_be_visible()
    pagina = tavolo.apri("sindaco", pagina.url.split(QUI)[1])
    tasti = Tastiera(pagina)
    tasti.segui('a[href$="/presenta/"]')
    tasti.segui("main form button.btn-primary")
    expect(pagina.get_by_text("Emendamento 1.1 presentato.", exact=True)).to_be_visible()


def test_un_testo_emendato_da_tre_enti(
    transactional_db: None,
    monkeypatch: Any,
    nuova_pagina: Callable[..., Page],
    accedi: Callable[[Page, Any], None],
) -> None:
    ferma_orologio(monkeypatch)
    tavolo = _tavolo(nuova_pagina, accedi)
    _pubblica(tavolo)
    _con_la_tastiera(tavolo)

    # Beta wants other words on the same place, and one amendment that adds and moves
    sue = tavolo.proponi(
        "beta", "ogni due anni", "Tre anni bastano.", modifica=parole("ogni due anni", "ogni tre anni")
    )
    tavolo.presenta("beta", sue)
    sue = tavolo.proponi(
        "beta",
        "La cabina si riunisce due volte l'anno.",
        "Chi ne fa parte va detto.",
        modifica=aggiungi_dopo("La cabina è convocata dalla Provincia."),
    )
    tavolo.aggiungi("beta", sue, "la presenza sul territorio", modifica=sposta("^Prima .*conoscenza comune"))
    tavolo.presenta("beta", sue)

    # Gamma, on a phone: a heading, a deletion, a comma written anew
    sue = tavolo.proponi("gamma", "Oggetto", "Dice di più.", modifica=rubrica("Oggetto e finalità"))
    tavolo.aggiungi("gamma", sue, "La partecipazione non dà diritto a compensi.", modifica=sopprimi)
    tavolo.presenta("gamma", sue)
    nuove = "Ogni Parte programma con le altre ciò che fa per la sicurezza."
    sue = tavolo.proponi(
        "gamma",
        "Le Parti coordinano i propri interventi.",
        "È più chiaro.",
        modifica=parole("Le Parti coordinano i propri interventi.", nuove),
    )
    tavolo.presenta("gamma", sue)
    assert Emendamento.objects.filter(stato=StatoEmendamento.PRESENTATO).count() == 5
    primo = Emendamento.objects.get(ente=tavolo.scena.ente_a)
    alfa, beta = (Emendamento.objects.get(numero=numero, sezione_id=primo.sezione_id) for numero in (1, 2))

    # Gamma signs what Alfa asks for
    pagina = tavolo.apri("gamma", f"emendamenti/{alfa.pk}/")
    tavolo.segui(pagina, "Sottoscrivi l'emendamento")
    tavolo.premi(pagina, "Sottoscrivi l'emendamento", "Emendamento sottoscritto")

    # the desk: the collision is told; Alfa's goes in with other words, if Alfa agrees; Beta's is parked
    tavolo.scena.porta_a("proposta_definitiva")
    pagina = tavolo.apri("coordinatore", f"esame/{alfa.sezione_id}/?apri={alfa.pk}")
    expect(pagina.locator(".collisione")).to_contain_text("1.2")
    spunta(pagina.locator("[name=esito][value=riformulato]"))
    pagina.fill("[name=riformulazione]", "anno e mezzo")
    pagina.fill("[name=motivazione]", "Sta nel mezzo fra le due richieste.")
    tavolo.premi(pagina, "Registra la decisione", "è stata proposta a Comune di Alfa")
    riformulazione = Riformulazione.objects.get()
    pagina = tavolo.apri("sindaco", f"esame/riformulazioni/{riformulazione.pk}/")
    Tastiera(pagina).segui("[name=accetta]")
    expect(pagina.get_by_text("Il tuo ente ha accettato la riformulazione.")).to_be_visible()
    expect(principale(tavolo.apri("beta", f"emendamenti/{beta.pk}/"))).to_contain_text("Accantonato")

    # the others in one action; then what was parked
    pagina = tavolo.apri("coordinatore", "esame/insieme/")
    for altro in Emendamento.objects.exclude(pk__in=(alfa.pk, beta.pk)):
        spunta(pagina.locator(f"[name=scelti][value='{altro.pk}']"))
    spunta(pagina.locator("[name=esito][value=accolto]"))
    pagina.fill("[name=motivazione]", "Sono tutti condivisi.")
    tavolo.premi(pagina, "Vedi che cosa succede", "Tutti gli emendamenti scelti si possono decidere così")
    tavolo.premi(pagina, "Registra la decisione", "Emendamenti decisi: 3")
    pagina = tavolo.apri("coordinatore", f"esame/{beta.sezione_id}/?apri={beta.pk}")
    spunta(pagina.locator("[name=esito][value=precluso]"))
    pagina.fill("[name=motivazione]", "Il testo dice già ogni quanto.")
    tavolo.premi(pagina, "Registra la decisione", "Decisione registrata")

    # the final text, and what changed
    pagina = tavolo.apri("coordinatore", "esame/pubblica/")
    tavolo.premi(pagina, "Pubblica la proposta definitiva", "La proposta definitiva è pubblicata")
    contenuto = principale(tavolo.apri("gamma", "testo/confronto/?da=1&a=2"))
    expect(contenuto.locator("ins").filter(has_text="e mezzo").first).to_be_visible()
    expect(contenuto.locator("del").filter(has_text="non dà diritto a compensi").first).to_be_visible()
    finale = Versione.objects.get(definitiva=True).albero
    oggetto, cabina = finale.articoli()
    assert oggetto.rubrica == "Oggetto e finalità"
    assert [comma.testo for comma in oggetto.figli[:2]] == [
        nuove,
        "I valori sono aggiornati ogni anno e mezzo dalla segreteria tecnica, sentiti i tavoli di area.",
    ]
    assert [lettera.testo for lettera in oggetto.figli[2].figli] == [
        "la presenza sul territorio.",
        "la conoscenza comune;",
    ]
    assert [comma.testo for comma in cabina.figli] == [
        "La cabina si riunisce due volte l'anno.",
        "La cabina è convocata dalla Provincia.",
    ]
    assert verifica(tavolo.scena.accordo) is None
