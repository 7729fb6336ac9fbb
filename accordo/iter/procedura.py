"""What a procedure is: phases in order, each with what it asks and what it shows.

The procedure itself is written in the module that `settings.PROCESSO` names (accordo/processo.py), so that nothing
here imports what stands above.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.agente import Agente
from accordo.iter.attivita import Attivita

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accordo.enti.models import Ambito
    from accordo.iter.models import Accordo

Requisiti = Callable[["Accordo"], Iterable[Mancanza]]
Avanzamento = Callable[["Accordo"], Mapping[int, Parola]]
AttivitaDiFase = Callable[["Accordo", Agente], Iterable[Attivita]]
Collegamenti = Callable[["Accordo", Agente | None, Collection[str]], Mapping[str, "Rinvio"]]
Ripresi = Callable[["Accordo", Agente | None], "QuerySet[Any] | None"]
ObiettiviRipresi = Callable[["Accordo", Agente | None], frozenset[str] | None]
Riprese = Callable[["Accordo", Agente | None, Collection[int]], Sequence["Rinvio"]]


@dataclass(frozen=True, slots=True)
class Rinvio:
    """Where something can be read: its name if it has one of its own, its address if this person may go there, a note."""

    nome: str = ""
    url: str = ""
    nota: str = ""


class Avvio(Protocol):
    """A service that starts what a phase starts."""

    def __call__(self, accordo: "Accordo", *, da: Agente) -> object: ...


@dataclass(frozen=True, slots=True)
class EsitoBreve:
    """What the survey says about one question, in a sentence, and what one area answered."""

    numero: str
    domanda: str
    frase: str
    voci: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Riapertura:
    """A text already handed out for approval that was opened again: what happened, what comes next, and where to press.

    `azione` is empty for whoever has nothing to do now; `altro` are other ways: a sentence, the link's words, its address.
    """

    quando: datetime
    motivo: str
    prossimo: str
    azione: str = ""
    url: str = ""
    altro: tuple[tuple[str, str, str], ...] = ()


Riaperture = Callable[["Accordo", Agente], Riapertura | None]


EsitiAmbito = Callable[["Accordo", "Ambito"], Sequence[EsitoBreve]]


def _nessun_esito(accordo: "Accordo", ambito: "Ambito") -> Sequence[EsitoBreve]:
    return ()


def _niente_avanzamento(accordo: "Accordo") -> Mapping[int, Parola]:
    return {}


def _niente_attivita(accordo: "Accordo", agente: Agente) -> Iterable[Attivita]:
    return ()


def _senza_data(accordo: "Accordo") -> date | None:
    return None


def _nulla_ripreso(accordo: "Accordo", agente: Agente | None) -> None:
    return None


def _nulla_riaperto(accordo: "Accordo", agente: Agente) -> None:
    return None


def _nessun_obiettivo(accordo: "Accordo", agente: Agente | None) -> None:
    return None


def _nessuna_ripresa(accordo: "Accordo", agente: Agente | None, rilievi: Collection[int]) -> Sequence[Rinvio]:
    return ()


@dataclass(frozen=True, slots=True)
class Fase:
    """One step of the procedure."""

    codice: str
    nome: str
    nome_breve: str
    macrofase: str
    descrizione: str
    requisiti: tuple[Requisiti, ...] = ()
    """What must hold before the next phase."""
    per_pubblicare: tuple[Requisiti, ...] = ()
    """What must hold before the text that this phase writes is published; see fasi.manca_per_pubblicare."""
    avvia: Avvio | None = None
    """What happens when the phase is entered, in the same transaction."""
    avvisa_da_se: bool = False
    """Whether what it starts tells the bodies by itself; otherwise they are told that the phase begins."""
    avanzamento: Avanzamento = _niente_avanzamento
    """How far each body has got, by its key."""
    attivita: AttivitaDiFase = _niente_attivita
    """What is asked of a person."""
    pagina: str = ""
    """The route of the phase's page (it takes the accord's slug)."""
    effetto_avanti: str = ""
    """What moving on from here will do, in words, for the page that asks to confirm."""


@dataclass(frozen=True, slots=True)
class Processo:
    """The phases in order, and the state after the last."""

    fasi: tuple[Fase, ...]
    stato_finale: str
    nome_finale: str
    concluso_il: Callable[["Accordo"], date | None] = _senza_data
    """The day on which it was concluded, if something better than "today" is known: that of the last signature."""
    collegamenti: Mapping[str, Collegamenti] = field(default_factory=dict)
    """By kind of evidence: where each reference can be read by this person. A constant number of queries."""
    ripresi: Ripresi = _nulla_ripreso
    """The findings (`rilievo`) that the text takes up, as far as this person reads it; None while there is no text."""
    esiti_ambito: EsitiAmbito = _nessun_esito
    """What the survey says of one area, for the dossier of its meeting."""
    riprese: Riprese = _nessuna_ripresa
    """The places of the text that take up these findings."""
    riapertura: Riaperture = _nulla_riaperto
    """What to say to this person while a text that was out for approval is being written again; else None."""
    obiettivi_ripresi: ObiettiviRipresi = _nessun_obiettivo
    """The codes of the objectives that the text cites by themselves; None while there is no text."""

    @property
    def codici(self) -> tuple[str, ...]:
        """The codes of all states, in order."""
        return (*(f.codice for f in self.fasi), self.stato_finale)

    def fase(self, codice: str) -> Fase | None:
        """Return a phase; None for the final state."""
        return next((f for f in self.fasi if f.codice == codice), None)

    def posizione(self, codice: str) -> int:
        """Return the place of a state, from 0; ValueError if the procedure does not know it."""
        return self.codici.index(codice)

    def dopo(self, codice: str) -> str:
        """Return the code of the state that follows."""
        return self.codici[self.posizione(codice) + 1]

    def nome(self, codice: str) -> str:
        """Return the words for a state."""
        fase = self.fase(codice)
        return fase.nome if fase else self.nome_finale


@cache
def processo() -> Processo:
    """Return the procedure of this installation."""
    trovato = import_module(settings.PROCESSO).PROCESSO
    assert isinstance(trovato, Processo)
    return trovato
