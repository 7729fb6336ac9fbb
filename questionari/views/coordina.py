"""The coordinator's side: one body's answer, reopening, reminders."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.parole import elenca
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.motore import azioni
from questionari import interrogazioni, presentazione, servizi
from questionari.forms import MotivazioneForm
from questionari.forms_esiti import SollecitiForm
from questionari.models import Compilazione, Questionario
from questionari.stati import StatoCompilazione
from questionari.views.comune import accordo_o_404

NOMI = 12
"""How many bodies a sentence names before it says how many others."""


def compilazione_o_404(request: RichiestaAutenticata, slug: str, ente: str) -> Compilazione:
    """The answer of a body, for who leads the accord."""
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
    compilazione = compilazione_o_404(request, slug, ente)
    inviata = compilazione.stato == StatoCompilazione.INVIATA
    return render(
        request,
        "questionari/ente.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "invii": list(compilazione.invii.select_related("trascrizione")),
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
    compilazione = compilazione_o_404(request, slug, ente)
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
    if azione is None and not form.is_bound:
        niente = (
            f"{compilazione.ente.denominazione}: le risposte non sono inviate, non c'è niente da riaprire."
        )
        messages.info(request, niente)
        return redirect(indietro)
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


@require_http_methods(["GET", "HEAD", "POST"])
def sollecita(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Remind who has not sent."""
    accordo = accordo_o_404(request, slug)
    questionario = interrogazioni.questionario_aperto(accordo)
    if not permessi.coordina(request.agente, accordo):
        raise Http404
    if request.method == "POST":
        sollecitati = servizi.sollecita(accordo, da=request.agente)
        nomi = elenca([c.ente.nome_breve for c in sollecitati], NOMI)
        messages.success(request, f"Sollecito inviato a {nomi}.")
        return redirect("questionari:questionario", slug=slug)
    scelte = list(servizi.da_sollecitare(questionario)) if questionario else []
    mancano = interrogazioni.non_inviate(accordo).count()
    nomi = elenca([c.ente.nome_breve for c in scelte], NOMI)
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": accordo,
            "titolo": "Sollecita chi non ha risposto",
            "testo": f"Ricevono il sollecito {len(scelte)} dei {mancano} enti che non hanno inviato: {nomi}."
            if scelte
            else "Hanno risposto tutti."
            if not mancano
            else "Chi non ha inviato ha già avuto un sollecito di recente, o tutti quelli previsti.",
            "effetti": [
                "Referenti e rappresentanti di questi enti ricevono un messaggio con il termine.",
                "Il sollecito resta nel registro.",
                *_regola(questionario),
            ],
            "etichetta": "Invia il sollecito" if scelte else "",
            "url_annulla": reverse("questionari:questionario", args=[slug]),
        },
    )


def _regola(questionario: Questionario | None) -> list[str]:
    if questionario is None:
        return []
    ogni, volte = questionario.sollecito_ogni, questionario.solleciti_al_massimo
    giorni = "al massimo uno al giorno" if ogni == 1 else f"al massimo uno ogni {ogni} giorni"
    return [f"Ogni ente ne riceve {giorni}, e {volte} in tutto."]


@require_http_methods(["GET", "HEAD", "POST"])
def regole(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """How often, and how many times, a body is reminded."""
    accordo = accordo_o_404(request, slug)
    questionario = interrogazioni.questionario_aperto(accordo)
    if questionario is None or not permessi.coordina(request.agente, accordo):
        raise Http404
    iniziali = {"ogni": questionario.sollecito_ogni, "al_massimo": questionario.solleciti_al_massimo}
    form = SollecitiForm(inviato(request), initial=iniziali)
    if request.method == "POST" and form.is_valid():
        servizi.regola_solleciti(questionario, **form.cleaned_data, da=request.agente)
        messages.success(request, "Le regole dei solleciti sono cambiate.")
        return redirect("questionari:questionario", slug=slug)
    contesto = {
        "accordo": accordo,
        "titolo": "Regole dei solleciti",
        "testo": "I solleciti vanno solo a chi non ha inviato il questionario.",
        "form": form,
        "etichetta": "Salva le regole",
        "url_annulla": reverse("questionari:questionario", args=[slug]),
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)
