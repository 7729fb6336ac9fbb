"""What stands beside a disposition of the draft: its story, where it comes from, what was said of it, what speaks of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from accordo.base.differenze import Segmento, confronta_parole
from accordo.enti.agente import Agente
from accordo.rilievi.models import Obiettivo
from bozze.interrogazioni.emendamenti import osservazioni_visibili_a
from bozze.interrogazioni.obiettivi import citati, obiettivi_di
from bozze.interrogazioni.scrittura import storia_di
from bozze.interrogazioni.testo import TestoInLavoro, citazioni_visibili_a
from bozze.models import Citazione, Osservazione, Traccia
from bozze.models.scrittura import SENZA_PAROLE, Genere, Modifica, Verbo
from bozze.testo.albero import Disposizione, Tipo
from bozze.testo.numerazione import Nome, nomi
from bozze.testo.rinvii import Indice, trova

ULTIME = 12


@dataclass(frozen=True, slots=True)
class RinvioA:
    """A disposition that speaks of another, with the words with which it does."""

    nodo: Disposizione
    nome: Nome
    parole: str


@dataclass(frozen=True, slots=True)
class PassoStoria:
    """A change of the disposition, with what it changed in its words."""

    traccia: Traccia
    testo: tuple[Segmento, ...]
    rubrica: tuple[Segmento, ...]
    attuale: bool

    @property
    def in_parole(self) -> str:
        """Return what happened, after the name of who did it."""
        if self.traccia.modifica.verbo == Verbo.CARICA:
            return (
                "era nel testo caricato"
                if self.traccia.testo_dopo or self.traccia.rubrica_dopo
                else "l'ha tolta"
            )
        return _PAROLE.get(Genere(self.traccia.genere), "ha cambiato le parole")

    @property
    def ripristinabile(self) -> bool:
        """Whether its words may be taken again: there are some, and they are not the present ones."""
        if self.traccia.genere in SENZA_PAROLE:
            return False
        return not self.attuale and bool(self.traccia.testo_dopo or self.traccia.rubrica_dopo)


_PAROLE = {
    Genere.AGGIUNTA: "l'ha scritta",
    Genere.TOLTA: "l'ha tolta",
    Genere.SPOSTATA: "l'ha spostata",
    Genere.ALLEGATA: "ha cambiato il documento",
    Genere.CITATA: "ha cambiato gli obiettivi",
    Genere.COLLEGATA: "ha cambiato i rilievi",
    Genere.RINVIO: "i rinvii seguono i nuovi numeri",
}


@dataclass(frozen=True, slots=True)
class Scheda:
    """All of it."""

    nodo: Disposizione
    nome: Nome
    revisione: int
    storia: Sequence[PassoStoria]
    altre: int
    citazioni: Sequence[Citazione]
    obiettivi: Sequence[Obiettivo]
    """Those that it cites."""
    altri_obiettivi: Sequence[Obiettivo]
    """Those that it may cite still."""
    osservazioni: Sequence[Osservazione]
    rinvii: Sequence[RinvioA]


def scheda(lavoro: TestoInLavoro, nodo: Disposizione, agente: Agente | None) -> Scheda:
    """Return what stands beside a disposition. A handful of queries, whatever the length of the text."""
    accordo = lavoro.bozza.accordo
    storia = storia_di(lavoro.bozza, nodo.id)
    osservazioni = osservazioni_visibili_a(agente, accordo).filter(disposizione_id=nodo.id)
    tutti = obiettivi_di(accordo)
    return Scheda(
        nodo=nodo,
        nome=nomi(lavoro.testo)[nodo.id],
        revisione=lavoro.revisioni[nodo.id],
        storia=[_passo(traccia, nodo) for traccia in storia[:ULTIME]],
        altre=max(0, len(storia) - ULTIME),
        citazioni=list(citazioni_visibili_a(agente, accordo).filter(disposizione=nodo.id)),
        obiettivi=citati(tutti, nodo),
        altri_obiettivi=[o for o in tutti.values() if o.codice not in nodo.obiettivi],
        osservazioni=list(osservazioni.order_by("-pk")[:20]),
        rinvii=rinvii_a(lavoro, nodo),
    )


def _passo(traccia: Traccia, nodo: Disposizione) -> PassoStoria:
    nuova = traccia.genere == Genere.AGGIUNTA
    return PassoStoria(
        traccia,
        confronta_parole(traccia.testo_dopo if nuova else traccia.testo_prima, traccia.testo_dopo),
        confronta_parole(traccia.rubrica_dopo if nuova else traccia.rubrica_prima, traccia.rubrica_dopo),
        (traccia.testo_dopo, traccia.rubrica_dopo) == (nodo.testo, nodo.rubrica),
    )


def rinvii_a(lavoro: TestoInLavoro, nodo: Disposizione) -> list[RinvioA]:
    """Return the dispositions elsewhere that speak of this one, or of what is below it."""
    detti = nomi(lavoro.testo)
    indice = Indice(lavoro.testo, detti)
    dentro = {d.id for d in nodo.discendenti()}
    trovati = []
    for altro in lavoro.testo.disposizioni():
        if altro.id in dentro or altro.tipo is Tipo.FORMULA:
            continue
        for rinvio in trova(altro.testo):
            if indice.bersaglio(rinvio, altro.id) in dentro:
                parole = altro.testo[rinvio.inizio : rinvio.fine]
                trovati.append(RinvioA(altro, detti[altro.id], parole))
    return trovati


# ---------------------------------------------------------------------------------------------- the history's page
PRIME = 6
"""Dispositions shown of one change; of a loaded text the rest are counted."""


@dataclass(frozen=True, slots=True)
class RigaTraccia:
    """A disposition in a change."""

    traccia: Traccia
    segmenti: tuple[Segmento, ...]
    c_e: bool


@dataclass(frozen=True, slots=True)
class RigaStoria:
    """A change on the history's page."""

    modifica: Modifica
    giorno: date
    ritirata: bool
    prime: Sequence[RigaTraccia]
    altre: int


def riga_di_storia(modifica: Modifica, presenti: Collection[str], disposizione: UUID | None) -> RigaStoria:
    """Lay out a change read with its traces; only those of one disposition, if that was asked."""
    tracce = [t for t in modifica.tracce.all() if disposizione in {None, t.disposizione}]
    prime = [
        RigaTraccia(
            traccia,
            confronta_parole(
                f"{traccia.rubrica_prima} {traccia.testo_prima}".strip(),
                f"{traccia.rubrica_dopo} {traccia.testo_dopo}".strip(),
            ),
            str(traccia.disposizione) in presenti,
        )
        for traccia in tracce[:PRIME]
    ]
    ritirata = any(not ritiro.ritiri.all() for ritiro in modifica.ritiri.all())
    giorno = timezone.localtime(modifica.quando).date()
    return RigaStoria(modifica, giorno, ritirata, prime, len(tracce) - len(prime))
