"""Corrections to minutes being read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accordo.base import orologio
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from focusgroup import interrogazioni, servizi
from focusgroup import permessi as miei
from focusgroup.forms import CorrezioneForm, EsitoCorrezioneForm, TermineCorrezioniForm
from focusgroup.models import Correzione
from focusgroup.stati import StatoRiunione
from focusgroup.stati_verbale import StatoCorrezione
from focusgroup.views.comuni import (
    FORMULARIO,
    LEGGIBILE,
    briciole,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)


@require_http_methods(FORMULARIO)
def correzioni(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show the corrections asked with their answers; a body that was there asks for one."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    coordina = permessi.coordina(request.agente, accordo)
    if not miei.convocato(request.agente, trovata) or (trovata.stato not in LEGGIBILE and not coordina):
        raise Http404
    corregge = miei.corregge(request.agente, trovata)
    in_tempo = trovata.correzioni_entro is None or orologio.oggi() <= trovata.correzioni_entro
    punti = list(trovata.punti.all())
    form = CorrezioneForm(inviato(request), punti=punti) if corregge else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            with nel_modulo(form if in_tempo else None):
                punto = next(p for p in punti if p.pk == form.cleaned_data["punto"].pk)
                punto.riunione = trovata
                servizi.chiedi_correzione(punto, form.cleaned_data["testo"], da=request.agente)
                messages.success(request, "La correzione è chiesta: ti avvisiamo quando c'è la risposta.")
                return redirect(trovata.url("correzioni"))
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "coordina": coordina,
        "correzioni": interrogazioni.correzioni(trovata),
        "form": form if in_tempo else None,
        "in_tempo": in_tempo,
        "corregge": corregge,
        "mio": request.agente.ente_id,
        "in_lettura": trovata.stato == StatoRiunione.VERBALE_PUBBLICATO,
    }
    return render(request, "focusgroup/correzioni.html", contesto, status=stato_http(form) if form else 200)


@require_http_methods(FORMULARIO)
def correzione(request: RichiestaAutenticata, slug: str, pk: int, correzione: int) -> HttpResponse:
    """Answer a correction: accept it and change the minutes, or say why not."""
    trovata = riunione_visibile(request, accordo_coordinato(request, slug), pk)
    scelta = get_object_or_404(
        interrogazioni.correzioni(trovata), pk=correzione, stato=StatoCorrezione.CHIESTA
    )
    punto = scelta.punto
    form = EsitoCorrezioneForm(inviato(request), initial={"testo": punto.verbale, "vista": punto.revisione})
    conflitto = None
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            dati = form.cleaned_data
            if dati["esito"] == form.ACCOLTA:
                conflitto = servizi.accogli_correzione(
                    scelta,
                    testo=dati["testo"],
                    vista=dati["vista"],
                    risposta=dati["risposta"],
                    da=request.agente,
                )
            else:
                servizi.non_accogliere_correzione(scelta, risposta=dati["risposta"], da=request.agente)
            if conflitto is None:
                messages.success(
                    request, "La risposta è registrata, e chi ha chiesto la correzione è avvisato."
                )
                return redirect(trovata.url("correzioni"))
            inviati = request.POST.copy()
            inviati["vista"] = str(conflitto.punto.revisione)
            form = EsitoCorrezioneForm(inviati)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "correzione": scelta,
        "punto": punto,
        "form": form,
        "conflitto": conflitto,
    }
    return render(
        request, "focusgroup/correzione.html", contesto, status=409 if conflitto else stato_http(form)
    )


@require_POST
def ritira_correzione(request: RichiestaAutenticata, slug: str, pk: int, correzione: int) -> HttpResponse:
    """Take one's own correction back."""
    trovata = riunione_visibile(request, accordo_visibile(request, slug), pk)
    righe: object = interrogazioni.correzioni(trovata).filter(ente=request.agente.ente_id)
    scelta: Correzione = get_object_or_404(righe, pk=correzione, stato=StatoCorrezione.CHIESTA)  # type: ignore[arg-type]
    servizi.ritira_correzione(scelta, da=request.agente)
    messages.success(request, "La correzione è ritirata.")
    return redirect(trovata.url("correzioni"))


@require_http_methods(FORMULARIO)
def termine(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Give more time for corrections."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato != StatoRiunione.VERBALE_PUBBLICATO:
        raise Http404
    form = TermineCorrezioniForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.allunga_correzioni(trovata, **form.cleaned_data, da=request.agente)
            messages.success(request, "Il nuovo termine è registrato.")
            return redirect(trovata.url("correzioni"))
    contesto = {
        "accordo": trovata.accordo,
        "titolo": "Sposta il termine per le correzioni",
        "testo": trovata.titolo,
        "effetti": ["Chi c'era può chiedere correzioni fino alla fine del nuovo giorno."],
        "form": form,
        "etichetta": "Sposta il termine",
        "url_annulla": trovata.url("correzioni"),
        "briciole": [*briciole(trovata), ("Correzioni", trovata.url("correzioni"))],
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))
