"""What the pages of the results share: who may read them, and in which frame."""

from typing import Any

from django.http import Http404, HttpRequest

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile
from questionari import interrogazioni
from questionari import permessi as miei
from questionari.definizione import RISERVATA, Sezione
from questionari.esiti.quadro import DIMENSIONI, Quadro, quadro_di
from questionari.models import Restituzione

SEGRETERIA = "segreteria"


def vede(request: RichiestaAutenticata, accordo: Accordo) -> tuple[bool, Restituzione | None]:
    """Whether the person reads the results now, and what was given back."""
    restituzione = interrogazioni.restituzione_di(accordo)
    return miei.vede_esiti(request.agente, accordo, restituzione), restituzione


def quadro_o_404(request: RichiestaAutenticata, slug: str) -> Quadro:
    """The frame of the results, if the person reads them; the coordinator may ask for their own reading of it."""
    accordo = accordo_visibile(request, slug)
    legge, restituzione = vede(request, accordo)
    segreteria = request.GET.get("vista") == SEGRETERIA and permessi.coordina(request.agente, accordo)
    quadro = quadro_di(accordo, restituzione, segreteria=segreteria) if legge else None
    if quadro is None:
        raise Http404
    return quadro


def cornice(request: RichiestaAutenticata, quadro: Quadro) -> dict[str, Any]:
    """What every page of the results shows around them."""
    return {
        "accordo": quadro.accordo,
        "quadro": quadro,
        "restituzione": quadro.restituzione,
        "coordina": permessi.coordina(request.agente, quadro.accordo),
        "segreteria": quadro.segreteria,
        "soglia": quadro.soglia,
    }


def dimensione(request: HttpRequest) -> str:
    """By what the reader compares: the area, if they do not say."""
    chiesta = request.GET.get("per", "")
    return chiesta if chiesta in DIMENSIONI else "ambito"


def indice_delle_sezioni(quadro: Quadro) -> list[tuple[Sezione, int, int, int]]:
    """Each section: how many questions it has, how many of them are not riservate, and how many are."""
    return [
        (sezione, len(sezione.chieste), len(sezione.chieste) - riservate, riservate)
        for sezione in quadro.struttura.sezioni
        for riservate in [sum(quadro.effettive[d.codice] == RISERVATA for d in sezione.chieste)]
    ]
