"""The small world in which most tests take place: one accord, four bodies, and the people of the matrix."""

from dataclasses import dataclass

from accordo.enti.agente import Agente, agenti_di
from accordo.enti.models import Ambito, Ente, Ruolo, TipoEnte, Utente
from accordo.iter.models import Accordo, FaseAccordo, Veste
from tests.fabbriche import (
    AccordoFactory,
    AmbitoFactory,
    EnteFactory,
    IncaricoFactory,
    PartecipazioneFactory,
    UtenteFactory,
)

PERSONE = (
    "anonimo",
    "senza_incarico",
    "osservatore",
    "referente",
    "rappresentante",
    "referente_altro",
    "rappresentante_altro",
    "coordinatore",
    "coordinatore_altro",
)


@dataclass
class Scena:
    """Who and what: `ente_a` is "own", `ente_b` is "another body"."""

    ambito: Ambito
    accordo: Accordo
    provincia: Ente
    ente_a: Ente
    ente_b: Ente
    ente_osservatore: Ente
    coordinatore: Utente
    referente: Utente
    rappresentante: Utente
    referente_altro: Utente
    rappresentante_altro: Utente
    osservatore: Utente
    senza_incarico: Utente
    coordinatore_altro: Utente
    anonimo: None = None

    def agente(self, utente: Utente) -> Agente:
        """Return the person as they act."""
        agenti = agenti_di(utente)
        return agenti[0] if agenti else Agente(utente)

    def persona(self, nome: str) -> Utente | None:
        """Return one of PERSONE; None for the anonymous one."""
        return getattr(self, nome)

    def porta_a(self, fase: str) -> None:
        """Set the phase directly, without walking there."""
        self.accordo.fase = fase
        if fase == "sottoscritto":
            from accordo.base import orologio

            self.accordo.sottoscritto_il = orologio.oggi()
        self.accordo.save()

    def scadenza(self, fase: str, giorno) -> None:
        """Set a phase's deadline."""
        FaseAccordo.objects.filter(accordo=self.accordo, codice=fase).update(scadenza=giorno)


def costruisci() -> Scena:
    """Build the scene in the database."""
    ambito = AmbitoFactory(codice="piana", nome="Piana di Lucca")
    provincia = EnteFactory(
        codice="provincia-prova",
        tipo=TipoEnte.PROVINCIA,
        denominazione="Provincia di Prova",
        ambito__nome="Provincia",
    )
    ente_a = EnteFactory(codice="comune-alfa", denominazione="Comune di Alfa", ambito=ambito)
    ente_b = EnteFactory(codice="comune-beta", denominazione="Comune di Beta", ambito=ambito)
    osservante = EnteFactory(
        codice="azienda-usl", denominazione="Azienda USL", tipo=TipoEnte.ALTRO, ambito=ambito
    )
    altra = EnteFactory(codice="provincia-altra", tipo=TipoEnte.PROVINCIA, denominazione="Provincia Altra")
    accordo = AccordoFactory(slug="prova", titolo="Accordo per la sicurezza", promotore=provincia)
    for ente in (provincia, ente_a, ente_b):
        PartecipazioneFactory(accordo=accordo, ente=ente)
    PartecipazioneFactory(accordo=accordo, ente=osservante, veste=Veste.SOGGETTO_COINVOLTO)

    def persona(nome: str, ente: Ente | None, ruolo: Ruolo | None) -> Utente:
        utente = UtenteFactory(email=f"{nome}@example.invalid", nome=nome.capitalize(), cognome="Prova")
        if ente is not None:
            IncaricoFactory(utente=utente, ente=ente, ruolo=ruolo)
        return utente

    return Scena(
        ambito=ambito,
        accordo=accordo,
        provincia=provincia,
        ente_a=ente_a,
        ente_b=ente_b,
        ente_osservatore=osservante,
        coordinatore=persona("coordinatore", provincia, Ruolo.COORDINATORE),
        referente=persona("referente", ente_a, Ruolo.REFERENTE),
        rappresentante=persona("rappresentante", ente_a, Ruolo.RAPPRESENTANTE),
        referente_altro=persona("referente_altro", ente_b, Ruolo.REFERENTE),
        rappresentante_altro=persona("rappresentante_altro", ente_b, Ruolo.RAPPRESENTANTE),
        osservatore=persona("osservatore", osservante, Ruolo.OSSERVATORE),
        senza_incarico=persona("senza_incarico", None, None),
        coordinatore_altro=persona("coordinatore_altro", altra, Ruolo.COORDINATORE),
    )
