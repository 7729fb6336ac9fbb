"""A question as the page shows it: its number, its answer or what was just typed, its conflict, its files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accordo.base import orologio
from accordo.base.templatetags import ui
from questionari import valori, visibilita
from questionari.definizione import FILE, MATRICE, Definizione, Domanda, Grado, Sezione, Voce
from questionari.models import AllegatoRisposta, Compilazione, Risposta
from questionari.valori import DatiModulo

if TYPE_CHECKING:
    from questionari.servizi import Conflitto  # the services print receipts, which need this module


@dataclass(frozen=True, slots=True)
class Scelta:
    """An option and whether it is chosen."""

    voce: Voce
    scelta: bool


@dataclass(frozen=True, slots=True)
class Cella:
    """A cell of a matrix row."""

    valore: str
    etichetta: str
    scelta: bool
    non_so: bool = False


@dataclass(frozen=True, slots=True)
class RigaMatrice:
    """A row of a matrix: one radio group."""

    voce: Voce
    celle: tuple[Cella, ...]


@dataclass(frozen=True)
class Campo:
    """One question on the page."""

    domanda: Domanda
    numero: str
    visibile: bool = True
    perche: str = ""
    risposta: Risposta | None = None
    scritto: Any = None
    """What was just typed and does not fit; shown again in place of the stored answer."""
    errore: str = ""
    conflitto: "Conflitto | None" = None
    allegati: Sequence[AllegatoRisposta] = field(default_factory=list)
    tieni_scritto: bool = False
    """Show what was typed although it does fit: nothing could be stored."""

    @property
    def codice(self) -> str:
        return self.domanda.codice

    @property
    def template(self) -> str:
        """The fields of this type of question."""
        return f"questionari/domande/{self.domanda.tipo}.html"

    @property
    def gruppo(self) -> bool:
        """Whether the question is a group of fields (fieldset) and not one field with its label."""
        return self.domanda.tipo not in ("numero", "testo", "testo_lungo", "data", "file", "blocco")

    @property
    def valore(self) -> Any:
        if self.errore or self.tieni_scritto:
            return self.scritto
        return self.risposta.valore if self.risposta else None

    @property
    def revisione(self) -> int:
        return self.risposta.revisione if self.risposta else 0

    @property
    def salvata_il(self) -> datetime | None:
        return self.risposta.quando if self.risposta else None

    @property
    def salvata_alle(self) -> str:
        """ "alle 10:42", with the day if it is another one: "ieri alle 17:20", "il 24 marzo alle 16:30"."""
        if self.risposta is None:
            return ""
        quando = timezone.localtime(self.risposta.quando)
        giorni = (orologio.oggi() - quando.date()).days
        giorno = "" if giorni == 0 else "ieri " if giorni == 1 else f"il {ui.giorno(quando)} "
        return f"{giorno}alle {quando:%H:%M}"

    @property
    def descritto_da(self) -> str:
        """The ids for aria-describedby: help and error."""
        parti = [f"info-{self.codice}"] if self.ha_note else []
        return " ".join([*parti, *([f"errore-{self.codice}"] if self.errore else [])])

    @property
    def note(self) -> list[str]:
        """What to know before answering: only the exceptions are said."""
        domanda = self.domanda
        note = ["Obbligatoria."] if domanda.obbligatoria else []
        if domanda.aiuto:
            note.append(domanda.aiuto)
        if self.limiti_data:
            note.append(f"{self.limiti_data.capitalize()}.")
        if domanda.tipo == "multipla" and domanda.max_scelte:
            note.append(f"Al massimo {domanda.max_scelte} risposte.")
        if domanda.riservatezza == "riservata":
            note.append("Riservata: la vedono solo il vostro ente e la segreteria tecnica.")
        elif domanda.riservatezza == "pubblica" and domanda.chiede:
            note.append("La risposta può essere pubblicata con il nome dell'ente.")
        return note

    @property
    def limiti_data(self) -> str:
        """The days between which a data must lie, in words."""
        dal, al = (valori.data_in_cifre(giorno) for giorno in (self.domanda.dal, self.domanda.al))
        return f"dal {dal} al {al}" if dal and al else f"dal {dal}" if dal else f"fino al {al}" if al else ""

    @property
    def ha_note(self) -> bool:
        return bool(self.note)

    @property
    def righe_risposta(self) -> list[str]:
        """The stored answer in words."""
        return valori.in_parole(self.domanda, self.risposta.valore) if self.risposta else []

    # Parts of the single types

    @property
    def scelte(self) -> list[Scelta]:
        valore = self.valore
        attive = valore.get("scelte", []) if isinstance(valore, dict) else [valore]
        return [Scelta(voce, voce.codice in attive) for voce in self.domanda.voci]

    @property
    def altro(self) -> str:
        return str(self.valore.get("altro", "")) if isinstance(self.valore, dict) else ""

    @property
    def gradi(self) -> list[Grado]:
        return list(self.domanda.scala)

    @property
    def righe(self) -> list[RigaMatrice]:
        date = self.valore if isinstance(self.valore, dict) else {}
        return [RigaMatrice(voce, tuple(self._celle(voce, date))) for voce in self.domanda.voci]

    def _celle(self, voce: Voce, date: Mapping[str, Any]) -> Iterable[Cella]:
        data = voce.codice in date
        attuale = "" if not data else valori.NON_SO if date[voce.codice] is None else str(date[voce.codice])
        for grado in self.domanda.scala:
            yield Cella(str(grado.valore), grado.etichetta, attuale == str(grado.valore))
        if self.domanda.consenti_non_so:
            yield Cella(valori.NON_SO, "Non so", attuale == valori.NON_SO, non_so=True)

    @property
    def colonne(self) -> int:
        """How many cells a matrix row has."""
        return len(self.domanda.scala) + self.domanda.consenti_non_so

    @property
    def numero_scritto(self) -> str:
        valore = self.valore
        if valore is None or isinstance(valore, str):
            return valore or ""
        return valori.in_cifre(valore).replace(".", "")

    @property
    def ordinate(self) -> list[Voce]:
        per_codice = {voce.codice: voce for voce in self.domanda.voci}
        valore = self.valore if isinstance(self.valore, list) else []
        return [per_codice[codice] for codice in valore if codice in per_codice]

    @property
    def pieno(self) -> bool:
        """Whether a ranking has all the items that it may have."""
        return len(self.ordinate) >= self.posti or not self.da_ordinare

    @property
    def segnaposto(self) -> Voce:
        """The item of the empty rows from which the page's script makes new ones."""
        return Voce("§", "")

    @property
    def da_ordinare(self) -> list[Voce]:
        return [voce for voce in self.domanda.voci if voce not in self.ordinate]

    @property
    def posti(self) -> int:
        """How many items may be ranked."""
        return self.domanda.max_scelte or len(self.domanda.voci)

    @property
    def estensioni(self) -> str:
        """For the accept attribute of a file field."""
        return ",".join(f".{estensione}" for estensione in self.domanda.estensioni)

    @property
    def lungo(self) -> int:
        return len(self.valore) if isinstance(self.valore, str) else 0

    @property
    def righi(self) -> range:
        """The lines to write on, on paper: one for some seventy characters, twelve at most."""
        return range(1 if self.domanda.tipo == "testo" else max(4, min(12, self.caratteri // 150)))

    @property
    def caratteri(self) -> int:
        predefinito = valori.MAX_TESTO if self.domanda.tipo == "testo" else valori.MAX_TESTO_LUNGO
        return self.domanda.max_caratteri or predefinito

    # The conflict

    @property
    def mio_json(self) -> str:
        return json.dumps(self.conflitto.mio, ensure_ascii=False) if self.conflitto else ""

    @property
    def mio(self) -> list[str]:
        return self._detto(self.conflitto.mio) if self.conflitto else []

    @property
    def loro(self) -> list[str]:
        return self._detto(self.conflitto.loro) if self.conflitto else []

    def _detto(self, valore: Any) -> list[str]:
        """A value in words; of two matrices only the rows that differ."""
        righe = valori.in_parole(self.domanda, valore) or ["Nessuna risposta"]
        if self.domanda.tipo == MATRICE and self.conflitto:
            altro = self.conflitto.loro if valore is self.conflitto.mio else self.conflitto.mio
            uguali = set(valori.in_parole(self.domanda, altro))
            return [riga for riga in righe if riga not in uguali] or ["Le altre righe sono uguali"]
        return righe


def campi(
    compilazione: Compilazione,
    sezione: Sezione,
    *,
    scritti: Mapping[str, Any] | None = None,
    errori: Mapping[str, str] | None = None,
    conflitti: "Mapping[str, Conflitto] | None" = None,
    allegati: Mapping[str, Sequence[AllegatoRisposta]] | None = None,
    tutto_scritto: bool = False,
) -> list[Campo]:
    """The questions of a section for a body, hidden ones too (marked): they appear when their condition holds.

    `tutto_scritto`: what was typed stands in the fields even where it is right, because it could not be stored.
    """
    struttura = compilazione.questionario.struttura
    viste = {d.codice for d in visibilita.visibili(struttura, compilazione.ente.tipo, compilazione.valori)}
    return [
        Campo(
            domanda=domanda,
            numero=struttura.numeri[domanda.codice],
            visibile=domanda.codice in viste,
            perche=visibilita.perche_visibile(struttura, domanda),
            risposta=compilazione.per_domanda.get(domanda.codice),
            scritto=(scritti or {}).get(domanda.codice),
            errore=(errori or {}).get(domanda.codice, ""),
            conflitto=(conflitti or {}).get(domanda.codice),
            allegati=(allegati or {}).get(domanda.codice, []),
            tieni_scritto=tutto_scritto and domanda.codice in (scritti or {}),
        )
        for domanda in sezione.domande
    ]


def in_bianco(struttura: Definizione) -> list[tuple[Sezione, list[Campo]]]:
    """The whole questionnaire without answers, for the preview."""
    return [
        (
            sezione,
            [
                Campo(
                    domanda=domanda,
                    numero=struttura.numeri[domanda.codice],
                    perche=visibilita.perche_visibile(struttura, domanda),
                )
                for domanda in sezione.domande
            ],
        )
        for sezione in struttura.sezioni
    ]


def in_bianco_per(struttura: Definizione, tipo_ente: str) -> list[tuple[int, Sezione, list[Campo]]]:
    """The questions that a kind of body may be asked, without answers, numbered as on the page; all for no kind."""
    return [
        (numero, sezione, [c for c in campi if not tipo_ente or c.domanda.per(tipo_ente)])
        for numero, (sezione, campi) in enumerate(in_bianco(struttura), 1)
        if not tipo_ente or sezione.per(tipo_ente)
    ]


def prova(
    struttura: Definizione, tipo_ente: str, dati: DatiModulo | None
) -> list[tuple[int, Sezione, list[Campo]]]:
    """The questionnaire as a kind of body will see it, with answers tried in a form and kept nowhere."""
    grezzi: dict[str, Any] = {}
    risposte: dict[str, Any] = {}
    errori: dict[str, str] = {}
    for domanda in struttura.domande:
        if dati is None or not domanda.chiede or domanda.tipo == FILE:
            continue
        grezzi[domanda.codice] = valori.dal_modulo(domanda, dati)
        try:
            risposte[domanda.codice] = valori.normalizza(domanda, grezzi[domanda.codice])
        except valori.ValoreNonValido as errore:
            errori[domanda.codice] = str(errore)
    viste = {d.codice for d in visibilita.visibili(struttura, tipo_ente, risposte)}
    return [
        (
            posto,
            sezione,
            [
                Campo(
                    domanda=domanda,
                    numero=struttura.numeri[domanda.codice],
                    perche=visibilita.perche_visibile(struttura, domanda),
                    risposta=Risposta(domanda=domanda.codice, valore=risposte.get(domanda.codice)),
                    scritto=grezzi.get(domanda.codice),
                    errore=errori.get(domanda.codice, ""),
                )
                for domanda in sezione.domande
                if domanda.codice in viste
            ],
        )
        for posto, sezione in enumerate(struttura.sezioni, 1)
        if sezione.per(tipo_ente)
    ]


@dataclass(frozen=True, slots=True)
class RispostaDetta:
    """A question with its answer in words, for the summary."""

    numero: str
    domanda: Domanda
    righe: tuple[str, ...]
    mancante: str = ""
    allegati: Sequence[AllegatoRisposta] = ()


def riepilogo(
    struttura: Definizione,
    tipo_ente: str,
    risposte: Mapping[str, Any],
    allegati: Mapping[str, Sequence[AllegatoRisposta]] | None = None,
) -> list[tuple[Sezione, list[RispostaDetta]]]:
    """All visible questions with their answers in words, by section."""
    viste = {d.codice for d in visibilita.visibili(struttura, tipo_ente, risposte)}
    carenti = {c.domanda.codice: c.motivo for c in visibilita.mancanti(struttura, tipo_ente, risposte)}
    return [
        (
            sezione,
            [
                RispostaDetta(
                    struttura.numeri[d.codice],
                    d,
                    tuple(valori.in_parole(d, risposte.get(d.codice))),
                    carenti.get(d.codice, ""),
                    (allegati or {}).get(d.codice, ()),
                )
                for d in sezione.domande
                if d.chiede and d.codice in viste
            ],
        )
        for sezione in visibilita.sezioni_per(struttura, tipo_ente)
    ]
