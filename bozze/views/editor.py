"""Writing in place: each key of the editor is one of these, and each of these is also a button that works without JavaScript."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from bozze.forms.redazione import IncollaForm, NuovaForm, ScrittoForm
from bozze.interrogazioni.scheda import rinvii_a
from bozze.interrogazioni.testo import TestoInLavoro, bozza_di, testo_in_lavoro
from bozze.models import NodoBozza
from bozze.models.scrittura import Verbo
from bozze.servizi import testo as servizi
from bozze.testo.albero import CON_RUBRICA
from bozze.testo.confronto import confronta_parole
from bozze.testo.numerazione import nomi
from bozze.views.bozza import cambi, in_luogo, lavoro_o_404, nodo_o_404, quadro, rifiuto, torna

MUOVE: dict[str, tuple[Callable[..., NodoBozza], dict[str, Any], str]] = {
    "su": (servizi.sposta_disposizione, {"verso": -1}, "Spostata in alto"),
    "giu": (servizi.sposta_disposizione, {"verso": 1}, "Spostata in basso"),
    "promuovi": (servizi.promuovi_disposizione, {}, "Promossa"),
    "retrocedi": (servizi.retrocedi_disposizione, {}, "Retrocessa"),
}
RIPENSA: dict[str, tuple[Callable[..., Any], str]] = {
    "annulla": (servizi.annulla_ultima, "Annullato"),
    "ripeti": (servizi.ripeti_ultima, "Ripetuto"),
}


def _nome(accordo: Accordo, codice: UUID | str) -> str:
    lavoro = testo_in_lavoro(accordo)
    detti = nomi(lavoro.testo) if lavoro else {}
    return detti[str(codice)].esteso if str(codice) in detti else ""


def _errore(form: forms.Form) -> ErroreDominio:
    return ErroreDominio(" ".join(str(errore) for errori in form.errors.values() for errore in errori))


@require_POST
def salva(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Write the words typed in place; who was slower gets both texts, and nothing is overwritten."""
    accordo = accordo_coordinato(request, slug)
    if bozza_di(accordo) is None:
        raise Http404
    form = ScrittoForm(request.POST)
    if not form.is_valid():
        return rifiuto(request, accordo, _errore(form), codice)
    nodo = NodoBozza.objects.filter(bozza__accordo=accordo, codice=codice).first()
    con_rubrica = nodo is not None and nodo.tipo in CON_RUBRICA
    scritto = form.cleaned_data["testo"]
    try:
        servizi.modifica_disposizione(
            accordo,
            codice,
            testo=nodo.testo if nodo and con_rubrica else scritto,
            rubrica=scritto if con_rubrica else "",
            revisione_attesa=form.cleaned_data["revisione"],
            da=request.agente,
            seguita=form.cleaned_data["seguita"],
        )
    except servizi.TestoCambiato as conflitto:
        suo = conflitto.attuale.rubrica if con_rubrica else conflitto.attuale.testo
        return cambi(
            request,
            accordo,
            annuncio=conflitto.testo,
            codice=codice,
            esito="conflitto",
            status=409,
            conflitto=conflitto,
            suo=suo,
            differenze=confronta_parole(suo, scritto),
        )
    except ErroreDominio as errore:
        return rifiuto(request, accordo, errore, codice)
    return cambi(request, accordo, codice=codice)


@require_POST
def nuova(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Add what was typed in place beside or inside another disposition."""
    accordo = accordo_coordinato(request, slug)
    lavoro_o_404(accordo)
    form = NuovaForm(request.POST)
    if not form.is_valid():
        return rifiuto(request, accordo, _errore(form))
    dati = form.cleaned_data
    con_rubrica = dati["tipo"] in CON_RUBRICA
    try:
        nodo = servizi.aggiungi_disposizione(
            accordo,
            tipo=dati["tipo"],
            posizione=dati["posizione"],
            riferimento=codice,
            testo="" if con_rubrica else dati["testo"],
            rubrica=dati["testo"] if con_rubrica else "",
            da=request.agente,
            codice=dati["codice"],
        )
    except ErroreDominio as errore:
        return rifiuto(request, accordo, errore)
    return cambi(request, accordo, codice=nodo.codice, annuncio=f"Aggiunto: {_nome(accordo, nodo.codice)}.")


@require_POST
def incolla(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Add several pasted lines as dispositions."""
    accordo = accordo_coordinato(request, slug)
    lavoro_o_404(accordo)
    form = IncollaForm(request.POST)
    if not form.is_valid():
        return rifiuto(request, accordo, _errore(form))
    dati = form.cleaned_data
    try:
        nuove = servizi.incolla_disposizioni(
            accordo,
            dati["testo"],
            tipo=dati["tipo"],
            posizione=dati["posizione"],
            riferimento=codice,
            da=request.agente,
        )
    except ErroreDominio as errore:
        return rifiuto(request, accordo, errore)
    quante = "una disposizione" if len(nuove) == 1 else f"{len(nuove)} disposizioni"
    return cambi(request, accordo, codice=nuove[-1], annuncio=f"Incollate come {quante}.")


@require_POST
def sposta(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Move a disposition up or down, promote it, demote it."""
    accordo = accordo_coordinato(request, slug)
    nodo_o_404(lavoro_o_404(accordo), codice)
    fai, argomenti, detto = MUOVE.get(request.POST.get("verso", ""), MUOVE["giu"])
    try:
        fai(accordo, codice, **argomenti, da=request.agente)
    except ErroreDominio as errore:
        if in_luogo(request):
            return rifiuto(request, accordo, errore, codice)
        messages.warning(request, errore.testo)
        return torna(accordo, codice)
    annuncio = f"{detto}: ora è {_nome(accordo, codice)}."
    if in_luogo(request):
        return cambi(request, accordo, codice=codice, annuncio=annuncio)
    messages.success(request, annuncio)
    return torna(accordo, codice)


@require_POST
def unisci(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Join a disposition to the one before it."""
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    if in_luogo(request) and str(codice) not in lavoro.revisioni:
        return rifiuto(request, accordo, ErroreDominio("Questa disposizione non c'è più."))
    nodo_o_404(lavoro, codice)
    try:
        prima = servizi.unisci_disposizione(
            accordo, codice, revisione_attesa=_revisione(request), da=request.agente
        )
    except ErroreDominio as errore:
        if in_luogo(request):
            return rifiuto(request, accordo, errore, codice)
        messages.warning(request, errore.testo)
        return torna(accordo, codice)
    annuncio = f"Unita alla precedente: {_nome(accordo, prima.codice)}. Con «Annulla» torna com'era."
    if in_luogo(request):
        return cambi(request, accordo, codice=prima.codice, annuncio=annuncio)
    messages.success(request, annuncio)
    return torna(accordo, prima.codice)


@require_POST
def obiettivi(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Cite an objective of the accord, or cite it no more."""
    accordo = accordo_coordinato(request, slug)
    nodo_o_404(lavoro_o_404(accordo), codice)
    aggiungi, togli = request.POST.get("aggiungi", ""), request.POST.get("togli", "")
    try:
        servizi.cita_obiettivi(
            accordo,
            codice,
            aggiungi=[aggiungi] if aggiungi else [],
            togli=[togli] if togli else [],
            da=request.agente,
        )
    except ErroreDominio as errore:
        if in_luogo(request):
            return rifiuto(request, accordo, errore, codice)
        messages.warning(request, errore.testo)
        return redirect("bozze:scheda", slug=slug, codice=codice)
    annuncio = f"Obiettivo {aggiungi} collegato." if aggiungi else f"Obiettivo {togli} tolto."
    if in_luogo(request):
        return cambi(request, accordo, codice=codice, annuncio=annuncio)
    messages.success(request, annuncio)
    return redirect("bozze:scheda", slug=slug, codice=codice)


@require_POST
def ripensa(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Undo the last thing this person did, or do it again."""
    accordo = accordo_coordinato(request, slug)
    lavoro_o_404(accordo)
    fai, detto = RIPENSA.get(request.POST.get("cosa", ""), RIPENSA["annulla"])
    try:
        fatta = fai(accordo, da=request.agente)
    except ErroreDominio as errore:
        if in_luogo(request):
            return rifiuto(request, accordo, errore)
        messages.warning(request, errore.testo)
        return torna(accordo)
    traccia = fatta.tracce.exclude(genere="rinvio").first()
    dove = traccia.disposizione if traccia else None
    intero = fatta.verbo == Verbo.CARICA
    annuncio = (
        f"{detto}: il testo caricato." if intero else f"{detto}: {traccia.nome}." if traccia else f"{detto}."
    )
    if in_luogo(request):
        return cambi(request, accordo, codice=dove or "", annuncio=annuncio)
    messages.success(request, annuncio)
    return torna(accordo, dove)


@require_http_methods(["GET", "HEAD", "POST"])
def sopprimi(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Delete a disposition, confirmed on a page that shows what goes with it and what speaks of it.

    In place, what has nothing below and is spoken of by nothing goes at once: «Annulla» brings it back.
    """
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    nodo = nodo_o_404(lavoro, codice)
    rinvii = rinvii_a(lavoro, nodo)
    if request.method == "POST":
        if in_luogo(request):
            return _sopprimi_in_luogo(request, accordo, lavoro, codice, bool(nodo.figli or rinvii))
        servizi.sopprimi_disposizione(
            accordo, codice, revisione_attesa=_revisione(request), da=request.agente
        )
        messages.success(request, "La disposizione è tolta dalla bozza. «Annulla» la rimette.")
        return torna(accordo)
    contesto = quadro(
        accordo,
        nodo=nodo,
        nome=nomi(lavoro.testo)[nodo.id],
        revisione=lavoro.revisioni[nodo.id],
        rinvii=rinvii,
        sotto=sum(1 for _ in nodo.discendenti()) - 1,
    )
    return render(request, "bozze/testo/sopprimi.html", contesto)


def _revisione(request: RichiestaAutenticata) -> int:
    revisione = request.POST.get("revisione", "")
    return int(revisione) if revisione.isdecimal() and len(revisione) < 10 else -1


def _sopprimi_in_luogo(
    request: RichiestaAutenticata, accordo: Accordo, lavoro: TestoInLavoro, codice: UUID, chiedi: bool
) -> HttpResponse:
    if chiedi:
        url = reverse("bozze:sopprimi", args=[accordo.slug, codice])
        return cambi(request, accordo, codice=codice, esito="vai", vai=url)
    nome = nomi(lavoro.testo)[str(codice)].esteso
    try:
        servizi.sopprimi_disposizione(
            accordo, codice, revisione_attesa=_revisione(request), da=request.agente
        )
    except ErroreDominio as errore:
        return rifiuto(request, accordo, errore, codice)
    return cambi(request, accordo, annuncio=f"Eliminato: {nome}. Con «Annulla» torna.")


@require_POST
def ripristina(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Write again what a disposition said once."""
    accordo = accordo_coordinato(request, slug)
    nodo_o_404(lavoro_o_404(accordo), codice)
    traccia = request.POST.get("traccia", "")
    numero = int(traccia) if traccia.isdecimal() and len(traccia) < 15 else 0
    try:
        servizi.ripristina(accordo, codice, numero, revisione_attesa=_revisione(request), da=request.agente)
    except ErroreDominio as errore:
        if in_luogo(request):
            return rifiuto(request, accordo, errore, codice)
        messages.warning(request, errore.testo)
        return redirect("bozze:scheda", slug=slug, codice=codice)
    ora = timezone.localtime(orologio.adesso())
    annuncio = f"Ripristinato alle {ora.hour}.{ora.minute:02d}: {_nome(accordo, codice)}."
    if in_luogo(request):
        return cambi(request, accordo, codice=codice, annuncio=annuncio)
    messages.success(request, annuncio)
    return torna(accordo, codice)


@require_POST
def aggiorna(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """What has changed since the page was drawn."""
    accordo = accordo_coordinato(request, slug)
    lavoro_o_404(accordo)
    return cambi(request, accordo)
