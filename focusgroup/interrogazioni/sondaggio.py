"""The date poll as a table: the best dates first, who answered what. A fixed number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from accordo.enti.models import Ente
from accordo.iter.models import Accordo, Evento
from focusgroup.models import (
    Convocazione,
    Opzione,
    Preferenza,
    RispostaSondaggio,
    Riunione,
    Sondaggio,
    Valore,
)
from focusgroup.quorum import quorum
from focusgroup.sovrapposizioni import Periodo, sovrapposizioni
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio


def sondaggi(riunione: Riunione) -> QuerySet[Sondaggio]:
    """Return the meeting's polls, the last one first."""
    return riunione.sondaggi.select_related("riunione__accordo", "riunione__ambito", "scelta")


def sondaggio_aperto(riunione: Riunione) -> Sondaggio | None:
    """Return the poll that the bodies are asked in, if the meeting has one. No query once the date is fixed."""
    if riunione.stato != StatoRiunione.IN_PREPARAZIONE:
        return None
    return sondaggi(riunione).filter(stato=StatoSondaggio.APERTO).first()


def sondaggi_aperti(accordo: Accordo) -> QuerySet[Sondaggio]:
    """Return the polls that run, of the meetings still to be fixed; their deadline may have passed."""
    return Sondaggio.objects.filter(
        riunione__accordo=accordo,
        riunione__stato=StatoRiunione.IN_PREPARAZIONE,
        stato=StatoSondaggio.APERTO,
    ).select_related("riunione__accordo", "riunione__ambito")


_RISPOSTE = ("risponde_sondaggio", "cambia_risposta_sondaggio", "risponde_insieme")


@dataclass(frozen=True, slots=True)
class RigaData:
    """One date with what was said of it. The counts are of the bodies with a vote."""

    opzione: Opzione
    si: tuple[Ente, ...]
    se_necessario: tuple[Ente, ...]
    no: tuple[Ente, ...]
    mancano_indispensabili: tuple[Ente, ...]
    """Bodies without which there is little sense, that said no."""
    quorum: int
    avvisi: tuple[str, ...] = ()

    @property
    def disponibili(self) -> int:
        """How many bodies could come."""
        return len(self.si) + len(self.se_necessario)

    @property
    def con_quorum(self) -> bool:
        """Whether enough bodies could come."""
        return self.disponibili >= self.quorum

    @property
    def buona(self) -> bool:
        """Whether the meeting can be held then: enough bodies, and all that must be there have not said no."""
        return self.con_quorum and not self.mancano_indispensabili


@dataclass(frozen=True, slots=True)
class RispostaPrecedente:
    """An answer of a body before its last one, as the registro keeps it."""

    chi: str
    quando: datetime
    valori: tuple[tuple[Opzione, str], ...]
    nota: str
    insieme: bool
    """Whether it came while a colleague's was being written: the colleague's stayed."""


@dataclass(frozen=True, slots=True)
class RigaEnte:
    """One body with its answer: who gave it and when, and its words in the order of the dates."""

    convocazione: Convocazione
    risposta: RispostaSondaggio | None
    valori: tuple[tuple[Opzione, Preferenza | None], ...]
    precedenti: list[RispostaPrecedente] = field(default_factory=list)

    @property
    def completa(self) -> bool:
        """Whether the body has spoken of every date, those added since too."""
        return self.risposta is not None and all(preferenza for _, preferenza in self.valori)


@dataclass(frozen=True, slots=True)
class Tabella:
    """A poll, read."""

    date: tuple[RigaData, ...]
    """The best first."""
    enti: tuple[RigaEnte, ...]
    opzioni: tuple[Opzione, ...]
    """In the order of the calendar."""
    quorum: int
    votanti: int

    @property
    def risposte(self) -> int:
        """How many bodies have answered."""
        return sum(1 for riga in self.enti if riga.risposta)

    @property
    def senza_risposta(self) -> tuple[Ente, ...]:
        """The bodies that have not, or not for the dates added since."""
        return tuple(riga.convocazione.ente for riga in self.enti if not riga.completa)

    @property
    def nessuna_possibile(self) -> bool:
        """Whether all have answered and no date suits enough bodies."""
        return bool(self.date) and not self.senza_risposta and not any(riga.buona for riga in self.date)

    @property
    def nessuno_disponibile(self) -> bool:
        """Whether there are answers, and nobody can come on any date."""
        return self.risposte > 0 and not any(riga.disponibili for riga in self.date)


def tabella(sondaggio: Sondaggio, *, con_avvisi: bool = False) -> Tabella:
    """Read the poll; `con_avvisi` adds what each date clashes with."""
    riunione = sondaggio.riunione
    opzioni = list(sondaggio.opzioni.order_by("inizio"))
    convocazioni = list(
        riunione.convocazioni.select_related("ente").order_by("ospite", "ente__denominazione")
    )
    risposte = {
        r.ente_id: r for r in sondaggio.risposte.select_related("data_da").prefetch_related("preferenze")
    }
    votanti = sum(1 for c in convocazioni if not c.ospite)
    serve = quorum(riunione, votanti)
    scelte = {
        (ente, p.opzione_id): p for ente, risposta in risposte.items() for p in risposta.preferenze.all()
    }
    avvisi: Sequence[Sequence[str]] = [()] * len(opzioni)
    if con_avvisi:
        avvisi = sovrapposizioni(riunione, [Periodo(o.inizio, o.fine) for o in opzioni])
    date = [
        _riga(opzione, convocazioni, scelte, serve, tuple(frasi))
        for opzione, frasi in zip(opzioni, avvisi, strict=True)
    ]
    return Tabella(
        date=tuple(sorted(date, key=_ordine)),
        enti=tuple(
            RigaEnte(c, risposte.get(c.ente_id), tuple((o, scelte.get((c.ente_id, o.pk))) for o in opzioni))
            for c in convocazioni
        ),
        opzioni=tuple(opzioni),
        quorum=serve,
        votanti=votanti,
    )


def risposte_precedenti(
    sondaggio: Sondaggio, opzioni: Sequence[Opzione], enti: Collection[int] | None = None
) -> dict[int, list[RispostaPrecedente]]:
    """Return, by body, the answers before the last one, the newest first: none is ever lost. One query.

    With `enti`, of these bodies alone.
    """
    if sondaggio.aperto_il is None:
        return {}
    eventi = Evento.objects.filter(
        accordo=sondaggio.riunione.accordo_id,
        oggetto_tipo=Riunione._meta.label_lower,
        oggetto_id=str(sondaggio.riunione_id),
        verbo__in=_RISPOSTE,
        quando__gte=sondaggio.aperto_il,
    ).order_by("-numero")
    if enti is not None:
        eventi = eventi.filter(ente__in=enti)
    per_inizio = {o.inizio: o for o in opzioni}
    trovate: dict[int, list[RispostaPrecedente]] = {}
    visto_ultimo: set[int] = set()
    for evento in eventi:
        if evento.ente_id is None:
            continue
        insieme = evento.verbo == "risponde_insieme"
        if not insieme and evento.ente_id not in visto_ultimo:
            visto_ultimo.add(evento.ente_id)  # the answer that stands
            continue
        detti = [
            (per_inizio.get(datetime.fromisoformat(quando)), valore)
            for quando, valore in evento.dati["risposte"].items()
        ]
        trovate.setdefault(evento.ente_id, []).append(
            RispostaPrecedente(
                evento.utente_nome,
                evento.quando,
                tuple((o, str(Valore(v).label)) for o, v in detti if o is not None),
                str(evento.dati.get("nota", "")),
                insieme,
            )
        )
    return trovate


def _riga(
    opzione: Opzione,
    convocazioni: Sequence[Convocazione],
    scelte: dict[tuple[int, int], Preferenza],
    serve: int,
    avvisi: tuple[str, ...],
) -> RigaData:
    gruppi: dict[str, list[Ente]] = {valore: [] for valore in Valore.values}
    mancano = []
    for c in convocazioni:
        preferenza = scelte.get((c.ente_id, opzione.pk))
        if preferenza is None:
            continue
        if not c.ospite:
            gruppi[preferenza.valore].append(c.ente)
        if c.indispensabile and preferenza.valore == Valore.NO:
            mancano.append(c.ente)
    return RigaData(
        opzione,
        tuple(gruppi[Valore.SI]),
        tuple(gruppi[Valore.SE_NECESSARIO]),
        tuple(gruppi[Valore.NO]),
        tuple(mancano),
        serve,
        avvisi,
    )


def _ordine(riga: RigaData) -> tuple[int, bool, int, int, object]:
    """Who must be there first, then the quorum, then how many could come, then how many gladly, then the day."""
    return (
        len(riga.mancano_indispensabili),
        not riga.con_quorum,
        -riga.disponibili,
        -len(riga.si),
        riga.opzione.inizio,
    )
