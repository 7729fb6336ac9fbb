"""Files of a meeting."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accordo.base import allegati as file_privati
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.views.comuni import accordo_visibile
from focusgroup import servizi
from focusgroup.forms import AllegatoForm
from focusgroup.models import AllegatoRiunione, GenereAllegato, Riunione
from focusgroup.stati import StatoRiunione
from focusgroup.views.comuni import (
    FORMULARIO,
    LEGGIBILE,
    briciole,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)

CHIUSI = {StatoRiunione.VERBALE_APPROVATO, StatoRiunione.ANNULLATA}


def _presenti(riunione: Riunione, pk: int) -> AllegatoRiunione:
    return get_object_or_404(
        riunione.allegati.filter(rimosso_il__isnull=True).select_related("riunione__accordo"), pk=pk
    )


@require_http_methods(FORMULARIO)
def allega(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Attach a file: the signed sheet, or a document of the minutes."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato in CHIUSI:
        raise Http404
    iniziali = {"genere": request.GET.get("genere") or GenereAllegato.DOCUMENTO}
    dati = inviato(request)
    form = AllegatoForm(dati, request.FILES if dati is not None else None, initial=iniziali)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            scelti = form.cleaned_data
            servizi.allega(
                trovata, scelti["file"], genere=scelti["genere"], titolo=scelti["titolo"], da=request.agente
            )
            messages.success(request, "Il file è allegato alla riunione.")
            return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "titolo": "Allega un file alla riunione",
        "testo": trovata.titolo,
        "effetti": [
            "I documenti li leggono gli enti convocati, insieme al verbale.",
            "Il foglio firmato lo vede solo chi coordina.",
        ],
        "form": form,
        "etichetta": "Allega il file",
        "url_annulla": trovata.url(),
        "briciole": briciole(trovata),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_safe
def allegato(request: RichiestaAutenticata, slug: str, pk: int, allegato: int) -> FileResponse:
    """Return a file: documents to who reads the minutes, the signed sheet to who leads."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    scelto = _presenti(trovata, allegato)
    aperto = trovata.stato in LEGGIBILE and scelto.genere == GenereAllegato.DOCUMENTO
    if not aperto and not permessi.coordina(request.agente, accordo):
        raise Http404
    return file_privati.servi(scelto.file, scelto.nome)


@require_POST
def togli_allegato(request: RichiestaAutenticata, slug: str, pk: int, allegato: int) -> HttpResponse:
    """Take a file off the meeting."""
    trovata = riunione_coordinata(request, slug, pk)
    servizi.togli_allegato(_presenti(trovata, allegato), da=request.agente)
    messages.success(request, "Il file non è più allegato. Resta conservato.")
    return redirect(trovata)
