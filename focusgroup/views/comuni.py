"""What the pages of the meetings share."""

from django.shortcuts import get_object_or_404

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from focusgroup import interrogazioni
from focusgroup.models import Riunione
from focusgroup.stati import StatoRiunione

FORMULARIO = ["GET", "HEAD", "POST"]


DA_PREPARARE = {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA}


DA_SCRIVERE = {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}


def riunione_visibile(request: RichiestaAutenticata, accordo: Accordo, pk: int) -> Riunione:
    return get_object_or_404(interrogazioni.visibili_a(request.agente, accordo), pk=pk)


def riunione_coordinata(request: RichiestaAutenticata, slug: str, pk: int) -> Riunione:
    return riunione_visibile(request, accordo_coordinato(request, slug), pk)


def stato_http(form: object) -> int:
    return 422 if getattr(form, "is_bound", False) else 200
