"""The papers of many amendments: one PDF, or when they are too many for one, the list of the PDFs they are divided into."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accordo.base.richiesta import RichiestaAutenticata
from bozze.models import Emendamento, Versione
from bozze.views.comuni import contesto, file_pdf

IN_PDF = 100
"""More amendments than this do not go into one PDF: so it is laid out in a few seconds of one processor."""


@dataclass(frozen=True, slots=True)
class Parte:
    """One of the PDFs: its place, how many amendments it holds, the first and the last."""

    numero: int
    quanti: int
    primo: str
    ultimo: str


def in_parti(
    request: RichiestaAutenticata,
    versione: Versione,
    tutti: QuerySet[Emendamento],
    stampa: Callable[[QuerySet[Emendamento], str], bytes],
    *,
    titolo: str,
    nome: str,
) -> HttpResponse:
    """Return the PDF of them all or of the part that `?parte=` asks for; else, if they are many, the list of the parts.

    `stampa` takes the amendments and what part they are, in words. A part that is not there is a 404.
    """
    quanti = tutti.count()
    chiesta = request.GET.get("parte", "")
    file = f"{nome}-{versione.accordo.slug}"
    if not chiesta and quanti <= IN_PDF:
        return file_pdf(stampa(tutti, ""), file)
    parti = _parti(tutti)
    if not chiesta:
        dati = contesto(versione.accordo, versione=versione, titolo=titolo, quanti=quanti, parti=parti)
        return render(request, "bozze/emendamenti/in_parti.html", dati)
    numero = int(chiesta) if chiesta.isdecimal() else 0
    if not 1 <= numero <= len(parti):
        raise Http404
    parte = parti[numero - 1]
    in_parole = f"Parte {numero} di {len(parti)}: dall'emendamento {parte.primo} al {parte.ultimo}."
    return file_pdf(
        stampa(tutti[(numero - 1) * IN_PDF : numero * IN_PDF], in_parole), f"{file}-parte-{numero}"
    )


def _parti(tutti: QuerySet[Emendamento]) -> list[Parte]:
    """Divide them as they stand, by their numbers alone."""
    sigle = [
        e.sigla
        for e in tutti.select_related(None).prefetch_related(None).only("prefisso", "numero", "accordo")
    ]
    gruppi = [sigle[inizio : inizio + IN_PDF] for inizio in range(0, len(sigle), IN_PDF)]
    return [Parte(n, len(gruppo), gruppo[0], gruppo[-1]) for n, gruppo in enumerate(gruppi, start=1)]
