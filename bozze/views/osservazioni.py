"""The pages of the remarks, and of what each body confirms."""

from collections.abc import Container

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from bozze import permessi
from bozze.forms.emendamenti import FiltroOsservazioni, OsservazioneForm, RispostaForm, VuotoForm
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.models import Osservazione
from bozze.servizi import osservazioni as servizi
from bozze.testo.numerazione import nomi
from bozze.views.comuni import accordo_di, contesto, disposizione_di, inviati

PER_PAGINA = 30
_FILTRI = {
    "sezione": "sezione_id",
    "ente": "ente__codice",
    "ambito": "ente__ambito__codice",
    "stato": "stato",
}


@require_GET
def elenco(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """All presented remarks, with filters; drafts of one's own body among them."""
    accordo, agente = accordo_di(request, slug)
    versione = interrogazioni.versione_emendabile(accordo)
    visibili = interrogazioni.osservazioni_visibili_a(agente, accordo)
    sezioni = visibili.values_list("sezione_id", "sezione_nome").order_by("sezione_ordine").distinct()
    filtro = FiltroOsservazioni(
        request.GET, sezioni=list(sezioni), enti=[p.ente for p in partecipazioni_attive(accordo)]
    )
    filtro.is_valid()
    scelti = {
        via: filtro.cleaned_data[nome] for nome, via in _FILTRI.items() if filtro.cleaned_data.get(nome)
    }
    pagina = Paginator(
        visibili.filter(**scelti).order_by("-versione__numero", "ordine", "pk"), PER_PAGINA
    ).get_page(request.GET.get("page"))
    dati = contesto(
        accordo,
        versione=versione,
        page_obj=pagina,
        filtro=filtro,
        filtrato=bool(scelti),
        scadenza=interrogazioni.scadenza(accordo),
        aperta=versione is not None and not list(interrogazioni.aperte(accordo, versione)),
        propone=permessi.puo_osservare(agente, accordo),
    )
    return render(request, "bozze/osservazioni/elenco.html", dati)


@require_http_methods(["GET", "POST"])
def dettaglio(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """One remark with its answer; the coordinator writes it here, the body presents it here."""
    accordo, agente = accordo_di(request, slug)
    osservazione = get_object_or_404(interrogazioni.osservazioni_visibili_a(agente, accordo), pk=pk)
    possibili = {a.transizione.verbo: a for a in azioni(osservazione, agente)}
    risponde = "rispondi" in possibili
    if request.method == "POST" and not risponde:
        raise Http404
    form = RispostaForm(inviati(request), initial={"risposta": osservazione.risposta}) if risponde else None
    if request.method == "POST" and form is not None and form.is_valid():
        servizi.rispondi(osservazione, form.cleaned_data["risposta"], da=agente)
        messages.success(request, "Risposta pubblicata.")
        return redirect(osservazione)
    aperta = not list(interrogazioni.aperte(accordo, osservazione.versione))
    dati = contesto(
        accordo,
        osservazione=osservazione,
        form=form,
        chiusa=risponde and not possibili["rispondi"].possibile,
        propria=agente.agisce_per(osservazione.ente_id) and osservazione.stato == "bozza",
        modificabile=aperta and permessi.puo_osservare(agente, accordo),
        presentabile=aperta and _presenta_da_solo(possibili, agente, accordo),
    )
    return render(
        request, "bozze/osservazioni/dettaglio.html", dati, status=422 if form and form.errors else 200
    )


def _presenta_da_solo(possibili: Container[str], agente: Agente, accordo: Accordo) -> bool:
    """Whether the person may present this remark: of a signatory only its representative does."""
    if "presenta_osservazione" not in possibili:
        return False
    return agente.ha(Ruolo.RAPPRESENTANTE) or not permessi.puo_emendare(agente, accordo)


@require_http_methods(["GET", "POST"])
def nuova(request: RichiestaAutenticata, slug: str, disposizione: str) -> HttpResponse:
    """Write a remark on a disposition of the published version."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_osservare(agente, accordo):
        raise Http404
    versione = interrogazioni.versione_emendabile(accordo)
    testo, nodo = disposizione_di(versione, disposizione)
    assert versione is not None
    if request.method != "POST" and (mancanze := list(interrogazioni.aperte(accordo, versione))):
        raise ErroreDominio("Non si può osservare ora.", mancanze)
    form = OsservazioneForm(inviati(request))
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        try:
            salvata = servizi.crea_osservazione(
                versione, nodo.id, dati["testo"], dati["citazione"], da=agente
            )
        except ErroreDominio as errore:
            form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
        else:
            messages.success(
                request, "Osservazione salvata. La vede solo il tuo ente finché non è presentata."
            )
            return redirect(salvata)
    pagina = contesto(
        accordo,
        versione=versione,
        form=form,
        nodo=nodo,
        dove=nomi(testo)[nodo.id].esteso,
        titolo_pagina="Scrivi un'osservazione",
        url_indietro=reverse("bozze:testo", args=[accordo.slug]),
    )
    return render(request, "bozze/osservazioni/modifica.html", pagina, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def modifica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a draft again."""
    accordo, agente = accordo_di(request, slug)
    osservazione = _propria_bozza(request, slug, pk)
    iniziali = {
        "testo": osservazione.testo,
        "citazione": osservazione.citazione,
        "revisione": osservazione.revisione,
    }
    form = OsservazioneForm(inviati(request), initial=iniziali)
    conflitto: Osservazione | None = None
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        try:
            servizi.modifica_osservazione(
                osservazione, dati["testo"], dati["citazione"], revisione=dati["revisione"] or 0, da=agente
            )
        except StatoCambiato as errore:
            conflitto = Osservazione.objects.get(pk=pk)
            form.data = form.data.copy()  # type: ignore[attr-defined]  # the QueryDict of a bound form
            form.data["revisione"] = str(conflitto.revisione)  # type: ignore[index]
            form.add_error(None, errore.testo)
        except ErroreDominio as errore:
            form.add_error(None, " ".join([errore.testo, *(m.testo for m in errore.mancanze)]))
        else:
            messages.success(request, "Osservazione salvata.")
            return redirect(osservazione)
    _, nodo = disposizione_di(osservazione.versione, osservazione.disposizione_id)
    pagina = contesto(
        accordo,
        versione=osservazione.versione,
        form=form,
        nodo=nodo,
        dove=osservazione.dove,
        titolo_pagina="Modifica l'osservazione",
        conflitto=conflitto,
        url_indietro=osservazione.get_absolute_url(),
    )
    return render(request, "bozze/osservazioni/modifica.html", pagina, status=422 if form.errors else 200)


def _propria_bozza(request: RichiestaAutenticata, slug: str, pk: int) -> Osservazione:
    """Return a draft of the person's own body; 404 for anything else."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_osservare(agente, accordo):
        raise Http404
    visibili = interrogazioni.osservazioni_visibili_a(agente, accordo)
    return get_object_or_404(visibili.filter(ente=agente.ente_id, stato="bozza"), pk=pk)


def _passo(
    request: RichiestaAutenticata, slug: str, pk: int, verbo: str, effetti: list[str], fatto: str
) -> HttpResponse:
    """Confirm, then do, one step of one's own body's remark."""
    accordo, agente = accordo_di(request, slug)
    osservazione = _propria_bozza(request, slug, pk)
    azione = next((a for a in azioni(osservazione, agente) if a.transizione.verbo == verbo), None)
    if azione is None or (
        verbo == "presenta_osservazione" and not _presenta_da_solo({verbo: azione}, agente, accordo)
    ):
        raise Http404
    if request.method == "POST":
        if verbo == "presenta_osservazione":
            servizi.presenta_osservazione(osservazione, da=agente)
        else:
            servizi.scarta_osservazione(osservazione, da=agente)
        messages.success(request, fatto)
        if osservazione.stato == "scartata":
            return redirect("bozze:contributo", slug=accordo.slug)
        return redirect(osservazione)
    pagina = contesto(
        accordo,
        titolo=azione.transizione.etichetta,
        percorso=[
            ("Testo", reverse("bozze:testo", args=[accordo.slug])),
            ("Osservazioni", reverse("bozze:osservazioni", args=[accordo.slug])),
            ("Osservazione", osservazione.get_absolute_url()),
        ],
        disposto=osservazione.testo.splitlines(),
        effetti=effetti,
        mancanze=azione.mancanze,
        form=VuotoForm(),
        etichetta=azione.transizione.etichetta if azione.possibile else "",
        url_annulla=osservazione.get_absolute_url(),
    )
    return render(request, "bozze/emendamenti/conferma.html", pagina)


@require_http_methods(["GET", "POST"])
def presenta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Present a remark by itself."""
    effetti = [
        "La leggono tutti gli enti che partecipano.",
        "Non si modifica più. Chi coordina l'accordo risponde.",
    ]
    return _passo(request, slug, pk, "presenta_osservazione", effetti, "Osservazione presentata.")


@require_http_methods(["GET", "POST"])
def scarta(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Put a draft aside."""
    effetti = ["L'osservazione esce dall'elenco del tuo ente. Nessun altro l'ha mai vista."]
    return _passo(request, slug, pk, "scarta_osservazione", effetti, "Osservazione scartata.")
