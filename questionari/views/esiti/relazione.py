"""The report that gives the results back: kept as it was published; before, a preview for the coordinator."""

from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from accordo.base import orologio
from accordo.base.allegati import servi
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from questionari import relazione
from questionari.views.esiti.comuni import quadro_o_404


@require_safe
def pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse | FileResponse:
    """Serve it."""
    quadro = quadro_o_404(request, slug)
    if quadro.restituzione is not None and quadro.restituzione.relazione:
        return servi(quadro.restituzione.relazione, f"relazione-di-restituzione-{slug}.pdf", in_pagina=True)
    if not permessi.coordina(request.agente, quadro.accordo):
        raise Http404
    documento = relazione.stampa(quadro, creato=orologio.adesso(), anteprima=not quadro.pubblicato)
    return HttpResponse(
        documento,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="relazione-{slug}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
