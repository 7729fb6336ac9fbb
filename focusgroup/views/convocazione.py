"""The call: a body's answer, and the entry for one's own calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter.views.comuni import accordo_visibile
from focusgroup import calendario, servizi
from focusgroup import permessi as miei
from focusgroup.forms import RispostaForm
from focusgroup.models import Convocazione
from focusgroup.views.comuni import (
    FORMULARIO,
    riunione_visibile,
    stato_http,
)


@require_http_methods(FORMULARIO)
def rispondi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Say whether the body comes, and who."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    convocazione = get_object_or_404(
        Convocazione.objects.select_related("riunione__accordo", "ente"),
        riunione=trovata,
        ente=request.agente.ente_id,
    )
    if not miei.risponde(request.agente, convocazione):
        raise Http404
    iniziali = {
        "risposta": convocazione.risposta,
        "partecipante": convocazione.partecipante or str(request.agente.utente),
        "qualifica": convocazione.qualifica,
    }
    form = RispostaForm(inviato(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        servizi.rispondi_convocazione(convocazione, **form.cleaned_data, da=request.agente)
        messages.success(request, "La tua risposta è registrata. Puoi cambiarla fino alla riunione.")
        return redirect(trovata)
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Rispondi alla convocazione",
        "sommario": trovata.titolo,
        "salva": "Invia la risposta",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_safe
def file_ics(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the meeting for one's own calendar."""
    trovata = riunione_visibile(request, accordo_visibile(request, slug), pk)
    if trovata.inizio is None:
        raise Http404
    contenuto = calendario.ics(trovata, request.build_absolute_uri(trovata.url()))
    nome = f"{slugify(trovata.titolo)}.ics"
    return HttpResponse(
        contenuto,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nome}"'},
    )
