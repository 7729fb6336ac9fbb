"""The questionnaire on paper: blank, to discuss in the giunta, and with the answers given so far."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accordo.base import orologio
from accordo.base.pdf import componi
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.models import TipoEnte
from accordo.iter import permessi
from questionari import interrogazioni, presentazione
from questionari.views.comune import accordo_o_404, propria_o_404


def _pdf(contenuto: bytes, nome: str) -> HttpResponse:
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{nome}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
def bianco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The blank questionnaire as a kind of body is asked it: one's own, or `?tipo=`; without either, all of it."""
    accordo = accordo_o_404(request, slug)
    coordina = permessi.coordina(request.agente, accordo)
    modello = (interrogazioni.questionario_di if coordina else interrogazioni.questionario_aperto)(accordo)
    if modello is None:
        raise Http404
    mia = interrogazioni.propria(request.agente, accordo)
    tipo = request.GET.get("tipo") or (mia.ente.tipo if mia else "")
    if tipo and tipo not in TipoEnte.values:
        raise Http404
    per = f" per {TipoEnte(tipo).label.lower()}" if tipo else ""
    contenuto = componi(
        "questionari/stampa/bianco.html",
        {
            "ente": accordo.promotore.denominazione,
            "sommario": f"Questionario in bianco{per}. {accordo.titolo}",
            "premessa": modello.struttura.premessa,
            "sezioni": presentazione.in_bianco_per(modello.struttura, tipo),
        },
        titolo=modello.titolo,
        creato=modello.caricato_il,
    )
    return _pdf(contenuto, f"questionario-in-bianco{f'-{tipo}' if tipo else ''}.pdf")


@require_safe
def risposte(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The answers of one's own body as they are now."""
    compilazione = propria_o_404(request, slug)
    adesso = orologio.adesso()
    contenuto = componi(
        "questionari/stampa/risposte.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "adesso": adesso,
            "mancano": len(compilazione.carenze()),
            "sezioni": presentazione.riepilogo(
                compilazione.questionario.struttura, compilazione.ente.tipo, compilazione.valori
            ),
        },
        titolo=f"Risposte al questionario: {compilazione.ente.denominazione}",
        creato=adesso,
    )
    return _pdf(contenuto, f"risposte-{compilazione.ente.codice}.pdf")
