"""What stays behind an answer: the values that it had, and its files."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accordo.base import allegati as file_privati
from accordo.base.richiesta import RichiestaAutenticata
from questionari import interrogazioni, valori
from questionari.models import VersioneRisposta
from questionari.views.comune import leggibile_o_404


@require_safe
def storia(request: RichiestaAutenticata, slug: str, domanda: str) -> HttpResponse:
    """Every value that an answer of one's own body has had; of a section handed over, to who has it."""
    compilazione, sezione = leggibile_o_404(request, slug, domanda)
    struttura = compilazione.questionario.struttura
    quale = struttura.per_codice.get(domanda)
    if quale is None:
        raise Http404
    versioni = VersioneRisposta.objects.filter(
        risposta__compilazione=compilazione, risposta__domanda=domanda
    ).select_related("chi")
    return render(
        request,
        "questionari/storia.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "domanda": quale,
            "numero": struttura.numeri[domanda],
            "sezione": sezione,
            "versioni": [(v, valori.in_parole(quale, v.valore)) for v in versioni],
        },
    )


@require_safe
def allegato(request: RichiestaAutenticata, slug: str, pk: int) -> FileResponse:
    """A file, for the body itself, for who has its section, and for the coordinator."""
    trovato = get_object_or_404(
        interrogazioni.allegati_visibili_a(request.agente),
        pk=pk,
        compilazione__questionario__accordo__slug=slug,
    )
    return file_privati.servi(trovato.file, trovato.nome)
