"""Annexes that are files: putting one on the draft, and giving it to whoever may read the text."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.allegati import servi
from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.permessi import legge_testi, vede
from accordo.iter.views.comuni import accordo_coordinato
from bozze.forms.testo import DocumentoForm
from bozze.interrogazioni.testo import testo_in_lavoro, versioni
from bozze.models import DocumentoAllegato
from bozze.servizi import testo as servizi
from bozze.testo.albero import Disposizione, Tipo
from bozze.testo.numerazione import nomi
from bozze.views.comuni import in_parole


def _servi(accordo: Accordo, nodo: Disposizione | None) -> FileResponse:
    """Give the file that an annex is, under the name that the text says; 404 where it is words only."""
    if nodo is None or nodo.documento is None:
        raise Http404
    trovato = get_object_or_404(DocumentoAllegato, accordo=accordo, impronta=nodo.documento.impronta)
    if not servizi.integro(trovato):
        raise ErroreDominio("Il documento conservato non è più quello pubblicato: avvisa chi coordina.")
    return servi(trovato.file, nodo.documento.nome)


@login_not_required
@require_safe
def documento(request: Richiesta, slug: str, numero: int, codice: UUID) -> FileResponse:
    """Download an annex of a version, its bytes checked against the hash that the version holds.

    Those of the final version are for everybody, as its text is, once the accord is signed and public.
    """
    accordo = get_object_or_404(Accordo, slug=slug)
    if not legge_testi(request.agente, accordo):
        raise Http404
    versione = get_object_or_404(versioni(accordo), numero=numero)
    if not (versione.definitiva or vede(request.agente, accordo)):
        raise Http404
    return _servi(accordo, versione.albero.trova(str(codice)))


@require_safe
def documento_bozza_file(request: RichiestaAutenticata, slug: str, codice: UUID) -> FileResponse:
    """Download an annex of the draft."""
    accordo = accordo_coordinato(request, slug)
    lavoro = testo_in_lavoro(accordo)
    return _servi(accordo, lavoro.testo.trova(str(codice)) if lavoro else None)


@require_http_methods(["GET", "HEAD", "POST"])
def documento_bozza(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Make an annex of the draft a file, put another in its place, or take it off."""
    accordo = accordo_coordinato(request, slug)
    lavoro = testo_in_lavoro(accordo)
    nodo = lavoro.testo.trova(str(codice)) if lavoro else None
    if lavoro is None or nodo is None or nodo.tipo is not Tipo.ALLEGATO:
        raise Http404
    form = DocumentoForm(initial={"revisione": lavoro.revisioni[nodo.id]})
    if request.method == "POST":
        form = DocumentoForm(request.POST, request.FILES)
        if "togli" in request.POST:
            form.fields["file"].required = False
        if form.is_valid() and _salva(request, accordo, nodo, form):
            return redirect(f"{reverse('bozze:redazione', args=[slug])}#d-{nodo.id}")
    contesto = {
        "accordo": accordo,
        "url_testo": reverse("bozze:testo", args=[slug]),
        "url_redazione": reverse("bozze:redazione", args=[slug]),
        "nodo": nodo,
        "nome": nomi(lavoro.testo)[nodo.id],
        "form": form,
        "si_scrive": not fasi.fase_superata(accordo, servizi.FASE_BOZZA),
    }
    return render(request, "bozze/testo/documento.html", contesto, status=422 if form.is_bound else 200)


def _salva(request: RichiestaAutenticata, accordo: Accordo, nodo: Disposizione, form: forms.Form) -> bool:
    """Store or take off the file; False, with the reason in the form, if it may not be."""
    revisione = form.cleaned_data["revisione"]
    try:
        if "togli" in request.POST:
            servizi.togli_documento(accordo, nodo.id, revisione_attesa=revisione, da=request.agente)
            messages.success(request, "Il documento non fa più parte dell'allegato.")
        else:
            servizi.allega_documento(
                accordo,
                nodo.id,
                form.cleaned_data["file"],
                revisione_attesa=revisione,
                da=request.agente,
            )
            messages.success(request, "Documento caricato nell'allegato.")
    except ErroreDominio as errore:
        form.add_error("file", in_parole(errore))
        return False
    return True
