"""When the phases happen: planned, actual and expected dates, and how they stand against the plan.

The expected dates of what is still to come are a plain estimate: a phase starts as planned, or the day after the one
before it ends; it ends on its deadline, or lasts as long as planned when the deadline cannot hold any more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accordo.base import orologio
from accordo.base.grafici.gantt import Periodo, Riga, Tappa
from accordo.base.parole import Parola
from accordo.base.templatetags.ui import conta
from accordo.iter.models import Accordo, FaseAccordo
from accordo.iter.procedura import Fase, processo

NOME_LUNGO = 30
"""Longer names do not fit beside the diagram: there the short one is used."""

# What happens on a day that a phase gives, by the phase's code: (words, for whom).
ALL_INIZIO = {
    "presentazione": ("Presentazione della proposta", "tutti gli enti", "Presentazione"),
    "osservazioni": ("Bozza pubblicata", "tutti gli enti", "Bozza pubblicata"),
    "approvazione": ("Testo definitivo", "tutti gli enti", "Testo definitivo"),
}
ALLA_SCADENZA = {
    "presentazione": ("Scadenza: presa visione e adesione", "tutti gli enti"),
    "questionario": ("Scadenza: risposte al questionario", "Comuni e Unioni"),
    "osservazioni": ("Scadenza: osservazioni ed emendamenti", "tutti gli enti"),
    "approvazione": ("Scadenza: atti e firme degli enti", "tutti gli enti"),
}


@dataclass(frozen=True, slots=True)
class TempiFase:
    """One phase with its dates and its status."""

    numero: int
    fase: Fase
    riga: FaseAccordo
    stato: Parola
    inizio: date | None
    """Actual or expected."""
    fine: date | None
    effettivo: Periodo | None
    atteso: Periodo | None

    @property
    def corrente(self) -> bool:
        """Whether the accord is in this phase now."""
        return self.stato in (Parola.IN_CORSO, Parola.IN_RITARDO)

    @property
    def previsto(self) -> Periodo | None:
        """First and last planned day, if both are known."""
        inizio, fine = self.riga.inizio_previsto, self.riga.fine_prevista
        return (inizio, fine) if inizio and fine else None

    @property
    def giorni_dopo(self) -> int | None:
        """How many days after the plan it ends; negative when before, None when there is no plan."""
        return (self.fine - self.riga.fine_prevista).days if self.fine and self.riga.fine_prevista else None

    @property
    def scarto(self) -> str:
        """The distance from the plan in words: "nei tempi", "5 giorni dopo", "2 giorni prima"."""
        n = self.giorni_dopo
        if n is None:
            return ""
        if n == 0:
            return "nei tempi"
        return f"{conta(abs(n), 'giorno,giorni')} {'dopo' if n > 0 else 'prima'}"

    @property
    def in_ritardo(self) -> bool:
        """Whether it ends after the plan."""
        return bool(self.giorni_dopo and self.giorni_dopo > 0)

    def per_il_diagramma(self) -> Riga:
        """Return the phase as a row of the diagram."""
        nome = self.fase.nome if len(self.fase.nome) <= NOME_LUNGO else self.fase.nome_breve
        return Riga(
            numero=self.numero,
            nome=nome.replace("'", "’"),
            previsto=self.previsto,
            effettivo=self.effettivo,
            atteso=self.atteso,
            scadenza=self.riga.scadenza if self.fase.codice in ALLA_SCADENZA else None,
            corrente=self.corrente,
            scarto=self.scarto if self.in_ritardo else "",
            senza_scarto="" if self.in_ritardo else self.scarto,
        )


def tempi_delle_fasi(accordo: Accordo) -> list[TempiFase]:
    """Return the phases in order with their dates. One query, none if `accordo.fasi` has been fetched."""
    proc = processo()
    righe = {riga.codice: riga for riga in accordo.fasi.all()}
    qui, oggi = proc.posizione(accordo.fase), orologio.oggi()
    tempi: list[TempiFase] = []
    finita: date | None = None
    for n, fase in enumerate(proc.fasi):
        riga = righe.get(fase.codice) or FaseAccordo(accordo=accordo, codice=fase.codice, ordine=n + 1)
        if n < qui:
            voce = _passata(n, fase, riga)
        elif n == qui:
            voce = _corrente(n, fase, riga, oggi)
        else:
            voce = _futura(n, fase, riga, finita)
        finita = voce.fine or finita
        tempi.append(voce)
    return tempi


def _passata(n: int, fase: Fase, riga: FaseAccordo) -> TempiFase:
    inizio, fine = riga.inizio_effettivo, riga.fine_effettiva
    effettivo = (inizio, fine) if inizio and fine else None
    return TempiFase(n + 1, fase, riga, Parola.FATTO, inizio, fine, effettivo, None)


def _corrente(n: int, fase: Fase, riga: FaseAccordo, oggi: date) -> TempiFase:
    inizio = riga.inizio_effettivo or riga.inizio_previsto or oggi
    fine = riga.scadenza or riga.fine_prevista
    if fine is not None and fine < oggi:
        fine = oggi
    stato = Parola.IN_RITARDO if riga.scaduta else Parola.IN_CORSO
    effettivo = (min(inizio, oggi), oggi)
    atteso = (oggi + timedelta(days=1), fine) if fine and fine > oggi else None
    return TempiFase(n + 1, fase, riga, stato, inizio, fine, effettivo, atteso)


def _futura(n: int, fase: Fase, riga: FaseAccordo, finita: date | None) -> TempiFase:
    previsto, fine = riga.inizio_previsto, riga.scadenza or riga.fine_prevista
    inizio = previsto
    if previsto and finita and finita >= previsto:
        inizio = finita + timedelta(days=1)
    if inizio and fine and fine < inizio:
        durata = (riga.fine_prevista - previsto).days if riga.fine_prevista and previsto else 0
        fine = inizio + timedelta(days=max(durata, 0))
    atteso = (inizio, fine) if inizio and fine else None
    return TempiFase(n + 1, fase, riga, Parola.PIU_AVANTI, inizio, fine, None, atteso)


@dataclass(frozen=True, slots=True)
class Appuntamento:
    """A day on which something happens, or by which something must be done."""

    giorno: date
    testo: str
    per_chi: str
    breve: str = ""
    """A name for the diagram; empty for what is not shown there."""
    scadenza: bool = False
    corrente: bool = False
    luogo: str = ""

    @property
    def stato(self) -> Parola:
        """Done, running (the deadline of the current phase, or today), or later."""
        oggi = orologio.oggi()
        if self.giorno == oggi or (self.corrente and self.giorno > oggi):
            return Parola.IN_CORSO
        return Parola.FATTO if self.giorno < oggi else Parola.PIU_AVANTI


def appuntamenti(
    accordo: Accordo, tempi: Sequence[TempiFase], altri: Iterable[Appuntamento] = ()
) -> list[Appuntamento]:
    """Return appointments and deadlines in the order of their days: those of the phases, and `altri` (meetings)."""
    trovati = list(altri)
    for voce in tempi:
        if voce.inizio and (parole := ALL_INIZIO.get(voce.fase.codice)):
            trovati.append(Appuntamento(voce.inizio, parole[0], parole[1], breve=parole[2]))
        if voce.riga.scadenza and (termine := ALLA_SCADENZA.get(voce.fase.codice)):
            trovati.append(Appuntamento(voce.riga.scadenza, *termine, scadenza=True, corrente=voce.corrente))
    firma = giorno_della_firma(accordo, tempi)
    if firma:
        trovati.append(Appuntamento(firma, "Firma dell'accordo", "tutti i sottoscrittori", breve="Firma"))
    return sorted(trovati, key=lambda voce: (voce.giorno, voce.scadenza))


def giorno_della_firma(accordo: Accordo, tempi: Sequence[TempiFase]) -> date | None:
    """Return the day of the signature: the real one, or the one expected at the end of the last phase."""
    return accordo.sottoscritto_il or (tempi[-1].fine if tempi else None)


def tappe(voci: Iterable[Appuntamento]) -> list[Tappa]:
    """Return the appointments that the diagram shows, one a day for each name."""
    viste: set[str] = set()
    scelte: list[Tappa] = []
    for voce in voci:
        if voce.breve and voce.breve not in viste:
            viste.add(voce.breve)
            scelte.append(Tappa(voce.giorno, voce.breve))
    return scelte
