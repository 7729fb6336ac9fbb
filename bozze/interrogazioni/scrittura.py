"""What reads how the draft came to be: the history, what can be undone, who is writing, the text as it was a while ago."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from accordo.base import orologio
from accordo.enti.models import Utente
from bozze.interrogazioni.testo import TestoInLavoro
from bozze.models.scrittura import VIVA, Modifica, PresenzaBozza, Traccia
from bozze.models.testo import Bozza
from bozze.testo.albero import Testo
from bozze.testo.stesura import Impossibile, annulla
from bozze.testo.stesura.pila import Fatto, Pila, pila
from bozze.testo.stesura.unione import SI_UNISCE

QUANTE = 300
"""How many changes of one person are looked at for undo; what is older stays done."""
RECENTI = 60
"""A page that has missed more changes than these is drawn anew."""


def pila_di(bozza: Bozza, utente: Utente) -> Pila:
    """Return what this person can undo and redo."""
    ultime = (
        Modifica.objects.filter(bozza=bozza, chi=utente)
        .order_by("-numero")
        .values_list("numero", "annulla__numero")[:QUANTE]
    )
    return pila(Fatto(numero, annullata) for numero, annullata in reversed(ultime))


def storia_della_bozza(
    bozza: Bozza, disposizione: UUID | None = None, chi: int | None = None
) -> QuerySet[Modifica]:
    """Return the changes, the newest first, of one disposition or of one person."""
    filtri = Q(bozza=bozza)
    if disposizione:
        filtri &= Q(tracce__disposizione=disposizione)
    if chi:
        filtri &= Q(chi=chi)
    return (
        Modifica.objects.filter(filtri)
        .defer("passo", "annulla__passo", "annulla__annulla__passo")
        .select_related("chi", "annulla__annulla")
        .prefetch_related("tracce", "ritiri__ritiri")
        .order_by("-numero")
        .distinct()
    )


def chi_ha_scritto(bozza: Bozza) -> list[Utente]:
    """Return the people who wrote the draft, by name."""
    return list(Utente.objects.filter(pk__in=bozza.modifiche.values("chi")).order_by("cognome", "nome", "pk"))


def storia_di(bozza: Bozza, codice: UUID | str) -> list[Traccia]:
    """Return what happened to a disposition, the newest first."""
    tracce = Traccia.objects.filter(modifica__bozza=bozza, disposizione=codice)
    return list(tracce.select_related("modifica__chi").defer("modifica__passo").order_by("-modifica__numero"))


def presenti(bozza: Bozza, io: Utente) -> list[PresenzaBozza]:
    """Return the other drafters who were here in the last minutes, with their names, in a fixed order."""
    vive = bozza.presenze.filter(quando__gte=orologio.adesso() - VIVA).exclude(utente=io)
    return list(vive.select_related("utente").order_by("utente__cognome", "utente__nome", "pk"))


def ultime_dopo(bozza: Bozza, numero: int) -> list[Modifica] | None:
    """Return the changes made since one, the newest first; None if they are too many, or that one is yet to come."""
    if numero > bozza.conta:
        return None
    poi = Modifica.objects.filter(bozza=bozza, numero__gt=numero).order_by("-numero")
    ultime = list(poi.prefetch_related("tracce")[: RECENTI + 1])
    return ultime if len(ultime) <= RECENTI else None


def toccate_da(modifiche: Iterable[Modifica]) -> frozenset[str]:
    """Return the dispositions that changes have touched."""
    return frozenset(str(traccia.disposizione) for modifica in modifiche for traccia in modifica.tracce.all())


def solo_parole(testo: Testo, modifiche: Sequence[Modifica]) -> bool:
    """Whether changes touched nothing but the words of paragraphs: then each is drawn by itself, and nothing else is."""
    if any(mossa["mossa"] not in _PAROLE for modifica in modifiche for mossa in modifica.passo["mosse"]):
        return False
    nodi = [testo.trova(id) for id in toccate_da(modifiche)]
    return all(nodo is not None and nodo.tipo in SI_UNISCE for nodo in nodi)


_PAROLE = frozenset({"scrivi", "cita", "collega"})


def testo_al(lavoro: TestoInLavoro, ultime: Iterable[Modifica]) -> Testo | None:
    """Return the draft as it was before these changes, the newest first; None if they cannot be taken back.

    Made by taking back one after the other what was done: no query, however long the text.
    """
    testo = lavoro.testo
    try:
        for modifica in ultime:
            testo, _ = annulla(testo, modifica.il_passo)
    except Impossibile:
        return None
    return testo
