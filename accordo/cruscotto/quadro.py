"""Where we are, in numbers and in words: the panel of the dashboard, what is missing, the latest events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accordo.base import orologio
from accordo.base.errori import Mancanza
from accordo.base.templatetags.ui import giorno_esteso, maiuscola
from accordo.cruscotto.avanzamento import Conto, Tavola
from accordo.cruscotto.tempi import TempiFase, giorno_della_firma
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.frasi import frase
from accordo.iter.models import Accordo, Evento
from accordo.iter.motore import cosa_manca
from accordo.iter.procedura import Fase, processo
from accordo.iter.vita_accordo import AVANZA, TORNA_INDIETRO


@dataclass(frozen=True, slots=True)
class Punto:
    """The current phase in numbers."""

    fase: Fase | None
    inizio: date | None
    fine: date | None
    enti: Conto | None

    @property
    def giorno(self) -> int | None:
        """Which day of the phase it is, from 1."""
        return (orologio.oggi() - self.inizio).days + 1 if self.inizio else None

    @property
    def giorni(self) -> int | None:
        """How many days the phase lasts."""
        return (self.fine - self.inizio).days + 1 if self.inizio and self.fine else None

    @property
    def mancano(self) -> int | None:
        """How many days are left; negative once the deadline has passed."""
        return (self.fine - orologio.oggi()).days if self.fine else None

    @property
    def da_quanto(self) -> int:
        """How many days ago the deadline passed."""
        return -(self.mancano or 0)


def punto(accordo: Accordo, tavola: Tavola) -> Punto:
    """Return the panel's numbers. No query if the phases have been fetched."""
    riga = next((r for r in accordo.fasi.all() if r.codice == accordo.fase), None)
    inizio = (riga.inizio_effettivo or riga.inizio_previsto) if riga else None
    fine = (riga.scadenza or riga.fine_prevista) if riga else None
    conto = tavola.corrente if tavola.corrente and tavola.corrente.su else None
    return Punto(accordo.fase_corrente, inizio, fine, conto)


@dataclass(frozen=True, slots=True)
class Passaggio:
    """The way on: what is missing, and what who leads may do."""

    numero: int
    verso: str
    mancanze: tuple[Mancanza, ...]
    puo_avanzare: bool
    """Whether the reader leads and nothing, or nothing that a reason cannot override, is missing."""
    ultimo: bool
    indietro: str
    """The name of the phase before, if the reader may open it again."""


def passaggio(accordo: Accordo, agente: Agente) -> Passaggio | None:
    """Return the way on from the current phase; None once the accord is signed. Each requirement asks its own queries, once."""
    vita = accordo.la_vita()
    avanti, indietro = vita.trova(AVANZA, accordo.fase), vita.trova(TORNA_INDIETRO, accordo.fase)
    if avanti is None:
        return None
    coordina = permessi.coordina(agente, accordo)
    mancanze = cosa_manca(accordo, avanti)
    proc = processo()
    return Passaggio(
        numero=proc.posizione(avanti.a) + 1,
        verso=proc.nome(avanti.a),
        mancanze=mancanze,
        puo_avanzare=coordina and all(m.superabile for m in mancanze),
        ultimo=avanti.a == proc.stato_finale,
        indietro=proc.nome(indietro.a) if indietro and coordina else "",
    )


@dataclass(frozen=True, slots=True)
class EventoInParole:
    """One entry of the registro as a sentence: who (a body, or the portal), and what."""

    quando: datetime
    chi: str
    testo: str
    dettaglio: str


def eventi_in_parole(eventi: Iterable[Evento]) -> list[EventoInParole]:
    """Return the entries as sentences: "Comune di Barga ha confermato…" or "Comune di Barga: Presenta…"."""
    righe = []
    for evento in eventi:
        detta = frase(evento)
        attacco = " " if detta.testo[:1].islower() else ": "
        chi = evento.ente_nome or evento.utente_nome
        righe.append(
            EventoInParole(
                evento.quando,
                chi,
                attacco + detta.testo.rstrip(".") + ("" if detta.testo.endswith(("…", ".»")) else "."),
                detta.dettaglio,
            )
        )
    return righe


def sommario_tempi(accordo: Accordo, tempi: Sequence[TempiFase]) -> str:
    """Return the sentence that sums up "Tempi e fasi"."""
    firma = giorno_della_firma(accordo, tempi)
    if accordo.sottoscritto and firma:
        return f"L'accordo è stato sottoscritto {giorno_esteso(firma)} {firma.year}."
    corrente = next((voce for voce in tempi if voce.corrente), None)
    frasi = [f"La firma è prevista per {giorno_esteso(firma)} {firma.year}." if firma else ""]
    if corrente and corrente.fine:
        quando = "" if not corrente.giorni_dopo else f", {corrente.scarto} rispetto al previsto"
        frasi.append(f"La fase {corrente.numero} finisce {giorno_esteso(corrente.fine)}{quando}.")
    testo = " ".join(f for f in frasi if f)
    return maiuscola(testo) or "Le date delle fasi non sono ancora decise."
