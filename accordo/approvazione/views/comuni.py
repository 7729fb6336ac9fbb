"""What the views of phase 8 have in common."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accordo.approvazione import interrogazioni, permessi
from accordo.approvazione.models import Approvazione
from accordo.base.errori import StatoCambiato
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.motore import Azione, azioni
from accordo.iter.permessi import coordina
from accordo.iter.views.comuni import accordo_visibile

FORMULARIO = ["GET", "HEAD", "POST"]


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


def approvazione_coordinata(request: RichiestaAutenticata, slug: str, ente: str) -> Approvazione:
    """Return the approval of any body, for who coordinates, else 404."""
    approvazione = approvazione_visibile(request, slug, ente)
    if not coordina(request.agente, approvazione.accordo):
        raise Http404
    return approvazione


def richiede_verbo(request: RichiestaAutenticata, approvazione: Approvazione, *verbi: str) -> Azione:
    """Return the first of these steps that the body's state and the person's role allow; else say that it is too late
    for it (a POST, perhaps a second click) or 404."""
    for azione in azioni(approvazione, request.agente):
        if azione.transizione.verbo in verbi:
            return azione
    if request.method == "POST":
        raise StatoCambiato(f"Non si può più fare: lo stato è «{approvazione.stato_in_parole}».")
    raise Http404


def scelta_versioni(accordo: Accordo) -> list[tuple[str, str]]:
    """Return the texts that an act may say it approves, by their fingerprints."""
    return [
        (versione.impronta, f"{versione}, impronta {versione.impronta[:8]} … {versione.impronta[-8:]}")
        for versione in interrogazioni.versioni_pubblicate(accordo)
    ]


def accordo_leggibile(request: Richiesta, slug: str) -> Accordo:
    """Return the accord if this person, perhaps anonymous, may read its published texts, else 404."""
    accordo = get_object_or_404(Accordo.objects.select_related("promotore"), slug=slug)
    if not permessi.legge_testi(request.agente, accordo):
        raise Http404
    return accordo


def pdf(contenuto: bytes, nome: str) -> HttpResponse:
    """A PDF made on the spot, as a download."""
    return scarica(contenuto, nome, "application/pdf")


def scarica(contenuto: bytes, nome: str, tipo: str) -> HttpResponse:
    """A file made on the spot, as a download."""
    return HttpResponse(
        contenuto,
        content_type=tipo,
        headers={
            "Content-Disposition": f'attachment; filename="{nome}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
