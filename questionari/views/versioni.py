"""Correcting the questionnaire in force: beginning a new version, reading what changed, opening it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accordo.base.parole import elenca
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from questionari import confronto, interrogazioni, servizi
from questionari.forms import MotivazioneForm
from questionari.models import Compilazione
from questionari.stati import FASE, StatoCompilazione
from questionari.views.editor import bozza_o_404, coordinato_o_404


def correggi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Begin a corrected version, after a page that says what that means."""
    accordo = coordinato_o_404(request, slug)
    in_vigore = interrogazioni.questionario_aperto(accordo)
    if in_vigore is None:
        raise Http404
    if request.method == "POST":
        bozza = servizi.correggi(accordo, da=request.agente)
        messages.success(
            request, f"Versione {bozza.versione} cominciata: gli enti non la vedono finché non la apri."
        )
        return redirect("questionari:modifica", slug=slug)
    in_fase = fasi.in_fase(accordo, FASE)
    return render(
        request,
        "componenti/conferma.html",
        {
            "accordo": accordo,
            "titolo": "Correggi il questionario",
            "testo": f"La versione {in_vigore.versione} è aperta e non si cambia. Si corregge con una nuova versione."
            if in_fase
            else "Il questionario si corregge solo durante la sua fase.",
            "effetti": [
                "Nasce una copia da cambiare: gli enti continuano a rispondere alla versione aperta.",
                "Quando la apri, le risposte alle domande non cambiate restano.",
                "Chi aveva già inviato è avvisato e risponde solo alle domande nuove o cambiate.",
            ]
            if in_fase
            else [],
            "etichetta": "Prepara la versione corretta" if in_fase else "",
            "url_annulla": reverse("questionari:questionario", args=[slug]),
        },
    )


def scarta(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Give up a correction, after a page that says what is lost."""
    accordo, bozza = bozza_o_404(request, slug)
    in_vigore = interrogazioni.questionario_aperto(accordo)
    if in_vigore is None:
        raise Http404
    if request.method == "POST":
        servizi.scarta_correzione(accordo, da=request.agente, letta=request.POST.get("letta"))
        messages.success(
            request, f"Versione {bozza.versione} scartata: resta aperta la {in_vigore.versione}."
        )
        return redirect("questionari:questionario", slug=slug)
    return render(
        request,
        "questionari/editor/scarta.html",
        {
            "accordo": accordo,
            "titolo": f"Scarta la versione {bozza.versione}",
            "testo": f"La versione {in_vigore.versione} resta aperta agli enti, com'è.",
            "effetti": [
                "Gli enti non si accorgono di nulla: non hanno mai visto questa versione.",
                "Le modifiche preparate non tornano nell'editor. Chi le vuole tenere scarica prima il file.",
                "Lo scarto resta nel registro, con il tuo nome. Poi si può cominciare un'altra correzione.",
            ],
            "cambi": confronto.cambi(in_vigore.struttura, bozza.struttura),
            "sezioni": confronto.sezioni_cambiate(in_vigore.struttura, bozza.struttura),
            "letta": bozza.impronta,
            "etichetta": "Scarta la correzione",
            "url_annulla": reverse("questionari:modifica", args=[slug]),
        },
    )


def apri(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """What changed, what it will cost the bodies, and the button that opens it."""
    accordo, bozza = bozza_o_404(request, slug)
    in_vigore = interrogazioni.questionario_aperto(accordo)
    if in_vigore is None:
        raise Http404
    form = MotivazioneForm(
        request.POST if request.method == "POST" else None,
        etichetta="Perché si corregge",
        aiuto="Arriva agli enti e resta nel registro.",
    )
    if request.method == "POST" and form.is_valid():
        richieste = servizi.apri_correzione(
            accordo, da=request.agente, motivazione=form.cleaned_data["motivazione"]
        )
        nomi = elenca([c.ente.nome_breve for c in richieste], 5)
        detto = (
            f" Devono rispondere di nuovo: {nomi}." if richieste else " Nessun ente deve inviare di nuovo."
        )
        messages.success(request, f"Versione {bozza.versione} aperta.{detto}")
        return redirect("questionari:questionario", slug=slug)
    errori = bozza.errori()
    prima, dopo = in_vigore.struttura, bozza.struttura
    inviate = Compilazione.objects.filter(
        questionario=in_vigore, stato__in=(StatoCompilazione.INVIATA, StatoCompilazione.IN_CONVALIDA)
    ).count()
    return render(
        request,
        "questionari/editor/apri.html",
        {
            "accordo": accordo,
            "questionario": bozza,
            "in_vigore": in_vigore,
            "cambi": confronto.cambi(prima, dopo),
            "sezioni": confronto.sezioni_cambiate(prima, dopo),
            "inviate": inviate,
            "errori": [(c, bozza.url_modifica(c)) for c in errori],
            "form": form,
            "si_apre": not errori and bozza.impronta != in_vigore.impronta and fasi.in_fase(accordo, FASE),
        },
        status=422 if form.errors else 200,
    )
