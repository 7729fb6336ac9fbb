"""What the pages of the meetings share."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_coordinato
from focusgroup import interrogazioni
from focusgroup.models import Riunione
from focusgroup.stati import StatoRiunione

FORMULARIO = ["GET", "HEAD", "POST"]


DA_PREPARARE = {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA}


DA_SCRIVERE = {StatoRiunione.CONVOCATA, StatoRiunione.SVOLTA}


LEGGIBILE = {StatoRiunione.VERBALE_PUBBLICATO, StatoRiunione.VERBALE_APPROVATO}


def nome_file(pdf: bytes, nome: str) -> HttpResponse:
    """Return a PDF as a download with a name made of words."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slugify(nome)}.pdf"'},
    )


def riunione_visibile(request: RichiestaAutenticata, accordo: Accordo, pk: int) -> Riunione:
    return get_object_or_404(interrogazioni.visibili_a(request.agente, accordo), pk=pk)


def riunione_coordinata(request: RichiestaAutenticata, slug: str, pk: int) -> Riunione:
    return riunione_visibile(request, accordo_coordinato(request, slug), pk)


def briciole(riunione: Riunione) -> list[tuple[str, str]]:
    """Return the pages above one of this meeting's."""
    return [
        ("Focus group", reverse("focusgroup:riunioni", args=[riunione.accordo.slug])),
        (riunione.ambito.nome, riunione.url()),
    ]


def stato_http(form: object) -> int:
    return 422 if getattr(form, "is_bound", False) else 200
