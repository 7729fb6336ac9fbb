"""Writing a remark. What was typed is never lost: not when the deadline passes, nor when the text changes meanwhile."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.errori import ErroreDominio, StatoCambiato
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from bozze import permessi
from bozze.forms.osservazioni import OsservazioneForm
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.osservazioni import seguito
from bozze.models import Osservazione, Versione
from bozze.servizi import osservazioni as servizi
from bozze.testo.albero import Disposizione
from bozze.testo.confronto import confronta_parole
from bozze.testo.numerazione import nomi
from bozze.views.comuni import accordo_di, contesto, disposizione_di, in_parole
from bozze.views.osservazioni import propria_bozza


def _parole(nodo: Disposizione) -> str:
    return nodo.testo or nodo.rubrica


def _con(dati: QueryDict, **altri: object) -> QueryDict:
    """Return what was posted with some values changed."""
    copia = dati.copy()
    for nome, valore in altri.items():
        copia[nome] = str(valore)
    return copia


@require_http_methods(["GET", "POST"])
def nuova(request: RichiestaAutenticata, slug: str, disposizione: str) -> HttpResponse:
    """Write a remark on a disposition of the published version, or on the words of it named in the address."""
    accordo, agente = accordo_di(request, slug)
    if not permessi.puo_osservare(agente, accordo):
        raise Http404
    versione = interrogazioni.versione_emendabile(accordo)
    if request.method == "POST":
        return _scrivi(request, accordo, versione, disposizione)
    testo, nodo = disposizione_di(versione, disposizione)
    assert versione is not None
    if mancanze := list(interrogazioni.aperte(accordo, versione)):
        raise ErroreDominio("Non si può osservare ora.", mancanze)
    posto = request.GET.get("posto", "")
    iniziali = {
        "versione": versione.numero,
        "citazione": request.GET.get("cita", "")[:5_000],
        "posto": posto if posto.isdecimal() else "",
    }
    form = OsservazioneForm(initial=iniziali, parole=_parole(nodo))
    return _modulo(request, accordo, versione, nodo, nomi(testo)[nodo.id].esteso, form)


def _scrivi(
    request: RichiestaAutenticata, accordo: Accordo, versione: Versione | None, disposizione: str
) -> HttpResponse:
    """Save what was posted; if the text has changed since the page was opened, show the change first."""
    letta = _versione_letta(accordo, request.POST.get("versione", "")) or versione
    testo, nodo = disposizione_di(letta, disposizione)
    assert letta is not None
    assert versione is not None
    form = OsservazioneForm(request.POST, parole=_parole(nodo))
    dove = nomi(testo)[nodo.id].esteso
    cambio: dict[str, Any] = {}
    if letta.pk != versione.pk:
        ora = versione.albero.trova(nodo.id)
        if ora is None:
            form.add_error(
                None,
                f"Mentre scrivevi è uscita la versione {versione.numero}, dove questa disposizione non c'è più. "
                "Le tue parole sono qui sotto: copiale su un'altra disposizione.",
            )
            return _modulo(request, accordo, letta, nodo, dove, form)
        cambio = {"cambio": confronta_parole(_parole(nodo), _parole(ora)), "versione_letta": letta}
        form = OsservazioneForm(_con(request.POST, versione=versione.numero), parole=_parole(ora))
        form.add_error(
            None,
            f"Mentre scrivevi è uscita la versione {versione.numero}: controlla che l'osservazione valga ancora "
            "e salvala di nuovo.",
        )
        dove, nodo = nomi(versione.albero)[nodo.id].esteso, ora
    elif form.is_valid():
        dati = form.cleaned_data
        try:
            salvata = servizi.crea_osservazione(
                versione,
                nodo.id,
                dati["testo"],
                dati["citazione"],
                posto=dati["posto"] or 0,
                da=request.agente,
            )
        except ErroreDominio as errore:
            form.add_error(None, in_parole(errore))
        else:
            messages.success(
                request, "Osservazione salvata. La vede solo il tuo ente finché non è presentata."
            )
            return redirect(salvata)
    return _modulo(request, accordo, versione, nodo, dove, form, **cambio)


def _versione_letta(accordo: Accordo, numero: str) -> Versione | None:
    """Return the version that the person had before them while writing."""
    if not numero.isdecimal() or len(numero) > 6:
        return None
    return Versione.objects.filter(accordo=accordo, numero=int(numero)).select_related("accordo").first()


@require_http_methods(["GET", "POST"])
def modifica(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Write a draft again; one written on an older version is carried to the one that is open."""
    accordo, agente = accordo_di(request, slug)
    osservazione = propria_bozza(request, slug, pk)
    versione = interrogazioni.versione_emendabile(accordo) or osservazione.versione
    nodo = versione.albero.trova(osservazione.disposizione_id)
    if nodo is None:
        versione = osservazione.versione
        _, nodo = disposizione_di(versione, osservazione.disposizione_id)
    iniziali = {
        "testo": osservazione.testo,
        "citazione": osservazione.citazione,
        "revisione": osservazione.revisione,
        "versione": versione.numero,
    }
    form = OsservazioneForm(
        request.POST if request.method == "POST" else None, initial=iniziali, parole=_parole(nodo)
    )
    conflitto: Osservazione | None = None
    if form.is_bound and request.POST.get("versione", str(versione.numero)) != str(versione.numero):
        form = OsservazioneForm(_con(request.POST, versione=versione.numero), parole=_parole(nodo))
        form.add_error(
            None, f"Mentre scrivevi è uscita la versione {versione.numero}: controlla e salva di nuovo."
        )
    elif form.is_valid():
        dati = form.cleaned_data
        try:
            servizi.modifica_osservazione(
                osservazione,
                dati["testo"],
                dati["citazione"],
                posto=dati["posto"] or 0,
                revisione=dati["revisione"] or 0,
                da=agente,
            )
        except StatoCambiato as errore:
            conflitto = Osservazione.objects.get(pk=pk)
            form = OsservazioneForm(_con(request.POST, revisione=conflitto.revisione), parole=_parole(nodo))
            form.add_error(None, errore.testo)
        except ErroreDominio as errore:
            form.add_error(None, in_parole(errore))
        else:
            messages.success(request, "Osservazione salvata.")
            return redirect(osservazione)
    return _modulo(
        request,
        accordo,
        versione,
        nodo,
        nomi(versione.albero)[nodo.id].esteso,
        form,
        titolo_pagina="Modifica l'osservazione",
        conflitto=conflitto,
        osservazione=osservazione,
        seguito=seguito(osservazione),
        url_indietro=osservazione.get_absolute_url(),
    )


def _modulo(
    request: RichiestaAutenticata,
    accordo: Accordo,
    versione: Versione,
    nodo: Disposizione,
    dove: str,
    form: OsservazioneForm,
    **altro: Any,
) -> HttpResponse:
    pagina = {
        "titolo_pagina": "Scrivi un'osservazione",
        "url_indietro": reverse("bozze:testo", args=[accordo.slug]),
        "versione": versione,
        "nodo": nodo,
        "dove": dove,
        "form": form,
        **altro,
    }
    stato = 422 if form.is_bound else 200
    return render(request, "bozze/osservazioni/modifica.html", contesto(accordo, **pagina), status=stato)
