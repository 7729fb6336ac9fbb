"""Phase 1: the proposal, the bodies invited, their answers."""

from collections import Counter
from typing import NamedTuple

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base import allegati
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.enti.interrogazioni import ambiti_con_enti, enti_attivi
from accordo.enti.models import Incarico, Ruolo, Utente
from accordo.iter import fasi, permessi, presentazione
from accordo.iter.forms import InvitaEntiForm, MotivazioneForm, PropostaForm, RispostaForm
from accordo.iter.interrogazioni import referenti
from accordo.iter.models import Accordo, Partecipazione, Proposta, StatoPartecipazione, Veste
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile

FORMULARIO = ["GET", "HEAD", "POST"]


class RigaRisposta(NamedTuple):
    """One body of the table: its part in the accord, and who follows it."""

    partecipazione: Partecipazione
    referente: str


def _pubblicata(accordo: Accordo, *, o_mia: bool) -> Proposta | None:
    """The proposal, if it is published; who leads sees it before."""
    proposta = Proposta.objects.filter(accordo=accordo).select_related("pubblicata_da").first()
    return proposta if proposta and (proposta.pubblicata_il or o_mia) else None


@require_safe
def pagina(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the proposal, who has answered, and what the person may do next."""
    accordo = accordo_visibile(request, slug)
    coordina = permessi.coordina(request.agente, accordo)
    partecipazioni = list(
        Partecipazione.objects.filter(accordo=accordo)
        .exclude(ente=accordo.promotore_id)
        .select_related("ente__ambito", "referente")
        .order_by("ente__ambito__ordine", "ente__denominazione")
    )
    nomi = referenti(partecipazioni)
    per_ente = {p.ente_id: RigaRisposta(p, nomi.get(p.ente_id, "")) for p in partecipazioni}
    conta = Counter(p.stato for p in partecipazioni)
    mia = per_ente.get(request.agente.ente_id or 0)
    rappresenta = mia is not None and request.agente.ha(Ruolo.RAPPRESENTANTE)
    contesto = {
        "accordo": accordo,
        "coordina": coordina,
        "proposta": _pubblicata(accordo, o_mia=coordina),
        "in_fase": fasi.in_fase(accordo, presentazione.FASE),
        "scadenza": fasi.scadenza(accordo, presentazione.FASE),
        "mia": mia.partecipazione if mia else None,
        "mio_referente": mia.referente if mia else "",
        "risponde": rappresenta,
        "gruppi": [
            (ambito, [per_ente[ente.pk] for ente in enti])
            for ambito, enti in ambiti_con_enti([p.ente for p in partecipazioni])
        ],
        "invitati": len(partecipazioni),
        "partecipano": conta[StatoPartecipazione.PARTECIPA],
        "mancano": conta[StatoPartecipazione.INVITATO],
        "rinunciano": conta[StatoPartecipazione.NON_PARTECIPA],
    }
    return render(request, "iter/presentazione.html", contesto)


@require_http_methods(FORMULARIO)
def scrivi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Write the proposal and keep it as a draft."""
    accordo = accordo_coordinato(request, slug)
    proposta = Proposta.objects.filter(accordo=accordo).first()
    form = PropostaForm(inviato(request), request.FILES or None, proposta=proposta)
    if request.method == "POST" and form.is_valid():
        presentazione.salva_proposta(
            accordo,
            form.cleaned_data["testo"],
            form.cleaned_data["allegato"],
            togli_allegato=form.cleaned_data.get("togli_allegato", False),
            da=request.agente,
        )
        messages.success(request, "Proposta salvata. La vedi solo tu finché non la pubblichi.")
        return redirect("iter:presentazione", slug=slug)
    contesto = {"accordo": accordo, "form": form, "proposta": proposta}
    return render(request, "iter/scrivi_proposta.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def pubblica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Ask to confirm, then publish the proposal."""
    accordo = accordo_coordinato(request, slug)
    if request.method == "POST":
        presentazione.pubblica_proposta(accordo, da=request.agente)
        messages.success(request, "Proposta pubblicata: gli enti sono avvisati.")
        return redirect("iter:presentazione", slug=slug)
    enti = presentazione.enti_invitati(accordo)
    persone = Incarico.objects.in_corso().filter(ente__in=enti).values("utente").distinct().count()
    contesto = {
        "accordo": accordo,
        "titolo": "Pubblica la proposta",
        "testo": "Gli enti la leggono e rispondono. Dopo non si cambia più.",
        "effetti": [
            f"{len(enti)} enti vedono il testo e il documento allegato.",
            "Chi li rappresenta risponde se l'ente partecipa e indica il referente.",
            "La pubblicazione resta nel registro, con l'impronta del testo.",
        ],
        "avvisati": f"{persone} persone di questi enti ricevono una e-mail.",
        "etichetta": "Pubblica la proposta",
        "url_annulla": reverse("iter:presentazione", args=[slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@require_safe
def allegato(request: RichiestaAutenticata, slug: str) -> FileResponse:
    """Serve the proposal's PDF to whoever sees the proposal."""
    accordo = accordo_visibile(request, slug)
    proposta = _pubblicata(accordo, o_mia=permessi.coordina(request.agente, accordo))
    if proposta is None or not proposta.allegato:
        raise Http404
    return allegati.servi(proposta.allegato, proposta.allegato_nome or "proposta.pdf")


@require_http_methods(FORMULARIO)
def invita(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Invite further bodies."""
    accordo = accordo_coordinato(request, slug)
    presenti = Partecipazione.objects.filter(accordo=accordo).values("ente")
    form = InvitaEntiForm(inviato(request), enti=enti_attivi().exclude(pk__in=presenti))
    if request.method == "POST" and form.is_valid():
        enti, firma = list(form.cleaned_data["enti"]), form.cleaned_data["veste"] == Veste.SOTTOSCRITTORE
        quanti = presentazione.invita_enti(
            accordo, enti if firma else (), () if firma else enti, da=request.agente
        )
        messages.success(request, "1 ente invitato." if quanti == 1 else f"{quanti} enti invitati.")
        return redirect("iter:presentazione", slug=slug)
    campo = form["enti"]
    gruppi = campo.field.widget.optgroups("enti", [str(v) for v in campo.value() or ()])
    gruppi = [(nome, opzioni, indice) for nome, opzioni, indice in gruppi if opzioni]
    contesto = {"accordo": accordo, "form": form, "gruppi": gruppi, "ci_sono": gruppi}
    return render(request, "iter/invita_enti.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def ritira(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """Take back the invitation of a body that has not answered."""
    accordo = accordo_coordinato(request, slug)
    invitate = Partecipazione.objects.filter(accordo=accordo, stato=StatoPartecipazione.INVITATO)
    partecipazione = get_object_or_404(invitate.select_related("ente", "accordo"), ente__codice=ente)
    form = MotivazioneForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        presentazione.ritira_invito(partecipazione, da=request.agente, **form.cleaned_data)
        messages.success(request, f"Invito ritirato: {partecipazione.ente}.")
        return redirect("iter:presentazione", slug=slug)
    contesto = {
        "accordo": accordo,
        "titolo": f"Ritira l'invito: {partecipazione.ente.nome_breve}",
        "effetti": [
            f"{partecipazione.ente.con_articolo} non partecipa all'accordo.",
            "L'invito resta nel registro.",
        ],
        "form": form,
        "etichetta": "Ritira l'invito",
        "url_annulla": reverse("iter:presentazione", args=[slug]),
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def risposta(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Answer the proposal for one's own body (only who represents it)."""
    accordo = accordo_visibile(request, slug)
    proposta = _pubblicata(accordo, o_mia=False)
    partecipazione = get_object_or_404(
        Partecipazione.objects.select_related("ente", "accordo__promotore").exclude(
            ente=accordo.promotore_id
        ),
        accordo=accordo,
        ente=request.agente.ente_id,
    )
    if not request.agente.ha(Ruolo.RAPPRESENTANTE) or proposta is None:
        raise Http404
    incarichi = Incarico.objects.in_corso().filter(
        ente=partecipazione.ente, ruolo__in=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
    )
    persone = Utente.objects.filter(pk__in=incarichi.values("utente"))
    form = RispostaForm(inviato(request), partecipazione=partecipazione, persone=persone)
    if request.method == "POST" and form.is_valid():
        partecipa = form.cleaned_data["partecipa"] == "si"
        presentazione.prendi_visione(
            partecipazione,
            partecipa,
            form.scelto,
            form.cleaned_data["nota"],
            nuovo_referente=form.nuovo,
            da=request.agente,
        )
        messages.success(request, "Risposta registrata. Grazie.")
        return redirect("iter:presentazione", slug=slug)
    contesto = {
        "accordo": accordo,
        "proposta": proposta,
        "partecipazione": partecipazione,
        "form": form,
        "scadenza": fasi.scadenza(accordo, presentazione.FASE),
        "scaduta": fasi.scaduta(accordo, presentazione.FASE),
    }
    return render(request, "iter/risposta.html", contesto, status=422 if form.is_bound else 200)
