"""The call: a body's answer, and the entry for one's own calendar."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base import allegati
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.views.comuni import accordo_visibile
from focusgroup import calendario, interrogazioni, servizi
from focusgroup import permessi as miei
from focusgroup.forms import ConvocatiForm, RispostaForm, RispostaIcsForm
from focusgroup.forms.convocazione import iniziali
from focusgroup.models import Convocazione
from focusgroup.stati import StatoRiunione
from focusgroup.views.comuni import (
    DA_PREPARARE,
    FORMULARIO,
    briciole,
    riunione_coordinata,
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
    incarichi = interrogazioni.persone(convocazione.ente)
    form = RispostaForm(
        inviato(request),
        request.FILES or None,
        incarichi=incarichi,
        convocazione=convocazione,
        initial=iniziali(convocazione, incarichi, request.agente.utente.pk),
    )
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.rispondi_convocazione(convocazione, **form.dati(), da=request.agente)
            messages.success(request, "La tua risposta è registrata. Puoi cambiarla fino alla riunione.")
            return redirect(trovata)
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "convocazione": convocazione,
        "form": form,
        "titolo": "Rispondi alla convocazione",
        "sommario": f"{trovata.titolo}. Rispondi per {convocazione.ente}.",
        "salva": "Invia la risposta",
    }
    return render(request, "focusgroup/rispondi.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def convocati(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Say who must be there, who is invited without a vote, how many bodies are needed."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato not in DA_PREPARARE:
        raise Http404
    form = ConvocatiForm(
        inviato(request),
        riunione=trovata,
        convocazioni=list(interrogazioni.convocazioni(trovata)),
        soggetti=interrogazioni.soggetti_da_invitare(trovata),
    )
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.imposta_convocati(trovata, **form.dati(), da=request.agente)
            messages.success(request, "I convocati e il quorum sono salvati.")
            return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Convocati e quorum",
        "sommario": "Con voto sono convocati gli enti dell'ambito. Qui dici chi non può mancare e chi è ospite.",
        "salva": "Salva i convocati",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def carica_risposta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Record an answer that came by mail from somebody's calendar."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato != StatoRiunione.CONVOCATA:
        raise Http404
    form = RispostaIcsForm(inviato(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            scritta = servizi.registra_risposta(trovata, form.cleaned_data["file"], da=request.agente)
        except NonAutorizzato:
            raise
        except ErroreDominio as rifiuto:
            form.add_error("file", rifiuto.testo)
        else:
            messages.success(request, f"{scritta.ente}: {scritta.get_risposta_display().lower()}.")
            return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "titolo": "Carica una risposta arrivata per e-mail",
        "testo": trovata.titolo,
        "effetti": ["La risposta vale per l'ente di chi l'ha mandata, come se l'avesse data sul portale."],
        "form": form,
        "etichetta": "Registra la risposta",
        "url_annulla": trovata.url(),
        "briciole": briciole(trovata),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_safe
def atto_delega(request: RichiestaAutenticata, slug: str, pk: int, ente: str) -> FileResponse:
    """Return the deed with which a body named who comes: to the body itself and to who leads."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    convocazione = get_object_or_404(trovata.convocazioni.exclude(atto_file=""), ente__codice=ente)
    if not (permessi.coordina(request.agente, accordo) or request.agente.agisce_per(convocazione.ente_id)):
        raise Http404
    return allegati.servi(convocazione.atto_file, convocazione.atto_nome)


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
