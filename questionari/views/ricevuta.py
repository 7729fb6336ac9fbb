"""The receipt of what was sent, and its public check."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base import allegati as file_privati
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.interrogazioni import accordi_pubblici
from accordo.iter.models import Accordo
from questionari import presentazione, servizi
from questionari import verifica as controlli
from questionari.forms import VerificaFileForm, VerificaForm
from questionari.models import Invio
from questionari.views.comune import propria_o_404
from questionari.views.coordina import compilazione_o_404


@require_safe
def ricevuta(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The last receipt, and the earlier ones."""
    compilazione = propria_o_404(request, slug)
    invii = list(compilazione.invii.select_related("da", "trascrizione"))
    if not invii:
        raise Http404
    invii[0].compilazione = compilazione
    return render(
        request,
        "questionari/ricevuta.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invio": invii[0],
            "precedenti": invii[1:],
            "sezioni": presentazione.riepilogo(
                invii[0].struttura, compilazione.ente.tipo, invii[0].dati["risposte"]
            ),
        },
    )


def _invio_o_404(request: RichiestaAutenticata, slug: str, numero: int) -> Invio:
    compilazione = propria_o_404(request, slug)
    invio = get_object_or_404(Invio, compilazione=compilazione, numero=numero)
    invio.compilazione = compilazione
    return invio


@require_safe
def ricevuta_pdf(request: RichiestaAutenticata, slug: str, numero: int) -> FileResponse:
    """A receipt as an accessible, archivable PDF, always the same file."""
    invio = _invio_o_404(request, slug, numero)
    return file_privati.servi(servizi.ricevuta_di(invio).file, servizi.nome_ricevuta(invio))


@require_safe
def ricevuta_dell_ente(request: RichiestaAutenticata, slug: str, ente: str, numero: int) -> FileResponse:
    """The receipt of a body, for who leads the accord: a body without anybody on the portal is sent it on paper."""
    compilazione = compilazione_o_404(request, slug, ente)
    invio = get_object_or_404(Invio, compilazione=compilazione, numero=numero)
    invio.compilazione = compilazione
    return file_privati.servi(servizi.ricevuta_di(invio).file, servizi.nome_ricevuta(invio))


@require_safe
def ricevuta_dati(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """The very bytes that the fingerprint is computed on."""
    invio = _invio_o_404(request, slug, numero)
    return HttpResponse(
        invio.canonico.encode(),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{servizi.nome_dati(invio)}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def verifica(request: Richiesta, slug: str) -> HttpResponse:
    """Anyone with a receipt, its data or its fingerprint learns whether it is a sending of this accord; not what was answered."""
    accordo: Accordo = get_object_or_404(accordi_pubblici(), slug=slug)
    form = VerificaForm(request.GET or None)
    file = VerificaFileForm(request.POST, request.FILES) if request.method == "POST" else VerificaFileForm()
    letta = None
    if request.method == "POST" and file.is_valid():
        letta = file.letta
    elif request.method != "POST" and form.is_bound and form.is_valid():
        letta = controlli.Letta(form.cleaned_data["impronta"])
    return render(
        request,
        "questionari/verifica.html",
        {
            "accordo": accordo,
            "form": form,
            "form_file": file,
            "esito": controlli.controlla(letta, accordo=slug) if letta else None,
        },
        status=422 if form.errors or file.errors else 200,
    )
