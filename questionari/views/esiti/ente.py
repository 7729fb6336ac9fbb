"""One body's answers beside its area's, on the page and in PDF: for its own people and for the coordinator."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accordo.base.pdf import componi
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from questionari.esiti.accanto import accanto
from questionari.esiti.quadro import Quadro
from questionari.models import Scheda
from questionari.views.esiti.comuni import cornice, quadro_o_404


def _scheda(request: RichiestaAutenticata, slug: str, ente: str) -> tuple[Quadro, Scheda]:
    quadro = quadro_o_404(request, slug)
    scheda = get_object_or_404(
        quadro.schede().select_related("invio__trascrizione", "compilazione__ente", "strato__ambito"),
        compilazione__ente__codice=ente,
    )
    sua = request.agente.agisce_per(scheda.compilazione.ente_id)
    if not sua and not permessi.coordina(request.agente, quadro.accordo):
        raise Http404
    return quadro, scheda


@require_safe
def pagina(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Read them side by side."""
    quadro, scheda = _scheda(request, slug, ente)
    contesto = cornice(request, quadro) | {
        "scheda": scheda,
        "ente": scheda.compilazione.ente,
        "sezioni": accanto(quadro, scheda),
    }
    return render(request, "questionari/esiti_ente.html", contesto)


@require_safe
def pdf(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """The same on paper."""
    quadro, scheda = _scheda(request, slug, ente)
    corpo = scheda.compilazione.ente
    documento = componi(
        "stampa/esiti_ente.html",
        {
            "ente": quadro.accordo.promotore.denominazione,
            "corpo": corpo,
            "invio": scheda.invio,
            "ambito": scheda.strato.ambito.nome,
            "sezioni": accanto(quadro, scheda),
            "soglia": quadro.soglia,
            "sommario": f"{quadro.accordo.titolo}: le risposte accanto a quelle di {scheda.strato.ambito.nome}.",
        },
        titolo=f"Esiti del questionario: {corpo.denominazione}",
        creato=scheda.invio.quando,
    )
    return HttpResponse(
        documento,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="esiti-{corpo.codice}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
