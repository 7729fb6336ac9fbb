"""What the first pages read."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accordo.base.richiesta import Richiesta
from accordo.enti.agente import Agente
from accordo.enti.models import Incarico
from accordo.iter.interrogazioni import accordi_coordinati_da, accordi_pubblici, accordi_visibili_a
from accordo.iter.models import Accordo, Partecipazione


def accordo_visibile(richiesta: Richiesta, slug: str) -> Accordo:
    """Return the accord, with its phases, if the person sees its working pages; 404 otherwise."""
    return get_object_or_404(accordi_visibili_a(richiesta.agente).prefetch_related("fasi"), slug=slug)


def accordo_coordinato(richiesta: Richiesta, slug: str) -> Accordo:
    """Return the accord, with its phases, if the person leads it; 404 otherwise."""
    return get_object_or_404(accordi_coordinati_da(richiesta.agente).prefetch_related("fasi"), slug=slug)


def accordo_leggibile(agente: Agente | None, slug: str) -> tuple[Accordo, bool]:
    """Return the accord and whether the person works on it; a public one is for everybody."""
    proprio = accordi_visibili_a(agente).prefetch_related("fasi").filter(slug=slug).first()
    if proprio:
        return proprio, True
    pubblico = accordi_pubblici().prefetch_related("fasi").filter(slug=slug).first()
    if pubblico is None:
        raise Http404
    return pubblico, False


def partecipazioni(accordo: Accordo) -> QuerySet[Partecipazione]:
    """Return every body that was invited, those that declined too, by area and name."""
    return (
        Partecipazione.objects.filter(accordo=accordo)
        .select_related("ente__ambito", "ente__unione", "referente", "presa_visione_da")
        .order_by("ente__ambito__ordine", "ente__denominazione")
    )


def incarichi_in_corso(ente_id: int) -> QuerySet[Incarico]:
    """Return who does what for a body today."""
    return (
        Incarico.objects.in_corso()
        .filter(ente=ente_id)
        .select_related("utente")
        .order_by("ruolo", "utente__cognome")
    )
