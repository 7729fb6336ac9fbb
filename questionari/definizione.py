"""The questionnaire as data: frozen dataclasses, built by `questionari.lettura` from the project's JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

SINGOLA, MULTIPLA, MATRICE, NUMERO = "singola", "multipla", "matrice", "numero"
TESTO, TESTO_LUNGO, GRADUATORIA, FILE = "testo", "testo_lungo", "graduatoria", "file"
DATA, BLOCCO = "data", "blocco"
TIPI = (SINGOLA, MULTIPLA, MATRICE, NUMERO, TESTO, TESTO_LUNGO, DATA, GRADUATORIA, FILE, BLOCCO)

PUBBLICA, AGGREGATA, RISERVATA = "pubblica", "aggregata", "riservata"
RISERVATEZZE = (PUBBLICA, AGGREGATA, RISERVATA)

UGUALE, DIVERSO, CONTIENE, NON_CONTIENE = "uguale", "diverso", "contiene", "non_contiene"
MAGGIORE, MINORE, RISPOSTO = "maggiore", "minore", "risposto"
OPERATORI = (UGUALE, DIVERSO, CONTIENE, NON_CONTIENE, MAGGIORE, MINORE, RISPOSTO)
AMMESSI = {
    SINGOLA: (UGUALE, DIVERSO, CONTIENE, NON_CONTIENE, RISPOSTO),
    MULTIPLA: (CONTIENE, NON_CONTIENE, UGUALE, DIVERSO, RISPOSTO),
    NUMERO: (UGUALE, DIVERSO, MAGGIORE, MINORE, RISPOSTO),
    DATA: (UGUALE, DIVERSO, MAGGIORE, MINORE, RISPOSTO),
    TESTO: (UGUALE, DIVERSO, CONTIENE, NON_CONTIENE, RISPOSTO),
    TESTO_LUNGO: (UGUALE, DIVERSO, CONTIENE, NON_CONTIENE, RISPOSTO),
    GRADUATORIA: (CONTIENE, NON_CONTIENE, UGUALE, DIVERSO, RISPOSTO),
    MATRICE: (RISPOSTO,),
    FILE: (RISPOSTO,),
    BLOCCO: (),
}
"""What can be asked of the answer to each type of question."""

TUTTE, ALMENO_UNA = "tutte", "almeno_una"
MODI = (TUTTE, ALMENO_UNA)

type Valore = Any
"""A normalised answer, as JSON keeps it; None is "no answer". Its shape by type:

singola: option code, or {"scelte": [], "altro": words} · multipla: {"scelte": [codes], "altro": words}
matrice: {row: grade or None for "non so"} · numero: int or float · testo, testo_lungo: str · data: "2026-03-31"
graduatoria: [codes in order] · file: [{"nome", "impronta", "dimensione"}] · blocco: never
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
    """The question shows only if an earlier answer fulfils this; `risposto` has no value."""

    domanda: str
    operatore: str
    valore: str | int | float = ""


@dataclass(frozen=True, slots=True)
class Gruppo:
    """Conditions together: `tutte` or `almeno_una` of them must hold. Groups may hold groups."""

    modo: str
    condizioni: "tuple[Regola, ...]"


type Regola = Condizione | Gruppo


def foglie(regola: Regola | None) -> Iterator[Condizione]:
    """The single conditions of a rule, in order."""
    if isinstance(regola, Condizione):
        yield regola
    elif regola is not None:
        for parte in regola.condizioni:
            yield from foglie(parte)


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
    visibile_se: Regola | None = None
    destinatari: tuple[str, ...] = ()
    """Kinds of body that are asked it, among those of its section; empty means all."""
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
    dal: str = ""
    """First and last day of a data, ISO."""
    al: str = ""
    max_caratteri: int | None = None
    estensioni: tuple[str, ...] = ()
    max_file: int = 1
    max_mb: int = 10

    @property
    def chiede(self) -> bool:
        """Whether it takes an answer: a block of text does not."""
        return self.tipo != BLOCCO

    def per(self, tipo_ente: str) -> bool:
        """Whether bodies of this kind are asked it, if they are asked its section."""
        return not self.destinatari or tipo_ente in self.destinatari

    @cached_property
    def dipende_da(self) -> frozenset[str]:
        """The questions that its condition looks at."""
        return frozenset(foglia.domanda for foglia in foglie(self.visibile_se))

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

    @property
    def chieste(self) -> tuple[Domanda, ...]:
        """Its questions, without the blocks of text."""
        return tuple(domanda for domanda in self.domande if domanda.chiede)

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
        """What people call a question: "3.2". A block of text has no number."""
        numeri: dict[str, str] = {}
        for i, sezione in enumerate(self.sezioni, 1):
            chieste = [domanda.codice for domanda in sezione.domande if domanda.chiede]
            numeri |= dict.fromkeys((domanda.codice for domanda in sezione.domande), "")
            numeri |= {codice: f"{i}.{j}" for j, codice in enumerate(chieste, 1)}
        return numeri
