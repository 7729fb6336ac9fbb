"""Each body's part in phase 6: what it prepares, what it confirms, who has not confirmed yet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from accordo.iter.permessi import coordina
from bozze import permessi
from bozze.avanzamento.emendamenti import osservazioni as avanzamento
from bozze.forms.emendamenti import MotivazioneForm, VuotoForm
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.firme import con_firme, firmati_da, subemendamenti_visibili_a
from bozze.servizi import emendamenti as servizi
from bozze.views.comuni import accordo_di, contesto, inviati


@require_GET
def contributo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """One's own body: drafts, what is presented, and the button that confirms."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_osservare(agente, accordo):
        raise Http404
    versione = interrogazioni.versione_emendabile(accordo)
    riga = interrogazioni.contributi_visibili_a(agente, accordo).first()
    emendamenti = list(
        con_firme(
            interrogazioni.emendamenti_visibili_a(agente, accordo)
            .filter(ente=agente.ente_id)
            .order_by("-versione__numero", "sezione_ordine", "ordine", "pk")
        )
    )
    di_altri = list(
        interrogazioni.emendamenti_visibili_a(agente, accordo)
        .filter(pk__in=firmati_da(agente, accordo))
        .order_by("sezione_ordine", "numero", "pk")
    )
    sub = list(
        subemendamenti_visibili_a(agente, accordo)
        .filter(ente=agente.ente_id)
        .order_by("emendamento__sezione_ordine", "numero", "pk")
    )
    osservazioni = list(
        interrogazioni.osservazioni_visibili_a(agente, accordo)
        .filter(ente=agente.ente_id)
        .order_by("-versione__numero", "ordine", "pk")
    )
    possibili = {a.transizione.verbo: a for a in azioni(riga, agente)} if riga else {}
    dati = contesto(
        accordo,
        versione=versione,
        contributo=riga,
        in_preparazione=[e for e in emendamenti if e.stato == "bozza"],
        presentati=[e for e in emendamenti if e.stato != "bozza"],
        di_altri=di_altri,
        sub=sub,
        osservazioni_bozza=[o for o in osservazioni if o.stato == "bozza"],
        osservazioni_presentate=[o for o in osservazioni if o.stato != "bozza"],
        conferma=possibili.get("conferma_contributo"),
        riapre="riapri_contributo" in possibili and possibili["riapri_contributo"].possibile,
        scadenza=interrogazioni.scadenza(accordo),
        aperta=versione is not None and not list(interrogazioni.aperte(accordo, versione)),
        emenda=permessi.puo_emendare(agente, accordo),
    )
    return render(request, "bozze/osservazioni/contributo.html", dati)


@require_http_methods(["GET", "POST"])
def conferma(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Present all the body's drafts, or declare that there are none."""
    return _passo(request, slug, "conferma_contributo")


@require_http_methods(["GET", "POST"])
def riapri(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Open the body's part again, with a reason."""
    return _passo(request, slug, "riapri_contributo")


def _passo(request: RichiestaAutenticata, slug: str, verbo: str) -> HttpResponse:
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_osservare(agente, accordo):
        raise Http404
    riga = servizi.contributo_di(accordo, agente) if request.method == "POST" else None
    riga = riga or interrogazioni.contributi_visibili_a(agente, accordo).filter(ente=agente.ente_id).first()
    azione = next((a for a in azioni(riga, agente) if a.transizione.verbo == verbo), None) if riga else None
    if riga is None or azione is None:
        raise Http404
    riapre = verbo == "riapri_contributo"
    form = (MotivazioneForm if riapre else VuotoForm)(inviati(request))
    if request.method == "POST" and form.is_valid():
        if riapre:
            servizi.riapri_contributo(riga, form.cleaned_data["motivazione"], da=agente)
            messages.success(request, "Le osservazioni del tuo ente sono riaperte.")
        else:
            servizi.conferma_contributo(riga, da=agente)
            messages.success(request, "Osservazioni confermate. Grazie.")
        return redirect("bozze:contributo", slug=accordo.slug)
    emendamenti, osservazioni = servizi.bozze_di(riga)
    elementi = [f"Emendamento, {e.dove}: {e.sintesi}" for e in emendamenti]
    elementi += [f"Osservazione, {o.dove}" for o in osservazioni]
    pagina = contesto(
        accordo,
        titolo=azione.transizione.etichetta,
        percorso=_percorso(accordo),
        titolo_elementi="Che cosa si presenta",
        elementi=[] if riapre else elementi,
        effetti=_effetti(riapre=riapre, proposte=bool(elementi)),
        mancanze=azione.mancanze,
        form=form if riapre else None,
        etichetta=azione.transizione.etichetta if azione.possibile else "",
        url_annulla=reverse("bozze:contributo", args=[accordo.slug]),
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina, status=422 if form.errors else 200)


def _effetti(*, riapre: bool, proposte: bool) -> list[str]:
    if riapre:
        return [
            "Il tuo ente torna fra quelli che devono confermare.",
            "Quello che è presentato resta presentato.",
        ]
    if proposte:
        return [
            "Tutte le proposte preparate sono presentate insieme e prendono il loro numero.",
            "Le leggono tutti gli enti. Gli emendamenti presentati si possono solo ritirare.",
        ]
    return ["Il tuo ente dichiara che non ha altre osservazioni né emendamenti da presentare."]


def _percorso(accordo: Accordo) -> list[tuple[str, str]]:
    return [
        ("Testo", reverse("bozze:testo", args=[accordo.slug])),
        ("Le proposte del tuo ente", reverse("bozze:contributo", args=[accordo.slug])),
    ]


@require_GET
def contributi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The coordinator sees who has confirmed and who has not."""
    accordo, agente = accordo_di(request, slug)
    if not coordina(agente, accordo):
        raise Http404
    parole = avanzamento(accordo)
    righe = [
        (riga, parole.get(riga.ente_id, ""))
        for riga in interrogazioni.contributi_visibili_a(agente, accordo).order_by(
            "ente__ambito__ordine", "ente__denominazione"
        )
    ]
    dati = contesto(
        accordo,
        righe=righe,
        confermati=sum(1 for riga, _ in righe if riga.stato == "confermato"),
        attesi=sum(1 for _, parola in righe if parola != "non_previsto"),
        scadenza=interrogazioni.scadenza(accordo),
        in_fase=fasi.in_fase(accordo, interrogazioni.FASE_OSSERVAZIONI),
    )
    return render(request, "bozze/osservazioni/contributi.html", dati)
