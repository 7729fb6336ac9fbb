"""The reading list of the free texts: the coordinator marks and searches all, the others read what is public."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from questionari import interrogazioni, servizi
from questionari.definizione import PUBBLICA
from questionari.esiti import letture
from questionari.esiti.quadro import Quadro, quadro_di
from questionari.forms_esiti import PassoForm, RilievoDaPassoForm
from questionari.models import Passo, Tema
from questionari.views.esiti.comuni import cornice, quadro_o_404

PER_PAGINA = 15


@require_safe
def elenco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Read, by question, theme and words."""
    quadro = quadro_o_404(request, slug)
    coordina = permessi.coordina(request.agente, quadro.accordo)
    scelta = {chiave: request.GET.get(chiave, "").strip() for chiave in ("domanda", "tema", "cerca")}
    testi = letture.leggibili(quadro, tutte=coordina)
    if scelta["domanda"]:
        testi = testi.filter(domanda=scelta["domanda"])
    if coordina and scelta["tema"].isdigit():
        passi = Passo.objects.filter(tema=int(scelta["tema"]), tema__accordo=quadro.accordo)
        testi = testi.filter(scheda__invio__passi__in=passi).distinct()
    testi = letture.cerca(testi, scelta["cerca"])
    pagina = Paginator(testi, PER_PAGINA).get_page(request.GET.get("page"))
    contesto: dict[str, Any] = cornice(request, quadro) | {
        "page_obj": pagina,
        "letture": letture.letture(quadro, pagina.object_list, con_passi=coordina),
        "domande": [
            (d.codice, quadro.struttura.numeri[d.codice], d.testo)
            for d in letture.domande(quadro, tutte=coordina)
        ],
        "temi": Tema.objects.filter(accordo=quadro.accordo).annotate(quanti=Count("passi"))
        if coordina
        else (),
        "scelta": scelta,
        "filtrato": any(scelta.values()),
    }
    return render(request, "questionari/esiti_testi.html", contesto)


def _quadro(accordo: Accordo) -> Quadro:
    quadro = quadro_di(accordo, interrogazioni.restituzione_di(accordo))
    if quadro is None:
        raise Http404
    return quadro


def _indietro(request: RichiestaAutenticata, slug: str) -> str:
    """The reading list as it was, by the part of its address that the form sends back."""
    chiesto = request.POST.get("elenco", "")
    return reverse("questionari:esiti_testi", args=[slug]) + (f"?{chiesto}" if chiesto else "")


@require_POST
def segna(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Put a passage under a theme."""
    accordo = accordo_coordinato(request, slug)
    form = PassoForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Servono il tema e il passo.")
        return redirect(_indietro(request, slug))
    testo = get_object_or_404(letture.leggibili(_quadro(accordo), tutte=True), pk=form.cleaned_data["testo"])
    passo = servizi.segna_passo(
        testo, form.cleaned_data["tema"], form.cleaned_data["citazione"], accordo=accordo, da=request.agente
    )
    messages.success(request, f"Segnato sotto «{passo.tema.nome}».")
    return redirect(_indietro(request, slug))


def _passo(request: RichiestaAutenticata, slug: str, pk: int) -> tuple[Accordo, Passo]:
    accordo = accordo_coordinato(request, slug)
    passi = Passo.objects.filter(tema__accordo=accordo).select_related(
        "tema__accordo__promotore", "invio__compilazione__ente__ambito", "rilievo__accordo"
    )
    return accordo, get_object_or_404(passi, pk=pk)


@require_POST
def togli(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Take a passage from under its theme."""
    _, passo = _passo(request, slug, pk)
    servizi.togli_passo(passo, da=request.agente)
    messages.success(request, "Il passo non è più segnato.")
    return redirect(_indietro(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def rilievo(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Make a rilievo of a passage: its words are there already, where they may be told."""
    accordo, passo = _passo(request, slug, pk)
    if passo.rilievo is not None:
        return redirect(passo.rilievo)
    quadro = _quadro(accordo)
    pubblica = quadro.effettive.get(passo.domanda) == PUBBLICA
    form = RilievoDaPassoForm(
        inviato(request), initial={"tipo": "criticita", "testo": passo.citazione[:300] if pubblica else ""}
    )
    if request.method == "POST" and form.is_valid():
        scritto = servizi.rilievo_da_passo(quadro, passo, **form.cleaned_data, da=request.agente)
        messages.success(request, f"È nato il rilievo {scritto.numero}, con il passo da cui viene.")
        return redirect(scritto)
    contesto = {
        "accordo": accordo,
        "titolo": "Fanne un rilievo",
        "testo": f"«{passo.citazione}»",
        "effetti": [
            f"Il rilievo è dell'ambito {passo.invio.compilazione.ente.ambito.nome}.",
            "La fonte riporta il passo e il nome dell'ente: la risposta è pubblica."
            if pubblica
            else "La risposta non è pubblica: la fonte non la riporta e non nomina l'ente. Scrivi con parole tue.",
        ],
        "form": form,
        "etichetta": "Scrivi il rilievo",
        "url_annulla": reverse("questionari:esiti_testi", args=[slug]),
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)
