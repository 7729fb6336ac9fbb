"""From the answers to the sending: summary, validation, sending back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from accordo.iter.motore import Azione, azioni
from questionari import interrogazioni, permessi, presentazione, servizi
from questionari.forms import MotivazioneForm
from questionari.models import Compilazione
from questionari.stati import FASE, StatoCompilazione, tutte_le_risposte
from questionari.views.comune import propria_o_404


def _azione(request: RichiestaAutenticata, compilazione: Compilazione, verbo: str) -> Azione | None:
    return next((a for a in azioni(compilazione, request.agente) if a.transizione.verbo == verbo), None)


def riepilogo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """All answers in words on one page: what the representative puts their name to."""
    compilazione = propria_o_404(request, slug)
    return render(
        request,
        "questionari/riepilogo.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "sezioni": presentazione.riepilogo(
                compilazione.questionario.struttura,
                compilazione.ente.tipo,
                compilazione.valori,
                interrogazioni.presenti(compilazione),
            ),
            "azioni": {a.transizione.verbo: a for a in azioni(compilazione, request.agente)},
            "da_se": permessi.fa_da_se(request.agente, compilazione),
            "compila": permessi.compila(request.agente, compilazione)
            and compilazione.si_compila
            and fasi.in_fase(compilazione.accordo, FASE),
        },
    )


def invia_alla_convalida(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The referente hands the answers to the representative."""
    compilazione = propria_o_404(request, slug)
    if not permessi.compila(request.agente, compilazione):
        raise Http404
    if request.method == "POST":
        servizi.invia_alla_convalida(compilazione, da=request.agente)
        messages.success(request, "Questionario inviato alla convalida.")
        return redirect(compilazione)
    azione = _azione(request, compilazione, "invia_alla_convalida")
    mancano = azione.mancanze if azione else ()
    if compilazione.stato == StatoCompilazione.DA_INIZIARE:  # nothing yet: said, question by question
        mancano = tuple(tutte_le_risposte(compilazione))
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Invia alla convalida",
            "testo": f"{compilazione.ente.denominazione}: le risposte passano a chi rappresenta l'ente.",
            "effetti": [
                "Le risposte non si possono più modificare, finché chi rappresenta l'ente non le rimanda.",
                "Chi rappresenta l'ente legge il riepilogo, poi convalida e invia, oppure rimanda con una nota.",
            ],
            "avvisati": "Chi rappresenta l'ente riceve un messaggio.",
            "mancanze": mancano,
            "etichetta": "Invia alla convalida" if azione and azione.possibile else "",
            "url_annulla": compilazione.get_absolute_url(),
        },
    )


def rimanda(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The representative sends the answers back, with a note."""
    compilazione = propria_o_404(request, slug)
    if not permessi.convalida(request.agente, compilazione):
        raise Http404
    form = MotivazioneForm(
        request.POST if request.method == "POST" else None,
        etichetta="Che cosa va corretto",
        aiuto="La nota arriva al referente e resta nel registro.",
    )
    if request.method == "POST" and form.is_valid():
        servizi.rimanda(compilazione, da=request.agente, nota=form.cleaned_data["motivazione"])
        messages.success(request, "Questionario rimandato al referente.")
        return redirect(compilazione)
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Rimanda il questionario",
            "testo": "Il questionario torna al referente, che può correggere le risposte.",
            "avvisati": "Il referente riceve la nota per posta elettronica.",
            "form": form,
            "etichetta": "Rimanda al referente",
            "url_annulla": reverse("questionari:riepilogo", args=[slug]),
        },
        status=422 if form.errors else 200,
    )


def rispondo_io(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """A representative of a body in which nobody fills in: they will do it themself."""
    compilazione = propria_o_404(request, slug)
    if not permessi.convalida(request.agente, compilazione):
        raise Http404
    if request.method == "POST":
        servizi.rispondo_io(compilazione, da=request.agente)
        messages.success(request, "Puoi rispondere: alla fine convalidi e invii in un solo passo.")
        return redirect(compilazione)
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Rispondi tu al questionario",
            "testo": f"{compilazione.ente} non ha un referente: puoi rispondere tu, che lo rappresenti.",
            "effetti": [
                "Oltre che rappresentante diventi referente dell'ente, da oggi.",
                "Rispondi in più riprese, come vuoi: ogni risposta si salva.",
                "Alla fine rileggi, convalidi e invii in un solo passo.",
            ],
            "etichetta": "Rispondo io",
            "url_annulla": compilazione.get_absolute_url(),
        },
    )


def convalida(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The representative puts their name to the answers."""
    compilazione = propria_o_404(request, slug)
    if not permessi.convalida(request.agente, compilazione):
        raise Http404
    da_se = permessi.fa_da_se(request.agente, compilazione)
    if request.method == "POST":
        manda = servizi.invia_da_se if da_se else servizi.convalida_e_invia
        invio = manda(compilazione, da=request.agente)
        servizi.ricevuta_di(invio)  # printed now, and never again
        messages.success(request, "Questionario convalidato e inviato. Questa è la ricevuta.")
        return redirect("questionari:ricevuta", slug=slug)
    azione = _azione(request, compilazione, "invia_alla_convalida" if da_se else "convalida_e_invia")
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": compilazione.accordo,
            "titolo": "Convalida e invia",
            "testo": f"Le risposte impegnano l'ente: {compilazione.ente.denominazione}.",
            "effetti": [
                "Le risposte sono inviate alla segreteria dell'accordo e non si modificano più.",
                "Il portale rilascia una ricevuta con l'impronta SHA-256 di ciò che è stato inviato.",
                "Per una correzione la segreteria può riaprire il questionario, con una motivazione.",
            ],
            "avvisati": "Il referente e chi rappresenta l'ente ricevono la ricevuta.",
            "mancanze": azione.mancanze if azione else (),
            "etichetta": "Convalida e invia" if azione and azione.possibile else "",
            "url_annulla": reverse("questionari:riepilogo", args=[slug]),
        },
    )
