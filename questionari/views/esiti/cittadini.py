"""The results as citizens read them: the very same numbers that the bodies read, once the accord has opened them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.allegati import servi
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.interrogazioni import accordi_pubblici
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from questionari import interrogazioni, servizi
from questionari.esiti import forze, prospetti
from questionari.esiti import tasso as tassi
from questionari.esiti.arrivi import arrivi
from questionari.esiti.esporta import Lettore
from questionari.esiti.quadro import DIMENSIONI, Quadro, quadro_di
from questionari.views.esiti.comuni import dimensione, indice_delle_sezioni
from questionari.views.esiti.esporta import da_scaricare


def _quadro(slug: str) -> Quadro:
    """The published results of a public accord, if citizens may read them; the same for everybody, whoever asks."""
    accordo = get_object_or_404(accordi_pubblici(), slug=slug)
    restituzione = interrogazioni.restituzione_di(accordo)
    if restituzione is None or restituzione.pubblicata_il is None or restituzione.aperta_il is None:
        raise Http404
    quadro = quadro_di(accordo, restituzione)
    if quadro is None:
        raise Http404
    return quadro


@login_not_required
@require_safe
def risultati(request: Richiesta, slug: str) -> HttpResponse:
    """Who has answered, the way to each section, the data to take away."""
    quadro = _quadro(slug)
    tasso = tassi.tasso(quadro)
    contesto = {
        "accordo": quadro.accordo,
        "quadro": quadro,
        "restituzione": quadro.restituzione,
        "soglia": quadro.soglia,
        "tasso": tasso,
        "tabelle_tasso": [tasso.tabella(0), tasso.tabella(1)],
        "grafico_tasso": tasso.grafico(),
        "mappa": tassi.mappa(quadro),
        "arrivi": arrivi(quadro),
        "fuori": list(dict.fromkeys(strato.ambito for strato in quadro.fuori)),
        "sezioni": indice_delle_sezioni(quadro),
        "ambiti": list(forze.per_ambito(quadro).items()),
    }
    return render(request, "questionari/risultati.html", contesto)


@login_not_required
@require_safe
def sezione(request: Richiesta, slug: str, codice: str) -> HttpResponse:
    """The results of one section."""
    quadro = _quadro(slug)
    sezioni = list(quadro.struttura.sezioni)
    posto = next((i for i, s in enumerate(sezioni) if s.codice == codice), None)
    if posto is None:
        raise Http404
    per = dimensione(request)
    contesto = {
        "accordo": quadro.accordo,
        "quadro": quadro,
        "soglia": quadro.soglia,
        "sezioni": sezioni,
        "sezione": sezioni[posto],
        "posto": posto + 1,
        "per": per,
        "dimensioni": DIMENSIONI.items(),
        "esiti": prospetti.esiti(quadro, sezioni[posto].chieste, per),
        "precedente": sezioni[posto - 1] if posto else None,
        "successiva": sezioni[posto + 1] if posto + 1 < len(sezioni) else None,
        "vista_sezione": "questionari:risultati_sezione",
        "cittadini": True,
    }
    return render(request, "questionari/esiti_sezione.html", contesto)


@login_not_required
@require_safe
def dati(request: Richiesta, slug: str, formato: str) -> HttpResponse | FileResponse | StreamingHttpResponse:
    """The data, as a body's observer gets them: `pubblica` answers by name, the others in groups."""
    return da_scaricare(_quadro(slug), Lettore(), formato)


@login_not_required
@require_safe
def relazione(request: Richiesta, slug: str) -> HttpResponse | FileResponse:
    """The report as it was published."""
    restituzione = _quadro(slug).restituzione
    if restituzione is None or not restituzione.relazione:
        raise Http404
    return servi(restituzione.relazione, f"relazione-di-restituzione-{slug}.pdf", in_pagina=True)


@require_http_methods(["GET", "HEAD", "POST"])
def apri(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Let citizens read them: a page that says what will happen, and the press."""
    accordo = accordo_coordinato(request, slug)
    if request.method == "POST":
        servizi.apri_ai_cittadini(accordo, da=request.agente)
        messages.success(request, "Gli esiti si leggono anche senza entrare nel portale.")
        return redirect("questionari:risultati", slug=slug)
    ostacolo = _ostacolo(accordo)
    contesto = {
        "accordo": accordo,
        "titolo": "Apri gli esiti ai cittadini",
        "testo": ostacolo or "Chiunque potrà leggere gli esiti del questionario, senza entrare nel portale.",
        "effetti": []
        if ostacolo
        else [
            "I cittadini leggono gli stessi numeri che leggono gli enti, né uno di più né uno di meno.",
            "Le risposte pubbliche si leggono con il nome dell'ente, anche nei dati da scaricare.",
            "Le risposte riservate non si vedono; le altre solo in gruppi.",
            "La pagina dell'accordo porta agli esiti. L'apertura resta nel registro e non si ritira.",
        ],
        "etichetta": "" if ostacolo else "Apri gli esiti ai cittadini",
        "url_annulla": reverse("questionari:esiti", args=[slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


def _ostacolo(accordo: Accordo) -> str:
    """Why they cannot be opened now; empty if they can."""
    restituzione = interrogazioni.restituzione_di(accordo)
    if not accordo.pubblico:
        return "Questo accordo non è pubblico: i suoi esiti li leggono solo gli enti che partecipano."
    if restituzione is None or restituzione.pubblicata_il is None:
        return "Prima gli esiti tornano agli enti che hanno risposto."
    return "I cittadini leggono già gli esiti." if restituzione.aperta_il else ""
