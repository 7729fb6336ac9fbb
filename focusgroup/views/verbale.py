"""The minutes: written live, sent to be read, compared, printed; what comes out of them."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accordo.base import orologio
from accordo.base.differenze import confronta_parole
from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.motore import azioni
from accordo.iter.views.comuni import accordo_visibile
from accordo.rilievi.forms import RilievoForm
from accordo.rilievi.models import GenereFonte
from accordo.rilievi.servizi import DatiFonte, crea_rilievo
from focusgroup import interrogazioni, servizi
from focusgroup.carte import pdf_verbale
from focusgroup.contenuto import confronta, contenuto_verbale
from focusgroup.forms import InterventoForm, PubblicaVerbaleForm, VerbaleForm
from focusgroup.models import Intervento, Punto, Riunione
from focusgroup.servizi.verbale import termine_proposto
from focusgroup.stati import StatoRiunione
from focusgroup.views.comuni import (
    DA_SCRIVERE,
    FORMULARIO,
    LEGGIBILE,
    briciole,
    nome_file,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)

BREVE = 280
"""A finding begins with at most so much of the words it was taken from."""


def _da_scrivere(request: RichiestaAutenticata, slug: str, pk: int) -> Riunione:
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato not in DA_SCRIVERE:
        raise Http404
    return trovata


@require_http_methods(FORMULARIO)
def verbale(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write the minutes; where somebody else wrote meanwhile both texts are shown, and nothing is lost."""
    trovata = _da_scrivere(request, slug, pk)
    punti = interrogazioni.punti_da_scrivere(trovata)
    form = VerbaleForm(inviato(request), punti=punti)
    conflitti: list[servizi.Conflitto] = []
    mano = request.POST.get("mano", "")[:32] or token_hex(8)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            conflitti = servizi.scrivi_verbale(trovata, form.testi(), mano=mano, da=request.agente)
            if not conflitti:
                messages.success(request, "Il verbale è salvato.")
                return redirect(trovata)
            dati = request.POST.copy()
            for fresco in trovata.punti.all():
                dati[f"revisione_{fresco.pk}"] = str(fresco.revisione)
            form = VerbaleForm(dati, punti=punti)
    per_punto = {conflitto.punto.pk: conflitto for conflitto in conflitti}
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "voci": [_voce(punto, form, per_punto.get(punto.pk)) for punto in punti],
        "conflitti": conflitti,
        "mano": mano,
    }
    return render(request, "focusgroup/verbale.html", contesto, status=409 if conflitti else stato_http(form))


def _voce(punto: Punto, form: VerbaleForm, conflitto: servizi.Conflitto | None) -> dict[str, Any]:
    return {
        "punto": punto,
        "testo": form[f"testo_{punto.pk}"],
        "revisione": form[f"revisione_{punto.pk}"],
        "conflitto": conflitto,
        "differenze": confronta_parole(conflitto.punto.verbale, conflitto.mio) if conflitto else (),
    }


@require_POST
def verbale_punto(request: RichiestaAutenticata, slug: str, pk: int, punto: int) -> HttpResponse:
    """Save one item as one types (htmx): answers when it was saved, or with the two texts."""
    trovata = _da_scrivere(request, slug, pk)
    scelto = get_object_or_404(trovata.punti, pk=punto)
    form = VerbaleForm(request.POST, punti=[scelto])
    if not request.htmx:
        return redirect(f"{trovata.url('verbale')}#punto-{punto}")
    contesto: dict[str, Any] = {"riunione": trovata, "accordo": trovata.accordo}
    if not form.is_valid():
        contesto["errore"] = " ".join(str(e) for errori in form.errors.values() for e in errori)
        return render(request, "focusgroup/_salvato.html", contesto | {"punto": scelto})
    mano = request.POST.get("mano", "")[:32]
    conflitti = servizi.scrivi_verbale(trovata, form.testi(), mano=mano, da=request.agente)
    if not conflitti:
        scelto.refresh_from_db()
        return render(
            request, "focusgroup/_salvato.html", contesto | {"punto": scelto, "ora": orologio.adesso()}
        )
    [fresco] = interrogazioni.punti_da_scrivere(trovata, punto)
    dati = request.POST.copy()
    dati[f"revisione_{punto}"] = str(fresco.revisione)
    contesto["voce"] = _voce(fresco, VerbaleForm(dati, punti=[fresco]), conflitti[0])
    risposta = render(request, "focusgroup/_punto_da_scrivere.html", contesto)
    risposta["HX-Retarget"], risposta["HX-Reswap"] = f"#punto-{punto}", "outerHTML"
    return risposta


@require_http_methods(FORMULARIO)
def intervento(request: RichiestaAutenticata, slug: str, pk: int, punto: int) -> HttpResponse:
    """Write what somebody said, named only if they consent."""
    trovata = _da_scrivere(request, slug, pk)
    scelto = get_object_or_404(trovata.punti, pk=punto)
    scelto.riunione = trovata
    form = InterventoForm(inviato(request), punto=scelto)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.aggiungi_intervento(
                scelto, form.cleaned_data["testo"], presenza=form.cleaned_data["presenza"], da=request.agente
            )
            messages.success(request, "L'intervento è scritto.")
            return redirect(f"{trovata.url('verbale')}#punto-{punto}")
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Nuovo intervento",
        "sommario": f"Punto {scelto.ordine}: {scelto.titolo}",
        "salva": "Salva l'intervento",
        "indietro": f"{trovata.url('verbale')}#punto-{punto}",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_POST
def intervento_togli(request: RichiestaAutenticata, slug: str, pk: int, intervento: int) -> HttpResponse:
    """Leave an intervention out."""
    trovata = _da_scrivere(request, slug, pk)
    scelto = get_object_or_404(
        Intervento.objects.filter(punto__riunione=trovata, tolto_il__isnull=True).select_related(
            "punto__riunione__accordo"
        ),
        pk=intervento,
    )
    servizi.togli_intervento(scelto, da=request.agente)
    messages.success(request, "L'intervento è tolto dal verbale.")
    return redirect(f"{trovata.url('verbale')}#punto-{scelto.punto_id}")


@require_http_methods(FORMULARIO)
def pubblica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Send the minutes to be read, with the day until which corrections are asked."""
    trovata = riunione_coordinata(request, slug, pk)
    verbo = "pubblica_verbale"
    azione = next((a for a in azioni(trovata, request.agente) if a.transizione.verbo == verbo), None)
    if azione is None:
        raise Http404
    form = None
    if azione.possibile:
        form = PubblicaVerbaleForm(
            inviato(request),
            con_motivazione=azione.chiede_motivazione,
            initial={"entro": termine_proposto()},
        )
    if request.method == "POST" and form is not None and form.is_valid():
        with nel_modulo(form):
            servizi.pubblica_verbale(trovata, **form.cleaned_data, da=request.agente)
            messages.success(request, f"{trovata.titolo}: ora è «{trovata.stato_in_parole.lower()}».")
            return redirect(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "titolo": azione.transizione.etichetta,
        "testo": trovata.titolo,
        "effetti": [
            "Gli enti convocati leggono il verbale, che intanto non si cambia.",
            "Chi c'era può chiedere correzioni fino al giorno che scegli. A ognuna dai una risposta, poi approvi.",
        ]
        if azione.possibile
        else [],
        "avvisati": f"Le persone dei {trovata.convocazioni.count()} enti convocati, per e-mail."
        if azione.possibile
        else "",
        "mancanze": azione.mancanze,
        "form": form,
        "etichetta": azione.transizione.etichetta if azione.possibile else "",
        "url_annulla": trovata.url(),
        "briciole": briciole(trovata),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))


@require_safe
def storia_punto(request: RichiestaAutenticata, slug: str, pk: int, punto: int) -> HttpResponse:
    """Show the revisions of an item's minutes, each against the one before."""
    trovata = riunione_coordinata(request, slug, pk)
    scelto = get_object_or_404(trovata.punti, pk=punto)
    revisioni = list(scelto.revisioni.select_related("da").order_by("numero"))
    precedenti = ["", *(r.testo for r in revisioni)]
    voci = [(r, confronta_parole(prima, r.testo)) for r, prima in zip(revisioni, precedenti, strict=False)]
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "punto": scelto,
        "voci": list(reversed(voci)),
    }
    return render(request, "focusgroup/storia_punto.html", contesto)


@require_safe
def versioni(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show the versions of the minutes, and what changed between two of them."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    coordina = permessi.coordina(request.agente, accordo)
    elenco = list(trovata.versioni.select_related("da").order_by("numero"))
    if not elenco or (trovata.stato not in LEGGIBILE and not coordina):
        raise Http404
    per_numero = {str(v.numero): v for v in elenco}
    dopo = per_numero.get(request.GET.get("a", ""))
    prima = per_numero.get(request.GET.get("da", ""), elenco[-2] if len(elenco) > 1 else elenco[0])
    adesso = dopo is None and trovata.stato != StatoRiunione.VERBALE_APPROVATO and coordina
    contenuto = contenuto_verbale(trovata) if adesso else (dopo or elenco[-1]).contenuto
    contesto = {
        "accordo": accordo,
        "riunione": trovata,
        "versioni": elenco,
        "prima": prima,
        "dopo": None if adesso else dopo or elenco[-1],
        "con_oggi": coordina and trovata.stato != StatoRiunione.VERBALE_APPROVATO,
        "punti": confronta(prima.contenuto, contenuto),
    }
    return render(request, "focusgroup/versioni.html", contesto)


@require_http_methods(FORMULARIO)
def nuovo_rilievo(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a finding that comes out of this meeting, or of one of its items, which is its evidence."""
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato in {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.ANNULLATA}:
        raise Http404
    punto = _punto_citato(request, trovata)
    passo = " ".join(request.GET.get("testo", "").split())
    iniziali: dict[str, Any] = {"ambito": trovata.ambito_id, "testo": passo[:BREVE]}
    if punto is not None:
        rilievi = punto.rilievi.all()
        iniziali["obiettivi"] = sorted(set(rilievi.values_list("obiettivi", flat=True)) - {None})
    form = RilievoForm(inviato(request), accordo=trovata.accordo, initial=iniziali)
    if request.method == "POST" and form.is_valid():
        fonte = _fonte(trovata, punto, passo)
        scritto = crea_rilievo(trovata.accordo, **form.dati(), fonti=[fonte], da=request.agente)
        messages.success(request, f"Il rilievo {scritto.numero} è scritto.")
        return redirect(
            f"{trovata.url('verbale')}#punto-{punto.pk}" if punto and _si_scrive(trovata) else trovata
        )
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": "Nuovo rilievo dalla riunione",
        "sommario": f"La fonte è il punto {punto.ordine}: {punto.titolo}."
        if punto
        else "Una cosa emersa nella riunione, in una frase, con l'obiettivo a cui serve.",
        "salva": "Salva il rilievo",
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


def _si_scrive(riunione: Riunione) -> bool:
    return riunione.stato in DA_SCRIVERE


def _punto_citato(request: RichiestaAutenticata, riunione: Riunione) -> Punto | None:
    numero = request.GET.get("punto", "")
    if not numero:
        return None
    if not numero.isdecimal():
        raise Http404
    return get_object_or_404(riunione.punti, pk=int(numero))


def _fonte(riunione: Riunione, punto: Punto | None, passo: str) -> DatiFonte:
    if punto is None:
        return DatiFonte(GenereFonte.RIUNIONE, riunione.titolo, str(riunione.pk))
    testo = f"{riunione.titolo}, punto {punto.ordine}: {passo or punto.titolo}"
    return DatiFonte(GenereFonte.RIUNIONE, testo[:500], f"{riunione.pk}.{punto.pk}")


@require_safe
def verbale_pdf(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the minutes as PDF, once they are there to be read; approved, exactly what was frozen."""
    accordo = accordo_visibile(request, slug)
    trovata = riunione_visibile(request, accordo, pk)
    if trovata.stato not in LEGGIBILE and not permessi.coordina(request.agente, accordo):
        raise Http404
    return nome_file(pdf_verbale(trovata), f"verbale-{trovata.titolo}")
