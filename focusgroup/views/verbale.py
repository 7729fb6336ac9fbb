"""Attendance, minutes, and the findings that come out of a meeting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.pdf import componi
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.views.comuni import accordo_visibile
from accordo.rilievi.forms import RilievoForm
from accordo.rilievi.models import GenereFonte
from accordo.rilievi.servizi import DatiFonte, crea_rilievo
from focusgroup import interrogazioni, servizi
from focusgroup.forms import PresenzeForm, VerbaleForm
from focusgroup.stati import StatoRiunione
from focusgroup.views.comuni import (
    DA_SCRIVERE,
    FORMULARIO,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)


@require_http_methods(FORMULARIO)
def presenze(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Tick who is there."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato not in DA_SCRIVERE:
        raise Http404
    form = PresenzeForm(inviato(request), convocazioni=list(interrogazioni.convocazioni(trovata)))
    if request.method == "POST" and form.is_valid():
        servizi.registra_presenze(trovata, form.enti(), da=request.agente)
        messages.success(request, "Le presenze sono registrate.")
        return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Registro delle presenze",
        "sommario": "Segna gli enti man mano che arrivano.",
        "salva": "Salva le presenze",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def verbale(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write the minutes; where somebody else wrote meanwhile both texts are shown, and nothing is lost."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato not in DA_SCRIVERE:
        raise Http404
    punti = list(trovata.punti.all())
    form = VerbaleForm(inviato(request), punti=punti)
    conflitti: list[servizi.Conflitto] = []
    if request.method == "POST" and form.is_valid():
        conflitti = servizi.scrivi_verbale(trovata, form.testi(), da=request.agente)
        if not conflitti:
            messages.success(request, "Il verbale è salvato.")
            return redirect(trovata)
        dati = request.POST.copy()
        for fresco in trovata.punti.all():
            dati[f"revisione_{fresco.pk}"] = str(fresco.revisione)
        form = VerbaleForm(dati, punti=punti)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "conflitti": conflitti,
        "titolo": "Verbale",
        "sommario": "Un testo per ogni punto. Attribuisci un intervento a una persona solo se è d'accordo.",
        "salva": "Salva il verbale",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=409 if conflitti else stato_http(form))


@require_http_methods(FORMULARIO)
def nuovo_rilievo(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a finding that comes out of this meeting, which is its evidence."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato in {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.ANNULLATA}:
        raise Http404
    form = RilievoForm(inviato(request), accordo=trovata.accordo, initial={"ambito": trovata.ambito_id})
    if request.method == "POST" and form.is_valid():
        fonte = DatiFonte(GenereFonte.RIUNIONE, trovata.titolo, str(trovata.pk))
        scritto = crea_rilievo(trovata.accordo, **form.dati(), fonti=[fonte], da=request.agente)
        messages.success(request, f"Il rilievo {scritto.numero} è scritto.")
        return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Nuovo rilievo dalla riunione",
        "sommario": "Una cosa emersa nella riunione, in una frase, con l'obiettivo a cui serve.",
        "salva": "Salva il rilievo",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_safe
def verbale_pdf(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the minutes as PDF, once they are there to be read."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    leggibile = {StatoRiunione.VERBALE_PUBBLICATO, StatoRiunione.VERBALE_APPROVATO}
    if trovata.stato not in leggibile and not permessi.coordina(request.agente, accordo):
        raise Http404
    approvato = trovata.stato == StatoRiunione.VERBALE_APPROVATO
    contesto = {
        "riunione": trovata,
        "accordo": accordo,
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "marca": "" if approvato else "Verbale non ancora approvato",
        "piede": f"SHA-256 {trovata.impronta}" if approvato else "",
        "presenti": [c for c in interrogazioni.convocazioni(trovata) if c.presente],
        "punti": trovata.punti.all(),
    }
    pdf = componi(
        "stampa/verbale.html",
        contesto,
        titolo=f"Verbale: {trovata.titolo}",
        creato=trovata.verbale_approvato_il,
    )
    nome = f"verbale-{slugify(trovata.titolo)}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{nome}"'}
    )
