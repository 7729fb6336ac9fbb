"""The pages of the signatures under an amendment: asking for them, giving them, taking them back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.models import Accordo
from accordo.iter.motore import Azione, azioni
from bozze import permessi, redazione
from bozze.forms.emendamenti import MotivazioneForm
from bozze.forms.firme import InvitoForm
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.emendamenti import aperte
from bozze.interrogazioni.firme import sottoscrizione_di, termine_per_fare_proprio
from bozze.models import Emendamento, Sottoscrizione
from bozze.servizi import firme as servizi
from bozze.stati_firme import StatoSottoscrizione
from bozze.views.comuni import accordo_di, contesto, inviati


def _emendamento(request: RichiestaAutenticata, slug: str, pk: int) -> tuple[Accordo, Agente, Emendamento]:
    accordo, agente = accordo_di(request, slug)
    visibili = interrogazioni.emendamenti_visibili_a(agente, accordo)
    return accordo, agente, get_object_or_404(visibili, pk=pk)


def _conferma(
    request: RichiestaAutenticata, accordo: Accordo, emendamento: Emendamento, **dati: Any
) -> HttpResponse:
    form = dati.get("form")
    pagina = contesto(
        accordo,
        percorso=[
            ("Testo", reverse("bozze:testo", args=[accordo.slug])),
            ("Emendamenti", reverse("bozze:emendamenti", args=[accordo.slug])),
            (redazione.maiuscola(emendamento.nome), emendamento.get_absolute_url()),
        ],
        disposto=emendamento.righe_disposto,
        url_annulla=emendamento.get_absolute_url(),
        **dati,
    )
    return render(
        request, "bozze/emendamenti/conferma.html", pagina, status=422 if form and form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def invita(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Ask other bodies to sign one's own amendment."""
    accordo, agente, emendamento = _emendamento(request, slug, pk)
    if not agente.agisce_per(emendamento.ente_id) or not permessi.puo_emendare(agente, accordo):
        raise Http404
    enti = servizi.invitabili(emendamento)
    form = InvitoForm(inviati(request), enti=enti)
    if request.method == "POST" and form.is_valid():
        servizi.invita_a_sottoscrivere(emendamento, form.cleaned_data["enti"], da=agente)
        messages.success(request, "Inviti mandati.")
        return redirect(emendamento)
    chiuso = emendamento.deciso or emendamento.stato == "scartato"
    mancanze = list(aperte(accordo, emendamento.versione))
    pronta = not (mancanze or chiuso) and bool(enti)
    effetti = ["Chi rappresenta un ente invitato legge l'emendamento e, se vuole, lo firma."]
    if emendamento.stato == "bozza":
        effetti.append("Gli enti invitati leggono la proposta anche se non è ancora presentata.")
    return _conferma(
        request,
        accordo,
        emendamento,
        titolo="Invita altri enti a sottoscrivere",
        testo="" if enti else "Tutti gli enti che possono sottoscrivere sono già invitati o hanno firmato.",
        effetti=effetti,
        avvisati="Le persone degli enti invitati, con un messaggio.",
        mancanze=mancanze,
        form=form if pronta else None,
        etichetta="Manda gli inviti" if pronta else "",
    )


@require_http_methods(["GET", "POST"])
def richiama(request: RichiestaAutenticata, slug: str, pk: int, firma: int) -> HttpResponse:
    """Call back an invitation that one's own body has sent."""
    accordo, agente, emendamento = _emendamento(request, slug, pk)
    if not agente.agisce_per(emendamento.ente_id) or not permessi.puo_emendare(agente, accordo):
        raise Http404
    invito = get_object_or_404(
        Sottoscrizione.objects.filter(emendamento=emendamento).select_related(
            "ente", "accordo", "emendamento__ente"
        ),
        pk=firma,
    )
    if request.method == "POST":
        servizi.richiama_invito(invito, da=agente)
        messages.success(request, f"Invito a {invito.ente.denominazione} ritirato.")
        return redirect(emendamento)
    aspetta = invito.stato == StatoSottoscrizione.DA_FIRMARE
    effetti = [f"A {invito.ente.denominazione} non è più chiesta la firma."]
    if emendamento.stato == "bozza":
        effetti.append("Le sue persone non leggono più la proposta, che non è ancora presentata.")
    return _conferma(
        request,
        accordo,
        emendamento,
        titolo=f"Ritira l'invito a {invito.ente.denominazione}",
        testo="" if aspetta else f"L'invito non si ritira più: lo stato è «{invito.stato_in_parole}».",
        effetti=effetti if aspetta else [],
        avvisati="Le persone dell'ente che era invitato, con un messaggio." if aspetta else "",
        etichetta="Ritira l'invito" if aspetta else "",
    )


def _azione(firma: Sottoscrizione, agente: Agente, verbo: str) -> Azione:
    """Return what the person may do with the signature; 404 if it is not for them or not now."""
    azione = next((a for a in azioni(firma, agente) if a.transizione.verbo == verbo), None)
    if azione is None:
        raise Http404
    return azione


@require_http_methods(["GET", "POST"])
def sottoscrivi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Sign another body's amendment."""
    accordo, agente, emendamento = _emendamento(request, slug, pk)
    firma = firma_possibile(emendamento, agente)
    if firma is None:
        raise Http404
    azione = _azione(firma, agente, "sottoscrivi")
    if request.method == "POST":
        servizi.sottoscrivi(emendamento, da=agente)
        messages.success(request, "Emendamento sottoscritto.")
        return redirect(emendamento)
    effetti = [
        "Il nome del tuo ente compare accanto a quello di chi lo propone, qui e su ogni carta.",
        "La firma si può ritirare finché l'emendamento non ha un esito.",
        "Se chi lo propone lo ritira, il tuo ente può farlo proprio.",
    ]
    if emendamento.stato == "bozza":
        effetti.append("Se la proposta cambia prima di essere presentata, dovrai firmarla di nuovo.")
    return _conferma(
        request,
        accordo,
        emendamento,
        titolo="Sottoscrivi l'emendamento",
        effetti=effetti,
        mancanze=azione.mancanze,
        etichetta="Sottoscrivi l'emendamento" if azione.possibile else "",
    )


def firma_possibile(emendamento: Emendamento, agente: Agente | None) -> Sottoscrizione | None:
    """Return the signature of the person's body, or one not yet written, if its representative may sign."""
    if agente is None or agente.ente is None or not agente.ha(Ruolo.RAPPRESENTANTE):
        return None
    if agente.agisce_per(emendamento.ente_id) or not permessi.puo_emendare(agente, emendamento.accordo):
        return None
    esistente = sottoscrizione_di(emendamento, agente)
    return esistente or Sottoscrizione(accordo=emendamento.accordo, emendamento=emendamento, ente=agente.ente)


@require_http_methods(["GET", "POST"])
def declina(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Answer that one does not sign."""
    accordo, agente, emendamento = _emendamento(request, slug, pk)
    firma = _mia_firma(emendamento, agente)
    azione = _azione(firma, agente, "declina_sottoscrizione")
    if request.method == "POST":
        servizi.declina(firma, da=agente)
        messages.success(request, "Risposta registrata: il tuo ente non sottoscrive.")
        return redirect(emendamento if emendamento.numero else reverse("bozze:emendamenti", args=[slug]))
    return _conferma(
        request,
        accordo,
        emendamento,
        titolo="Il tuo ente non sottoscrive",
        effetti=["Chi propone l'emendamento legge la risposta. Si può cambiare idea, se vi invita di nuovo."],
        etichetta=azione.transizione.etichetta,
    )


@require_http_methods(["GET", "POST"])
def ritira_firma(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Take one's signature back."""
    accordo, agente, emendamento = _emendamento(request, slug, pk)
    firma = _mia_firma(emendamento, agente)
    azione = _azione(firma, agente, "ritira_firma")
    if request.method == "POST":
        servizi.ritira_firma(firma, da=agente)
        messages.success(request, "Firma ritirata.")
        return redirect(emendamento if emendamento.numero else reverse("bozze:emendamenti", args=[slug]))
    return _conferma(
        request,
        accordo,
        emendamento,
        titolo="Ritira la firma",
        effetti=["L'emendamento resta, senza il nome del tuo ente."],
        avvisati="Le persone dell'ente che propone l'emendamento.",
        mancanze=azione.mancanze,
        etichetta="Ritira la firma" if azione.possibile else "",
    )


@require_http_methods(["GET", "POST"])
def fai_proprio(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Make a withdrawn amendment one's own."""
    accordo, agente, emendamento = _emendamento(request, slug, pk)
    azione = _azione(_mia_firma(emendamento, agente), agente, "fai_proprio")
    form = MotivazioneForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        servizi.fai_proprio(emendamento, form.cleaned_data["motivazione"], da=agente)
        messages.success(request, f"Emendamento {emendamento.sigla} fatto proprio: torna in esame.")
        return redirect(emendamento)
    termine = termine_per_fare_proprio(emendamento)
    return _conferma(
        request,
        accordo,
        emendamento,
        titolo=f"Fai proprio l'emendamento {emendamento.sigla}",
        testo=f"Chi lo ha proposto lo ha ritirato. Si può farlo proprio fino al {termine:%d/%m/%Y}."
        if termine
        else "",
        effetti=[
            "Il tuo ente ne diventa il proponente: l'emendamento torna in esame con lo stesso numero.",
            "Tornano in esame anche i suoi subemendamenti.",
        ],
        avvisati="L'ente che lo aveva proposto e chi lo ha sottoscritto.",
        mancanze=azione.mancanze,
        form=form if azione.possibile else None,
        etichetta="Fai proprio l'emendamento" if azione.possibile else "",
    )


def _mia_firma(emendamento: Emendamento, agente: Agente) -> Sottoscrizione:
    firma = sottoscrizione_di(emendamento, agente)
    if firma is None:
        raise Http404
    return firma
