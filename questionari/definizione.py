"""The questionnaire as data: frozen dataclasses, built by `questionari.lettura` from the project's JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

SINGOLA, MULTIPLA, MATRICE, NUMERO = "singola", "multipla", "matrice", "numero"
TESTO, TESTO_LUNGO, GRADUATORIA, FILE = "testo", "testo_lungo", "graduatoria", "file"
TIPI = (SINGOLA, MULTIPLA, MATRICE, NUMERO, TESTO, TESTO_LUNGO, GRADUATORIA, FILE)

PUBBLICA, AGGREGATA, RISERVATA = "pubblica", "aggregata", "riservata"
RISERVATEZZE = (PUBBLICA, AGGREGATA, RISERVATA)

UGUALE, DIVERSO, CONTIENE, NON_CONTIENE = "uguale", "diverso", "contiene", "non_contiene"
OPERATORI = (UGUALE, DIVERSO, CONTIENE, NON_CONTIENE)

type Valore = Any
"""A normalised answer, as JSON keeps it; None is "no answer". Its shape by type:

singola: option code · multipla: {"scelte": [codes], "altro": words} · matrice: {row: grade or None for "non so"}
numero: int or float · testo, testo_lungo: str · graduatoria: [codes in order]
file: [{"nome", "impronta", "dimensione"}]
"""


@dataclass(frozen=True, slots=True)
class Voce:
    """An option, a matrix row or an item to rank."""

    codice: str
    etichetta: str


@dataclass(frozen=True, slots=True)
class Grado:
    """A step of a matrix scale."""

    valore: int
    etichetta: str


@dataclass(frozen=True, slots=True)
class Condizione:
    """The question shows only if an earlier answer fulfils this."""

    domanda: str
    operatore: str
    valore: str | int


@dataclass(frozen=True)
class Domanda:
    """One question; the fields of the other types stay at their defaults."""

    codice: str
    tipo: str
    testo: str
    aiuto: str = ""
    obbligatoria: bool = False
    riservatezza: str = AGGREGATA
    obiettivi: tuple[str, ...] = ()
    visibile_se: Condizione | None = None
    dato_personale: bool = False
    voci: tuple[Voce, ...] = ()
    """Options of singola and multipla, rows of matrice, items of graduatoria."""
    scala: tuple[Grado, ...] = ()
    ordinata: bool = False
    consenti_non_so: bool = False
    consenti_altro: bool = False
    esclusiva: str = ""
    max_scelte: int | None = None
    minimo: float | None = None
    massimo: float | None = None
    decimali: int = 0
    unita: str = ""
    max_caratteri: int | None = None
    estensioni: tuple[str, ...] = ()
    max_file: int = 1
    max_mb: int = 10

    @cached_property
    def etichette(self) -> dict[str, str]:
        """Words of each option, row or item by code."""
        return {voce.codice: voce.etichetta for voce in self.voci}

    @cached_property
    def gradi(self) -> dict[int, str]:
        """Words of each step of the scale by value."""
        return {grado.valore: grado.etichetta for grado in self.scala}


@dataclass(frozen=True)
class Sezione:
    """A page of the questionnaire."""

    codice: str
    titolo: str
    domande: tuple[Domanda, ...]
    descrizione: str = ""
    destinatari: tuple[str, ...] = ()
    """Kinds of body that see it; empty means all."""

    def per(self, tipo_ente: str) -> bool:
        """Whether bodies of this kind are asked this section."""
        return not self.destinatari or tipo_ente in self.destinatari


@dataclass(frozen=True)
class Definizione:
    """A whole questionnaire."""

    codice: str
    titolo: str
    sezioni: tuple[Sezione, ...]
    premessa: str = ""
    versione: str = "1.0"
    lingua: str = "it"
    obiettivi: dict[str, str] = field(default_factory=dict)

    @property
    def domande(self) -> Iterator[Domanda]:
        """All questions in order."""
        return (domanda for sezione in self.sezioni for domanda in sezione.domande)

    @cached_property
    def per_codice(self) -> dict[str, Domanda]:
        """Questions by code."""
        return {domanda.codice: domanda for domanda in self.domande}

    @cached_property
    def sezione_di(self) -> dict[str, Sezione]:
        """The section of each question, by question code."""
        return {domanda.codice: sezione for sezione in self.sezioni for domanda in sezione.domande}

    @cached_property
    def numeri(self) -> dict[str, str]:
        """What people call a question: "3.2"."""
        return {
            domanda.codice: f"{i}.{j}"
            for i, sezione in enumerate(self.sezioni, 1)
            for j, domanda in enumerate(sezione.domande, 1)
        }
