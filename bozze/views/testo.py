"""The text to read: the page of law, the versions, the comparison of two."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi, permessi
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile
from bozze import permessi as permessi_testo
from bozze.carte.word import word_testo
from bozze.forms.testo import ConfrontoForm
from bozze.interrogazioni.akoma import akn_versione
from bozze.interrogazioni.aperta import aperta
from bozze.interrogazioni.emendamenti import conteggi_osservazioni, conteggi_per_disposizione
from bozze.interrogazioni.pagina import Conteggi, foglio
from bozze.interrogazioni.testo import (
    bozza_di,
    conteggi_citazioni,
    lettura_di,
    storia_in_passi,
    ultima_versione,
    versioni,
)
from bozze.models import Versione
from bozze.servizi import testo as servizi
from bozze.testo.numerazione import nomi
from bozze.views.comuni import file_word, file_xml


def _contesto(request: RichiestaAutenticata, accordo: Accordo, **altro: Any) -> dict[str, Any]:
    return {
        "accordo": accordo,
        "url_testo": reverse("bozze:testo", args=[accordo.slug]),
        "coordina": permessi.coordina(request.agente, accordo),
        **altro,
    }


def _versione(accordo: Accordo, numero: int) -> Versione:
    return get_object_or_404(versioni(accordo), numero=numero)


@require_safe
def testo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the version in force, or say when there will be one."""
    accordo = accordo_visibile(request, slug)
    versione = ultima_versione(accordo)
    if versione is None:
        contesto = _contesto(request, accordo, scadenza=fasi.scadenza(accordo, "bozza"))
        contesto["in_lavoro"] = contesto["coordina"] and bozza_di(accordo) is not None
        return render(request, "bozze/testo/vuoto.html", contesto)
    return _pagina(request, accordo, versione, in_vigore=True)


@require_safe
def versione(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Show any version."""
    accordo = accordo_visibile(request, slug)
    return _pagina(request, accordo, _versione(accordo, numero), in_vigore=False)


def _pagina(
    request: RichiestaAutenticata, accordo: Accordo, versione: Versione, *, in_vigore: bool
) -> HttpResponse:
    id_aperta = request.GET.get("apri", "")
    nodo = versione.albero.trova(id_aperta) if id_aperta else None
    conteggi = Conteggi(
        conteggi_per_disposizione(versione),
        conteggi_osservazioni(versione),
        conteggi_citazioni(request.agente, accordo),
    )
    in_fase = fasi.in_fase(accordo, "osservazioni") and in_vigore and not versione.definitiva
    aperte = in_fase and not fasi.scaduta(accordo, "osservazioni")
    puo_emendare = aperte and permessi_testo.puo_emendare(request.agente, accordo)
    puo_osservare = aperte and permessi_testo.puo_osservare(request.agente, accordo)
    contesto = _contesto(
        request,
        accordo,
        versione=versione,
        foglio=foglio(versione.albero, conteggi, nodo.id if nodo else ""),
        in_vigore=in_vigore,
        aperta=aperta(versione, nodo, request.GET.get("em", ""), request.agente) if nodo else None,
        lettura=lettura_di(versione, request.agente),
        osservazioni_aperte=aperte,
        termine=fasi.scadenza(accordo, "osservazioni") if aperte else None,
        puo_emendare=puo_emendare,
        puo_osservare=puo_osservare,
        si_propone=(puo_emendare or puo_osservare) and "proponi" in request.GET,
        con_citazioni=bool(conteggi.citazioni),
        con_emendamenti=bool(conteggi.emendamenti or conteggi.osservazioni),
    )
    return render(request, "bozze/testo/pagina.html", contesto)


@require_safe
def elenco_versioni(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """List the versions and offer to compare two."""
    accordo = accordo_visibile(request, slug)
    tutte = list(versioni(accordo).defer("testo"))
    form = ConfrontoForm(versioni=tutte) if len(tutte) > 1 else None
    return render(
        request, "bozze/testo/versioni.html", _contesto(request, accordo, versioni=tutte, form=form)
    )


@require_safe
def versione_json(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Give the canonical JSON of a version: the bytes that its hash is computed on."""
    accordo = accordo_visibile(request, slug)
    trovata = _versione(accordo, numero)
    risposta = HttpResponse(trovata.albero.in_json(), content_type="application/json")
    risposta["Content-Disposition"] = f'attachment; filename="{accordo.slug}-versione-{numero}.json"'
    return risposta


@require_safe
def versione_akn(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Give a version as Akoma Ntoso."""
    accordo = accordo_visibile(request, slug)
    return file_xml(akn_versione(_versione(accordo, numero)), f"{accordo.slug}-versione-{numero}")


@require_safe
def versione_word(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Give a version as a Word document."""
    accordo = accordo_visibile(request, slug)
    trovata = _versione(accordo, numero)
    contenuto = word_testo(trovata.albero, quando=trovata.pubblicata_il)
    return file_word(contenuto, f"{accordo.slug}-versione-{numero}")


@require_POST
def segna_letta(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Note that the person has read the version."""
    accordo = accordo_visibile(request, slug)
    servizi.segna_letta(_versione(accordo, numero), da=request.agente)
    messages.success(request, "Grazie: la lettura è segnata.")
    return redirect("bozze:testo", slug=slug)


@require_safe
def disposizione(request: RichiestaAutenticata, slug: str, numero: int, codice: str) -> HttpResponse:
    """Show one disposition with its story: what it said in each version."""
    accordo = accordo_visibile(request, slug)
    trovata = _versione(accordo, numero)
    nodo = trovata.albero.trova(str(codice))
    if nodo is None:
        raise Http404
    passi = storia_in_passi(accordo, nodo.id)
    contesto = _contesto(
        request, accordo, versione=trovata, nodo=nodo, nome=nomi(trovata.albero)[nodo.id], passi=passi
    )
    return render(request, "bozze/testo/disposizione.html", contesto)
