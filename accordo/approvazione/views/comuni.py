"""What the views of phase 8 have in common."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accordo.approvazione import interrogazioni, permessi
from accordo.approvazione.models import Approvazione
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile


def approvazione_visibile(request: RichiestaAutenticata, slug: str, ente: str) -> Approvazione:
    """Return the approval in force of a body, if the person may open its page, else 404."""
    accordo = accordo_visibile(request, slug)
    documento = interrogazioni.documento_attuale(accordo)
    return get_object_or_404(
        interrogazioni.visibili_a(request.agente, accordo), ente__codice=ente, documento=documento
    )


def approvazione_seguita(request: RichiestaAutenticata, slug: str, ente: str) -> Approvazione:
    """Return the approval of the person's own body, if they work on it, else 404."""
    approvazione = approvazione_visibile(request, slug, ente)
    if not permessi.segue(request.agente, approvazione):
        raise Http404
    return approvazione


def approvazione_da_firmare(request: RichiestaAutenticata, slug: str, ente: str) -> Approvazione:
    """Return the approval of the person's own body, if they sign for it, else 404."""
    approvazione = approvazione_visibile(request, slug, ente)
    if not permessi.firma(request.agente, approvazione):
        raise Http404
    return approvazione


def accordo_leggibile(request: Richiesta, slug: str) -> Accordo:
    """Return the accord if this person, perhaps anonymous, may read its published texts, else 404."""
    accordo = get_object_or_404(Accordo.objects.select_related("promotore"), slug=slug)
    if not permessi.legge_testi(request.agente, accordo):
        raise Http404
    return accordo


def pdf(contenuto: bytes, nome: str) -> HttpResponse:
    """A PDF made on the spot, as a download."""
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{nome}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
