"""The points of a meeting: given by each body, or for it on what it said in the room; the tally; what was agreed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.enti.models import Ente
from accordo.iter import permessi
from accordo.iter.forms import MotivazioneForm
from accordo.iter.views.comuni import accordo_visibile
from focusgroup import interrogazioni, servizi
from focusgroup import permessi as miei
from focusgroup.forms import ApriPrioritaForm, ConcordaForm, PuntiForm
from focusgroup.models import Priorita, Riunione
from focusgroup.stati_verbale import StatoPriorita
from focusgroup.views.comuni import (
    DA_SCRIVERE,
    FORMULARIO,
    briciole,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)


def _priorita(riunione: Riunione) -> Priorita | None:
    trovata = Priorita.objects.filter(riunione=riunione).first()
    if trovata is not None:
        trovata.riunione = riunione
    return trovata


@require_http_methods(FORMULARIO)
def priorita(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show the tally and who has given points; who leads sets how many points there are."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    punti = _priorita(trovata)
    coordina = permessi.coordina(request.agente, accordo)
    si_apre = (
        coordina and trovata.stato in DA_SCRIVERE and (punti is None or punti.stato == StatoPriorita.APERTA)
    )
    if punti is None and not coordina:
        raise Http404
    iniziali = {"punti_per_ente": punti.punti_per_ente} if punti else {}
    form = ApriPrioritaForm(inviato(request), initial=iniziali) if si_apre else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            with nel_modulo(form):
                servizi.apri_priorita(trovata, form.cleaned_data["punti_per_ente"], da=request.agente)
                messages.success(request, "Gli enti possono dare i punti.")
                return redirect(trovata.url("priorita"))
    convocazioni = list(interrogazioni.convocazioni(trovata).filter(ospite=False))
    dati = interrogazioni.dati_da(punti) if punti else {}
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "priorita": punti,
        "coordina": coordina,
        "form": form,
        "aperta": punti is not None and punti.stato == StatoPriorita.APERTA and trovata.stato in DA_SCRIVERE,
        "classifica": interrogazioni.classifica(punti) if punti else (),
        "enti": [
            (c, dati.get(c.ente_id, 0), punti is not None and miei.da_punti(request.agente, punti, c.ente))
            for c in convocazioni
        ],
        "riaprire": coordina
        and punti is not None
        and punti.stato == StatoPriorita.CONCORDATA
        and trovata.stato in DA_SCRIVERE,
    }
    return render(request, "focusgroup/priorita.html", contesto, status=stato_http(form) if form else 200)


@require_http_methods(FORMULARIO)
def punti_ente(request: RichiestaAutenticata, slug: str, pk: int, ente: str) -> HttpResponse:
    """Distribute a body's points."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    punti = _priorita(trovata)
    corpo = get_object_or_404(
        Ente.objects.filter(convocazioni__riunione=trovata, convocazioni__ospite=False), codice=ente
    )
    if (
        punti is None
        or punti.stato != StatoPriorita.APERTA
        or trovata.stato not in DA_SCRIVERE
        or not miei.da_punti(request.agente, punti, corpo)
    ):
        raise Http404
    rilievi = list(interrogazioni.in_discussione(trovata)[: interrogazioni.IN_DISCUSSIONE])
    gia = dict(punti.punti.filter(ente=corpo).values_list("rilievo", "punti"))
    form = PuntiForm(inviato(request), rilievi=rilievi, totale=punti.punti_per_ente, dati=gia)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.dai_punti(punti, corpo, form.punti(), da=request.agente)
            messages.success(request, f"{corpo.denominazione}: punti registrati.")
            return redirect(trovata.url("priorita"))
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "priorita": punti,
        "ente": corpo,
        "form": form,
        "righe": [(rilievo, form[f"punti_{rilievo.pk}"]) for rilievo in rilievi],
    }
    return render(request, "focusgroup/punti_ente.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def concorda(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write what was agreed."""
    trovata = riunione_coordinata(request, slug, pk)
    punti = _priorita(trovata)
    if punti is None or punti.stato != StatoPriorita.APERTA:
        raise Http404
    form = ConcordaForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.concorda(punti, form.cleaned_data["nota"], da=request.agente)
            messages.success(
                request, "La priorità concordata è scritta nella riunione e accanto a ogni rilievo."
            )
            return redirect(trovata.url("priorita"))
    contesto = {
        "accordo": trovata.accordo,
        "titolo": "Registra la priorità concordata",
        "testo": trovata.titolo,
        "effetti": [
            "I punti non si danno più.",
            "La somma e le parole che scrivi restano nel verbale e accanto a ogni rilievo.",
        ],
        "form": form,
        "etichetta": "Registra la priorità",
        "url_annulla": trovata.url("priorita"),
        "briciole": [*briciole(trovata), ("Che cosa viene prima", trovata.url("priorita"))],
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_http_methods(FORMULARIO)
def riapri_priorita(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Open the points again, with a reason."""
    trovata = riunione_coordinata(request, slug, pk)
    punti = _priorita(trovata)
    if punti is None or punti.stato != StatoPriorita.CONCORDATA:
        raise Http404
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.riapri_priorita(punti, motivazione=form.cleaned_data["motivazione"], da=request.agente)
            messages.success(request, "I punti sono di nuovo aperti.")
            return redirect(trovata.url("priorita"))
    contesto = {
        "accordo": trovata.accordo,
        "titolo": "Riapri i punti",
        "testo": trovata.titolo,
        "effetti": ["Gli enti possono cambiare i punti. Quello che era stato concordato resta scritto."],
        "form": form,
        "etichetta": "Riapri i punti",
        "url_annulla": trovata.url("priorita"),
        "briciole": [*briciole(trovata), ("Che cosa viene prima", trovata.url("priorita"))],
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))
