"""One's own calendar: the page with the private address, and the feed that a calendar reads without logging in."""

from datetime import UTC
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from accordo.base.richiesta import RichiestaAutenticata
from focusgroup import indirizzo as indirizzi
from focusgroup import servizi
from focusgroup.interrogazioni import agenda
from focusgroup.models import IndirizzoCalendario


@require_safe
def mio_calendario(request: RichiestaAutenticata) -> HttpResponse:
    """Show the address at which the person's calendar can be followed, or offer to make one."""
    mio = IndirizzoCalendario.objects.filter(utente=request.agente.utente).first()
    if request.agente.ente is None:
        raise Http404
    url = ""
    if mio is not None:
        percorso = reverse("focusgroup:agenda", args=[indirizzi.gettone(mio)])
        url = settings.INDIRIZZO_PUBBLICO + percorso
    contesto = {"mio": mio, "url_agenda": url, "webcal": "webcal:" + url.partition(":")[2] if url else ""}
    risposta = render(request, "focusgroup/calendario.html", contesto)
    risposta["Cache-Control"] = "no-store"
    return risposta


@require_POST
def rinnova_calendario(request: RichiestaAutenticata) -> HttpResponse:
    """Make the address, or a new one in place of the old."""
    if request.agente.ente is None:
        raise Http404
    servizi.rinnova_indirizzo(request.agente.utente)
    messages.success(request, "Il nuovo indirizzo è pronto. Quello di prima, se c'era, non funziona più.")
    return redirect("focusgroup:mio_calendario")


@login_not_required
@require_safe
def feed(request: HttpRequest, gettone: str) -> HttpResponse:
    """Return the calendar behind a private address; anything else is a 404 like any other."""
    seme = indirizzi.seme(gettone)
    mio = agenda.indirizzo_valido(seme) if seme else None
    contenuto = agenda.agenda_ics(mio.utente) if mio else None
    if mio is None or contenuto is None:
        raise Http404
    impronta = sha256(contenuto).hexdigest()
    servizi.segna_contenuto(mio, impronta)
    risposta = HttpResponse(contenuto, content_type="text/calendar; charset=utf-8")
    risposta["ETag"] = f'"{impronta}"'
    cambiato = int(mio.cambiato_il.astimezone(UTC).timestamp()) if mio.cambiato_il else 0
    risposta["Last-Modified"] = http_date(cambiato)
    risposta["Cache-Control"] = "private, no-cache"
    risposta["X-Robots-Tag"] = "noindex"
    risposta["Content-Disposition"] = 'inline; filename="accordo.ics"'
    condizionata = get_conditional_response(request, risposta["ETag"], cambiato, risposta)
    assert isinstance(condizionata, HttpResponse)
    return condizionata
