"""Giving the results back, and saying that they were read."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import fasi, permessi
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from questionari import interrogazioni, servizi
from questionari.forms import PubblicazioneForm
from questionari.views.esiti.comuni import vede

RESTITUZIONE = "restituzione"


@require_http_methods(["GET", "HEAD", "POST"])
def pubblica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Give the results back: a page that says what will happen, and the press."""
    accordo = accordo_coordinato(request, slug)
    form = PubblicazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        servizi.pubblica_restituzione(accordo, da=request.agente, nota=form.cleaned_data["nota"])
        messages.success(request, "Esiti pubblicati: gli enti sono stati avvisati.")
        return redirect("questionari:esiti", slug=slug)
    restituzione = interrogazioni.restituzione_di(accordo)
    gia = restituzione is not None and restituzione.pubblicata_il is not None
    possibile = fasi.in_fase(accordo, RESTITUZIONE) and not gia
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": accordo,
            "titolo": "Pubblica gli esiti",
            "testo": "Gli esiti sono già pubblicati."
            if gia
            else "Gli esiti del questionario tornano a chi ha risposto."
            if possibile
            else "Gli esiti si pubblicano nella fase della restituzione.",
            "effetti": [
                "Tutti gli enti che partecipano all'accordo leggono gli esiti, domanda per domanda e ambito per ambito.",
                "Le risposte riservate non si vedono; le altre solo in gruppi di almeno "
                f"{accordo.soglia_aggregati} enti.",
                "La relazione di restituzione si scrive in PDF e si conserva com'è oggi: ci vuole qualche secondo.",
                "Da qui in poi i numeri non cambiano più, nemmeno se un ente corregge una risposta.",
                "La pubblicazione resta nel registro e non si ritira.",
            ]
            if possibile
            else [],
            "avvisati": "Referenti, rappresentanti e osservatori di tutti gli enti." if possibile else "",
            "form": form if possibile else None,
            "etichetta": "Pubblica gli esiti" if possibile else "",
            "url_annulla": reverse("questionari:esiti", args=[slug]),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def segna_letti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """ "Ho letto gli esiti", for the body that the person acts for."""
    accordo = accordo_visibile(request, slug)
    legge, _ = vede(request, accordo)
    if not legge or permessi.coordina(request.agente, accordo):
        raise Http404
    servizi.segna_letti(accordo, da=request.agente)
    messages.success(request, "Grazie: risulta che il tuo ente ha letto gli esiti.")
    return redirect("questionari:esiti", slug=slug)
