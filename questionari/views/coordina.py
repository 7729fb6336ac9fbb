"""The coordinator's side: one body's answer, reopening, reminders."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accordo.base.parole import elenca
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from accordo.iter.motore import azioni
from questionari import interrogazioni, presentazione, servizi
from questionari.forms import MotivazioneForm
from questionari.models import Compilazione
from questionari.stati import StatoCompilazione
from questionari.views.comune import accordo_o_404


def _compilazione_o_404(request: RichiestaAutenticata, slug: str, ente: str) -> Compilazione:
    compilazione = get_object_or_404(
        interrogazioni.compilazioni_visibili_a(request.agente),
        questionario__accordo__slug=slug,
        ente__codice=ente,
    )
    if not permessi.coordina(request.agente, compilazione.accordo):
        raise Http404
    return compilazione


def ente(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """What a body sent, for the coordinator (the "segreteria tecnica"). Nothing of what is still being written."""
    compilazione = _compilazione_o_404(request, slug, ente)
    inviata = compilazione.stato == StatoCompilazione.INVIATA
    return render(
        request,
        "questionari/ente.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invii": list(compilazione.invii.all()),
            "sezioni": presentazione.riepilogo(
                compilazione.questionario.struttura,
                compilazione.ente.tipo,
                compilazione.valori,
                interrogazioni.presenti(compilazione),
            )
            if inviata
            else [],
            "azioni": {a.transizione.verbo: a for a in azioni(compilazione, request.agente)},
        },
    )


def riapri(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Let a body correct what it sent."""
    compilazione = _compilazione_o_404(request, slug, ente)
    form = MotivazioneForm(
        request.POST if request.method == "POST" else None,
        etichetta="Perché si riapre",
        aiuto="La motivazione arriva all'ente e resta nel registro.",
    )
    indietro = reverse("questionari:ente", args=[slug, ente])
    if request.method == "POST" and form.is_valid():
        servizi.riapri(compilazione, da=request.agente, motivazione=form.cleaned_data["motivazione"])
        messages.success(request, f"Questionario riaperto: {compilazione.ente.denominazione}.")
        return redirect(indietro)
    azione = next((a for a in azioni(compilazione, request.agente) if a.transizione.verbo == "riapri"), None)
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Riapri il questionario",
            "testo": f"{compilazione.ente.con_articolo} potrà correggere le risposte e inviarle di nuovo.",
            "effetti": [
                "L'invio già fatto resta, con la sua ricevuta.",
                "Quello nuovo avrà il numero successivo e di nuovo la convalida di chi rappresenta l'ente.",
            ],
            "avvisati": "Il referente e chi rappresenta l'ente ricevono la motivazione.",
            "form": form,
            "mancanze": azione.mancanze if azione else (),
            "etichetta": "Riapri il questionario" if azione and azione.possibile else "",
            "url_annulla": indietro,
        },
        status=422 if form.errors else 200,
    )


def sollecita(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Remind who has not sent."""
    accordo = accordo_o_404(request, slug)
    if not permessi.coordina(request.agente, accordo):
        raise Http404
    if request.method == "POST":
        sollecitati = servizi.sollecita(accordo, da=request.agente)
        messages.success(request, f"Sollecito inviato a {elenca([c.ente.nome_breve for c in sollecitati])}.")
        return redirect("questionari:questionario", slug=slug)
    nomi = [c.ente.nome_breve for c in interrogazioni.non_inviate(accordo)]
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": accordo,
            "titolo": "Sollecita chi non ha risposto",
            "testo": f"Non hanno ancora inviato il questionario: {elenca(nomi)}."
            if nomi
            else "Hanno risposto tutti.",
            "effetti": [
                "Referenti e rappresentanti di questi enti ricevono un messaggio con il termine.",
                "Il sollecito resta nel registro. Ogni ente ne riceve al massimo uno al giorno.",
            ],
            "etichetta": "Invia il sollecito" if nomi else "",
            "url_annulla": reverse("questionari:questionario", args=[slug]),
        },
    )
