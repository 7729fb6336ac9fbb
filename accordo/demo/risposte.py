"""Answers to the survey that differ by area and by size, always the same for the same body."""

import random
from collections.abc import Mapping
from typing import Any

from accordo.enti.models import Ente, TipoEnte
from questionari.definizione import Definizione, Domanda

# How often, from 1 (absent) to 5 (very serious), each area sees each phenomenon.
FENOMENI: dict[str, dict[str, float]] = {
    "piana": {
        "furti-abitazione": 3.4,
        "spaccio": 3.3,
        "minori": 3.1,
        "vandalismo": 3.2,
        "truffe-anziani": 3.0,
    },
    "valle-del-serchio": {
        "furti-abitazione": 2.2,
        "truffe-anziani": 3.6,
        "spaccio": 1.7,
        "abusivismo": 1.3,
        "rifiuti": 2.6,
    },
    "versilia": {"abusivismo": 3.7, "furti-auto": 3.4, "stradale": 3.6, "spaccio": 3.5, "minori": 3.2},
}
SPAZI: dict[str, dict[str, float]] = {
    "piana": {"stazioni": 1.9, "scuole": 2.2, "centro": 3.8},
    "valle-del-serchio": {"frazioni": 2.7, "centro": 3.7, "litorale": 3.0},
    "versilia": {"abbandonati": 1.8, "litorale": 3.4, "stazioni": 2.3},
}
PREOCCUPAZIONI: dict[str, tuple[str, ...]] = {
    "piana": (
        "L'area della stazione nelle ore serali: poca luce, poco passaggio, qualche episodio di spaccio.",
        "I parcheggi vicino alle scuole all'uscita, per la velocità e per i gruppi che si fermano fino a sera.",
        "Le zone produttive, che di notte sono vuote.",
    ),
    "valle-del-serchio": (
        "Le frazioni lontane, dove vivono molte persone anziane sole e chi truffa arriva fingendosi un tecnico.",
        "L'abbandono di rifiuti lungo la viabilità minore.",
        "La mancanza di presidio nei fine settimana.",
    ),
    "versilia": (
        "Il litorale nelle notti d'estate: alcol, risse, guida in stato di alterazione.",
        "Gli stabili dismessi dietro il viale, occupati a più riprese.",
        "La pineta, per lo spaccio e la scarsa illuminazione.",
    ),
}
INTERVENTI = (
    "Abbiamo riaperto un parco dopo tre anni di chiusura: nuova illuminazione, percorsi senza barriere e un accordo con due associazioni.",
    "La nuova illuminazione del centro ha ridotto le segnalazioni e riportato il mercato serale.",
    "Un custode di quartiere, pagato con fondi regionali, ha ricucito i rapporti tra residenti e giovani.",
    "Lo sportello di ascolto in biblioteca è aperto due pomeriggi la settimana ed è molto usato.",
    "Il recupero dell'ex lavatoio ha dato alla frazione un luogo di incontro.",
)
PROGETTI = (
    "Progetto sulle truffe agli anziani, con i Carabinieri e i servizi sociali: otto incontri, 9.000 euro.",
    "Percorso nelle scuole sull'uso della rete, con una cooperativa: 12 classi, 6.500 euro.",
    "Riqualificazione dell'area della stazione, con fondi regionali: 180.000 euro, lavori conclusi.",
    "Convenzione tra polizie locali per i servizi serali: 24 uscite in un anno.",
)
PROPOSTE = (
    "Chiediamo che l'accordo preveda tempi certi e una persona a cui rivolgersi.",
    "Sarebbe utile un modello di convenzione già pronto per i piccoli comuni.",
    "Serve un coordinamento vero dei servizi estivi.",
    "Meno riunioni, e con un ordine del giorno mandato prima.",
)
AZIONI: dict[str, tuple[str, ...]] = {
    "piana": ("sale-operative", "riqualificazione", "video", "scuole", "giovani"),
    "valle-del-serchio": ("associata", "anziani", "formazione", "osservatorio", "comunicazione"),
    "versilia": ("servizi-congiunti", "video", "riqualificazione", "giovani", "sale-operative"),
}


class Generatore:
    """Answers of one body."""

    def __init__(self, ente: Ente, referente: str) -> None:
        self.caso = random.Random(f"accordo-{ente.codice}")
        self.ente = ente
        self.ambito = ente.ambito.codice if ente.ambito.codice in FENOMENI else "piana"
        self.abitanti = ente.popolazione or 20_000
        self.referente = referente

    def risposte(self, struttura: Definizione) -> dict[str, Any]:
        """Return an answer to every question, but files and now and then one that may be left out."""
        tutte: dict[str, Any] = {}
        for domanda in struttura.domande:
            if domanda.tipo == "file" or (not domanda.obbligatoria and self.caso.random() < 0.12):
                continue
            tutte[domanda.codice] = self._valore(domanda)
        return tutte

    def _valore(self, domanda: Domanda) -> Any:
        proprio = getattr(self, f"_{domanda.codice.lower()}", None)
        if proprio is not None:
            return proprio(domanda)
        codici = [voce.codice for voce in domanda.voci]
        match domanda.tipo:
            case "singola":
                return self.caso.choice(codici)
            case "multipla":
                buoni = [c for c in codici if c != domanda.esclusiva]
                massimo = min(domanda.max_scelte or 4, len(buoni))
                return {"scelte": self.caso.sample(buoni, self.caso.randint(1, massimo)), "altro": ""}
            case "matrice":
                return self._scala(domanda, {})
            case "numero":
                return self.caso.randint(1, 12)
            case "graduatoria":
                return self.caso.sample(codici, min(domanda.max_scelte or len(codici), len(codici)))
        return self.caso.choice(PROPOSTE)

    def _scala(self, domanda: Domanda, centri: Mapping[str, float]) -> dict[str, int | str]:
        gradi = sorted(domanda.gradi)
        mezzo = sum(gradi) / len(gradi)
        risposta: dict[str, int | str] = {}
        for voce in domanda.voci:
            if domanda.consenti_non_so and self.caso.random() < 0.04:
                risposta[voce.codice] = "non_so"
                continue
            centro = centri.get(voce.codice, mezzo - 0.3)
            grado = round(self.caso.gauss(centro, 0.75))
            risposta[voce.codice] = min(max(grado, gradi[0]), gradi[-1])
        return risposta

    def _d01(self, domanda: Domanda) -> Any:
        grande = 0.5 if self.abitanti > 20_000 else -0.4 if self.abitanti < 3_000 else 0.0
        centri = {voce.codice: 2.3 + grande for voce in domanda.voci}
        centri |= {codice: centro + grande for codice, centro in FENOMENI[self.ambito].items()}
        return self._scala(domanda, centri)

    def _d02(self, domanda: Domanda) -> Any:
        return self._scala(domanda, {"truffe-anziani": 0.7, "furti-abitazione": -0.3})

    def _d03(self, domanda: Domanda) -> int:
        return round(self.abitanti * self.caso.uniform(0.006, 0.018))

    def _d05(self, domanda: Domanda) -> str:
        return self.caso.choice(PREOCCUPAZIONI[self.ambito])

    def _d06(self, domanda: Domanda) -> str:
        scelte = {"piana": "basso medio medio alto", "versilia": "basso medio medio basso"}
        return self.caso.choice(scelte.get(self.ambito, "medio alto alto molto-alto").split())

    def _d12(self, domanda: Domanda) -> Any:
        return self._scala(domanda, SPAZI[self.ambito])

    def _d14(self, domanda: Domanda) -> int:
        return max(1, round(self.abitanti / 6_000 + self.caso.uniform(0, 3)))

    def _d16(self, domanda: Domanda) -> str:
        return self.caso.choice(INTERVENTI)

    def _d17(self, domanda: Domanda) -> float:
        return max(0.5, round(self.abitanti / 1_600 * self.caso.uniform(0.8, 1.1) * 2) / 2)

    def _d18(self, domanda: Domanda) -> str:
        if self.ente.tipo == TipoEnte.COMUNE and self.ente.unione_id and self.abitanti < 8_000:
            return self.caso.choice(["unione", "unione", "convenzione"])
        return "singola"

    def _d21(self, domanda: Domanda) -> int:
        return max(2, round(self.abitanti / 700))

    def _d25(self, domanda: Domanda) -> str:
        return self.caso.choice(PROGETTI)

    def _d29(self, domanda: Domanda) -> float:
        return float(round(self.abitanti * self.caso.uniform(1.2, 3.4), -2))

    def _d31(self, domanda: Domanda) -> list[str]:
        azioni = list(AZIONI[self.ambito])
        if self.caso.random() < 0.5:
            azioni[0], azioni[1] = azioni[1], azioni[0]
        return azioni[: self.caso.randint(3, 5)]

    def _d35(self, domanda: Domanda) -> str:
        return f"{self.referente}, ufficio di polizia locale"
