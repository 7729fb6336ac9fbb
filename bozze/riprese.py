"""Which findings the text takes up, and where. The findings ask for it through the procedure (accordo/processo.py)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.procedura import Rinvio
from bozze.interrogazioni.obiettivi import codici_citati
from bozze.interrogazioni.testo import testo_in_lavoro, ultima_versione
from bozze.models import Citazione
from bozze.testo.albero import Testo
from bozze.testo.numerazione import nomi


def _testo(accordo: Accordo, agente: Agente | None) -> Testo | None:
    """Return the text as this person reads it: the last version, or the draft for who writes it before there is one."""
    versione = ultima_versione(accordo)
    if versione is not None:
        return versione.albero
    if not permessi.coordina(agente, accordo):
        return None
    lavoro = testo_in_lavoro(accordo)
    return lavoro.testo if lavoro is not None and lavoro.testo.radici else None


def _citazioni(accordo: Accordo, testo: Testo) -> QuerySet[Citazione]:
    return Citazione.objects.filter(accordo=accordo, disposizione__in=[UUID(id) for id in testo.indice])


def ripresi(accordo: Accordo, agente: Agente | None) -> QuerySet[Citazione] | None:
    """Return what the dispositions that stand cite; None while there is no text."""
    testo = _testo(accordo, agente)
    return None if testo is None else _citazioni(accordo, testo)


def obiettivi_ripresi(accordo: Accordo, agente: Agente | None) -> frozenset[str] | None:
    """Return the codes of the objectives that dispositions cite themselves; None while there is no text."""
    testo = _testo(accordo, agente)
    return None if testo is None else codici_citati(testo)


def riprese(accordo: Accordo, agente: Agente | None, rilievi: Collection[int]) -> Sequence[Rinvio]:
    """Return the dispositions that cite one of these findings, in the order of the text."""
    testo = _testo(accordo, agente)
    if testo is None:
        return ()
    trovate = {
        str(disposizione)
        for disposizione in _citazioni(accordo, testo)
        .filter(rilievo__in=rilievi)
        .values_list("disposizione", flat=True)
    }
    chiamate = nomi(testo)
    url = reverse("bozze:testo", args=[accordo.slug])
    return [
        Rinvio(chiamate[id].esteso or testo.indice[id].nodo.testo[:80], f"{url}#d-{id}")
        for id in testo.indice
        if id in trovate and id in chiamate
    ]
