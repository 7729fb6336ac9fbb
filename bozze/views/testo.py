"""The text to read: the page of law, the versions, the comparison of two."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi, permessi
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile
from bozze import permessi as permessi_testo
from bozze.carte.provenienza import note_provenienza, pdf_provenienza
from bozze.carte.word import word_testo
from bozze.forms.osservazioni import FiltroLettura
from bozze.forms.testo import ConfrontoForm
from bozze.interrogazioni.akoma import akn_versione
from bozze.interrogazioni.aperta import aperta
from bozze.interrogazioni.lettura import Scelta, sezioni_con_proposte, sparite, trovate
from bozze.interrogazioni.obiettivi import codici_citati
from bozze.interrogazioni.pagina import Conteggi, foglio
from bozze.interrogazioni.testo import (
    bozza_di,
    citazioni_visibili_a,
    conteggi_citazioni,
    lettura_di,
    storia_in_passi,
    ultima_versione,
    versioni,
)
from bozze.models import Versione
from bozze.servizi import testo as servizi
from bozze.testo.numerazione import nomi
from bozze.views.comuni import file_pdf, file_word, file_xml


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


def _scelta(
    request: RichiestaAutenticata, accordo: Accordo, versione: Versione
) -> tuple[FiltroLettura, Scelta]:
    """Return the filters of what lies along the text; those that make no sense are ignored."""
    filtro = FiltroLettura(
        request.GET,
        sezioni=sezioni_con_proposte(versione),
        enti=[partecipazione.ente for partecipazione in partecipazioni_attive(accordo)],
    )
    return filtro, Scelta(filtro.scelti())


def _poteri(request: RichiestaAutenticata, accordo: Accordo, versione: Versione) -> dict[str, Any]:
    """Return whether proposals are open on this version, and whether this person may make them."""
    in_fase = fasi.in_fase(accordo, "osservazioni") and not versione.definitiva
    aperte = in_fase and not fasi.scaduta(accordo, "osservazioni")
    return {
        "osservazioni_aperte": aperte,
        "puo_emendare": aperte and permessi_testo.puo_emendare(request.agente, accordo),
        "puo_osservare": aperte and permessi_testo.puo_osservare(request.agente, accordo),
    }


def _pagina(
    request: RichiestaAutenticata, accordo: Accordo, versione: Versione, *, in_vigore: bool
) -> HttpResponse:
    albero = versione.albero
    nodo = albero.trova(request.GET.get("apri", ""))
    detti = nomi(albero)
    filtro, scelta = _scelta(request, accordo, versione)
    lungo = trovate(versione, albero, detti, scelta)
    conteggi = Conteggi(lungo.emendamenti, lungo.osservazioni, conteggi_citazioni(request.agente, accordo))
    poteri = _poteri(request, accordo, versione) if in_vigore else {}
    contesto = _contesto(
        request,
        accordo,
        versione=versione,
        foglio=foglio(albero, conteggi, nodo.id if nodo else ""),
        in_vigore=in_vigore,
        aperta=aperta(
            versione, nodo, request.agente, detti=detti, scelto=request.GET.get("em", ""), scelta=scelta
        )
        if nodo
        else None,
        lettura=lettura_di(versione, request.agente),
        termine=fasi.scadenza(accordo, "osservazioni") if poteri.get("osservazioni_aperte") else None,
        si_propone=(poteri.get("puo_emendare") or poteri.get("puo_osservare")) and "proponi" in request.GET,
        con_citazioni=bool(conteggi.citazioni) or bool(codici_citati(albero)),
        con_emendamenti=scelta.attiva or bool(lungo.emendamenti or lungo.osservazioni),
        filtro=filtro,
        scelta=scelta,
        trovate=lungo,
        sparite=sparite(versione, albero, scelta, lungo),
        **poteri,
    )
    return render(request, "bozze/testo/pagina.html", contesto)


@require_safe
def proposte(request: RichiestaAutenticata, slug: str, numero: int, codice: str) -> HttpResponse:
    """Show what lies on one disposition, to be put in place in the page; by itself it leads there."""
    accordo = accordo_visibile(request, slug)
    trovata = _versione(accordo, numero)
    nodo = trovata.albero.trova(str(codice))
    if nodo is None:
        raise Http404
    if not request.htmx:
        filtri = request.GET.copy()
        filtri["apri"] = nodo.id
        return redirect(f"{trovata.get_absolute_url()}?{filtri.urlencode()}#d-{nodo.id}")
    _, scelta = _scelta(request, accordo, trovata)
    in_vigore = ultima_versione(accordo) == trovata
    contesto = _contesto(
        request,
        accordo,
        versione=trovata,
        aperta=aperta(trovata, nodo, request.agente, detti=nomi(trovata.albero), scelta=scelta),
        in_posto=True,
        scelta=scelta,
        **(_poteri(request, accordo, trovata) if in_vigore else {}),
    )
    return render(request, "bozze/testo/_aperta.html", contesto)


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
    """Give a version as a Word document; with `?da-dove-viene=si`, what it comes from as comments beside it."""
    accordo = accordo_visibile(request, slug)
    trovata = _versione(accordo, numero)
    note, coda = None, ""
    if request.GET.get("da-dove-viene") == "si":
        note, coda = (
            note_provenienza(accordo, trovata, citazioni_visibili_a(request.agente, accordo)),
            "-da-dove-viene",
        )
    contenuto = word_testo(trovata.albero, quando=trovata.pubblicata_il, note=note)
    return file_word(contenuto, f"{accordo.slug}-versione-{numero}{coda}")


@require_safe
def provenienza_pdf(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Print a version with the findings and objectives that each disposition comes from."""
    accordo = accordo_visibile(request, slug)
    citazioni = citazioni_visibili_a(request.agente, accordo)
    contenuto = pdf_provenienza(accordo, _versione(accordo, numero), citazioni)
    return file_pdf(contenuto, f"{accordo.slug}-versione-{numero}-da-dove-viene")


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
