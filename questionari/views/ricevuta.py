"""The receipt of what was sent, and its public check."""

import json

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accordo.base.pdf import componi
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.interrogazioni import accordi_pubblici
from accordo.iter.models import Accordo
from questionari import interrogazioni, presentazione
from questionari.definizione import Sezione
from questionari.forms import VerificaForm
from questionari.models import Compilazione, Invio
from questionari.views.comune import propria_o_404


@require_safe
def ricevuta(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The last receipt, and the earlier ones."""
    compilazione = propria_o_404(request, slug)
    invii = list(compilazione.invii.select_related("da"))
    if not invii:
        raise Http404
    return render(
        request,
        "questionari/ricevuta.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invio": invii[0],
            "precedenti": invii[1:],
            "sezioni": _detto(compilazione, invii[0]),
        },
    )


def _invio_o_404(request: RichiestaAutenticata, slug: str, numero: int) -> Invio:
    compilazione = propria_o_404(request, slug)
    invio = get_object_or_404(Invio, compilazione=compilazione, numero=numero)
    invio.compilazione = compilazione
    return invio


def _detto(
    compilazione: Compilazione, invio: Invio
) -> list[tuple[Sezione, list[presentazione.RispostaDetta]]]:
    return presentazione.riepilogo(
        compilazione.questionario.struttura, compilazione.ente.tipo, json.loads(invio.canonico)["risposte"]
    )


@require_safe
def ricevuta_pdf(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """A receipt as an accessible, archivable PDF."""
    invio = _invio_o_404(request, slug, numero)
    compilazione = invio.compilazione
    pdf = componi(
        "questionari/stampa/ricevuta.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invio": invio,
            "sezioni": _detto(compilazione, invio),
            "url_verifica": settings.INDIRIZZO_PUBBLICO + reverse("questionari:verifica", args=[slug]),
        },
        titolo=f"Ricevuta del questionario: {compilazione.ente.denominazione}",
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="ricevuta-{compilazione.ente.codice}-{numero}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
def ricevuta_dati(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """The very bytes that the fingerprint is computed on."""
    invio = _invio_o_404(request, slug, numero)
    nome = f"questionario-{invio.compilazione.ente.codice}-{numero}.json"
    return HttpResponse(
        invio.canonico.encode(),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{nome}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
@login_not_required
def verifica(request: Richiesta, slug: str) -> HttpResponse:
    """Anyone with a fingerprint learns whether it is a sending of this accord; never what was answered."""
    accordo: Accordo = get_object_or_404(accordi_pubblici(), slug=slug)
    form = VerificaForm(request.GET or None)
    cercata = form.cleaned_data["impronta"] if form.is_bound and form.is_valid() else ""
    invio = interrogazioni.invio_con_impronta(accordo, cercata) if cercata else None
    return render(
        request,
        "questionari/verifica.html",
        {"accordo": accordo, "form": form, "cercata": cercata, "invio": invio},
        status=422 if form.errors else 200,
    )
