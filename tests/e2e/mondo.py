"""The small province of the browser walks: four bodies, five people, three questions, and a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accordo.base import orologio
from accordo.enti.models import Ambito, Ente, Ruolo, TipoEnte, Utente
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo
from accordo.iter.servizi import crea_accordo
from questionari.servizi import carica_questionario
from tests.fabbriche import AmbitoFactory, EnteFactory, IncaricoFactory, UtenteFactory

INIZIO = datetime(2026, 1, 12, 10, 0)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
QUESTIONARIO = {
    "versione": "1.0",
    "codice": "q-prova",
    "lingua": "it",
    "titolo": "Questionario di prova",
    "premessa": "Tre domande.",
    "sezioni": [
        {
            "codice": "S1",
            "titolo": "Il territorio",
            "descrizione": "Come va.",
            "domande": [
                {
                    "codice": "D1",
                    "tipo": "singola",
                    "testo": "Quanto si sentono al sicuro i cittadini?",
                    "obbligatoria": True,
                    "ordinata": True,
                    "opzioni": [
                        {"codice": "poco", "etichetta": "Poco"},
                        {"codice": "molto", "etichetta": "Molto"},
                    ],
                    "riservatezza": "aggregata",
                },
                {
                    "codice": "D2",
                    "tipo": "numero",
                    "testo": "Quante segnalazioni avete avuto?",
                    "obbligatoria": True,
                    "min": 0,
                    "max": 1000,
                    "decimali": 0,
                    "unita": "segnalazioni",
                    "riservatezza": "aggregata",
                },
                {
                    "codice": "D3",
                    "tipo": "testo",
                    "testo": "Che cosa proponete?",
                    "obbligatoria": False,
                    "riservatezza": "pubblica",
                },
            ],
        }
    ],
}


class OrologioDiProva:
    """The portal's clock, stopped for all threads: the live server's are not this one."""

    def __init__(self, momento: datetime) -> None:
        self.momento = momento

    def get(self) -> datetime:
        from django.utils import timezone

        return timezone.make_aware(self.momento)


@dataclass
class Mondo:
    """A province, a Comune, the Prefettura, the Regione; five people."""

    accordo: Accordo
    provincia: Ente
    comune: Ente
    prefettura: Ente
    regione: Ente
    persone: dict[str, Utente]


def mondo() -> Mondo:
    """Build the bodies, the people and an accord just begun; the questionnaire is loaded, as the command does."""

    def ente(codice: str, tipo: str, nome: str, ambito: Ambito, titolo: str) -> Ente:
        creato: Ente = EnteFactory(
            codice=codice, tipo=tipo, denominazione=nome, ambito=ambito, titolo_rappresentante=titolo
        )
        return creato

    ambiti = [
        AmbitoFactory(codice=codice, nome=nome)
        for codice, nome in (
            ("provincia", "Provincia"),
            ("piana", "Piana di Prova"),
            ("prefettura", "Prefettura di Prova"),
            ("regione", "Regione Prova"),
        )
    ]
    enti = [
        ente("provincia-prova", TipoEnte.PROVINCIA, "Provincia di Prova", ambiti[0], "Presidente"),
        ente("comune-alfa", TipoEnte.COMUNE, "Comune di Alfa", ambiti[1], "Sindaca"),
        ente("prefettura-prova", TipoEnte.PREFETTURA, "Prefettura di Prova", ambiti[2], "Prefetto"),
        ente("regione-prova", TipoEnte.REGIONE, "Regione Prova", ambiti[3], "Presidente"),
    ]

    def persona(nome: str, cognome: str, suo: Ente, *ruoli: Ruolo) -> Utente:
        utente: Utente = UtenteFactory(email=f"{cognome.lower()}@example.invalid", nome=nome, cognome=cognome)
        for ruolo in ruoli:
            IncaricoFactory(utente=utente, ente=suo, ruolo=ruolo)
        return utente

    entrambi = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
    persone = {
        "coordinatrice": persona("Laura", "Bonetti", enti[0], Ruolo.COORDINATORE, Ruolo.RAPPRESENTANTE),
        "referente": persona("Paolo", "Neri", enti[1], Ruolo.REFERENTE),
        "sindaca": persona("Elena", "Marchi", enti[1], Ruolo.RAPPRESENTANTE),
        "prefetto": persona("Dario", "Lenzi", enti[2], *entrambi),
        "regione": persona("Silvia", "Orsi", enti[3], *entrambi),
    }
    primo, previste = INIZIO.date(), {}
    for fase in processo().fasi:
        previste[fase.codice] = (primo, primo + timedelta(days=60))
        primo += timedelta(days=7)
    accordo = crea_accordo(
        slug="prova",
        titolo="Accordo di prova per la sicurezza",
        promotore=enti[0],
        sottoscrittori=enti[1:],
        date_previste=previste,
        dimostrativo=True,
    )
    carica_questionario(accordo, QUESTIONARIO)
    return Mondo(accordo, *enti, persone=persone)


def ferma_orologio(monkeypatch: Any) -> OrologioDiProva:
    """Stop the clock of every thread at INIZIO."""
    finto = OrologioDiProva(INIZIO)
    monkeypatch.setattr(orologio, "_fermo", finto)
    return finto
