"""The table of findings: area × objective, a list, a PDF, a spreadsheet; one filter for all of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accordo.base.foglio import XLSX
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile
from accordo.rilievi import interrogazioni
from accordo.rilievi.esporta import foglio
from accordo.rilievi.forms import FiltroForm
from accordo.rilievi.models import Rilievo

PER_PAGINA = 40
AMBITI_PER_PAGINA = 6


@dataclass(frozen=True, slots=True)
class Scelta:
    """What the reader asked to see."""

    filtro: FiltroForm
    righe: QuerySet[Rilievo]
    filtrato: bool
    c_e_testo: bool
    indirizzo: str

    @property
    def come_elenco(self) -> bool:
        """Whether a list says it better: who asks for it, or looks for words."""
        scelti = self.filtro.cleaned_data
        return scelti["vista"] == "elenco" or bool(scelti["cerca"])


def scelta_di(request: RichiestaAutenticata, accordo: Accordo) -> Scelta:
    """Return what the reader asked to see, of what they may."""
    filtro = FiltroForm(request.GET, accordo=accordo)
    scelti = filtro.scelti()
    righe = interrogazioni.filtra(interrogazioni.visibili_a(request.agente, accordo), **scelti)
    scoperte = interrogazioni.non_ripresi(righe, accordo, request.agente)
    solo_scoperte = bool(filtro.cleaned_data["non_ripresi"]) and scoperte is not None
    if solo_scoperte and scoperte is not None:
        righe = scoperte
    indirizzo = urlencode({nome: valore for nome, valore in filtro.cleaned_data.items() if valore})
    return Scelta(filtro, righe, any(scelti.values()) or solo_scoperte, scoperte is not None, indirizzo)


@require_safe
def quadro(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the findings by area × objective, strengths beside critical points; or as a list."""
    accordo = accordo_visibile(request, slug)
    scelta = scelta_di(request, accordo)
    coordina = permessi.coordina(request.agente, accordo)
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "scelta": scelta,
        "filtro": scelta.filtro,
        "coordina": coordina,
        "scoperti": interrogazioni.obiettivi_scoperti(accordo, request.agente) if scelta.c_e_testo else (),
        "senza_proposte": interrogazioni.senza_proposte(accordo) if coordina else (),
    }
    if scelta.come_elenco:
        ordine = interrogazioni.ORDINI[scelta.filtro.cleaned_data["ordine"]]
        elenco = interrogazioni.per_elenco(scelta.righe).order_by(*ordine)
        contesto["page_obj"] = Paginator(elenco, PER_PAGINA).get_page(request.GET.get("page"))
    else:
        contesto |= _tavola(request, accordo, scelta)
    return render(request, "rilievi/quadro.html", contesto)


def _tavola(request: RichiestaAutenticata, accordo: Accordo, scelta: Scelta) -> dict[str, Any]:
    obiettivi = interrogazioni.obiettivi_principali(accordo)
    ambiti = interrogazioni.ambiti_dell_accordo(accordo)
    if codice := scelta.filtro.cleaned_data["ambito"]:
        ambiti = ambiti.filter(codice=codice)
    pagina = Paginator(ambiti, AMBITI_PER_PAGINA).get_page(request.GET.get("page"))
    righe = interrogazioni.quadro(scelta.righe, obiettivi, pagina, con_primi=True)
    return {
        "page_obj": pagina,
        "obiettivi": obiettivi,
        "righe": righe,
        "totali": interrogazioni.totali(scelta.righe, obiettivi),
    }


@require_safe
def quadro_xlsx(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Return the same findings as a spreadsheet: one row each, their evidence, and the table."""
    accordo = accordo_visibile(request, slug)
    scelta = scelta_di(request, accordo)
    contenuto = foglio(accordo, scelta.righe)
    return scarica(contenuto, XLSX, f"rilievi-{slugify(slug)}.xlsx")


def scarica(contenuto: bytes, tipo: str, nome: str) -> HttpResponse:
    """Return a file to take away."""
    return HttpResponse(
        contenuto, content_type=tipo, headers={"Content-Disposition": f'attachment; filename="{nome}"'}
    )
