"""What changed between two sendings, for the body itself and for the coordinator."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from questionari import cambiamenti, interrogazioni
from questionari.models import Compilazione
from questionari.views.comune import propria_o_404
from questionari.views.modulo import intero


@require_safe
def miei(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Two sendings of one's own body."""
    return _pagina(request, propria_o_404(request, slug), reverse("questionari:ricevuta", args=[slug]))


@require_safe
def dell_ente(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Two sendings of a body, for who leads the accord."""
    compilazione = get_object_or_404(
        interrogazioni.compilazioni_visibili_a(request.agente),
        questionario__accordo__slug=slug,
        ente__codice=ente,
    )
    if not permessi.coordina(request.agente, compilazione.accordo):
        raise Http404
    return _pagina(request, compilazione, reverse("questionari:ente", args=[slug, ente]))


def _pagina(request: RichiestaAutenticata, compilazione: Compilazione, indietro: str) -> HttpResponse:
    invii = list(compilazione.invii.order_by("numero"))
    if len(invii) < 2:
        raise Http404
    for invio in invii:
        invio.compilazione = compilazione
    per_numero = {invio.numero: invio for invio in invii}
    scelti = sorted(
        (
            intero(request.GET.get("prima")) or invii[-2].numero,
            intero(request.GET.get("dopo")) or invii[-1].numero,
        )
    )
    if not set(scelti) <= per_numero.keys():
        raise Http404
    primo, secondo = (per_numero[numero] for numero in scelti)
    sezioni = cambiamenti.confronta(primo, secondo)
    return render(
        request,
        "questionari/cambiamenti.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invii": invii,
            "primo": primo,
            "secondo": secondo,
            "sezioni": sezioni,
            "quanti": sum(len(elenco) for _, elenco in sezioni),
            "uguali": cambiamenti.uguali(primo, secondo),
            "indietro": indietro,
        },
    )
