"""The table of findings as PDF: one document, or when they are many one for each area, and for each part of a large one."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accordo.base.pdf import componi_una_volta
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.models import Ambito
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile
from accordo.rilievi import interrogazioni
from accordo.rilievi.views.quadro import Scelta, scarica, scelta_di

IN_PDF = 400
"""More findings than this do not go into one PDF: so it is laid out in two or three seconds of one processor."""
TAVOLA = "tavola"


@dataclass(frozen=True, slots=True)
class Documento:
    """One of the PDFs into which many findings are divided."""

    nome: str
    quanti: int
    indirizzo: str


@require_safe
def quadro_pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Return the same findings as PDF, area by area, objective by objective; if they are many, the list of the PDFs."""
    accordo = accordo_visibile(request, slug)
    scelta = scelta_di(request, accordo)
    parte = request.GET.get("parte", "")
    quanti = scelta.righe.count()
    if not parte and quanti > IN_PDF:
        return _elenco(request, accordo, scelta, quanti)
    in_parole = ""
    righe = scelta.righe
    if parte == TAVOLA:
        in_parole = "Solo i numeri."
    elif parte:
        numero, parti = int(parte) if parte.isdecimal() else 0, _quante_parti(quanti)
        if not 1 <= numero <= parti:
            raise Http404
        numeri = righe.order_by("numero").values_list("pk", "numero")
        scelti = list(numeri[(numero - 1) * IN_PDF : numero * IN_PDF])
        righe = righe.filter(pk__in=[pk for pk, _ in scelti])
        in_parole = f"Parte {numero} di {parti}: i rilievi dal n. {scelti[0][1]} al n. {scelti[-1][1]}."
    obiettivi = interrogazioni.obiettivi_principali(accordo)
    ambiti = _ambiti(accordo, scelta)
    contesto = {
        "accordo": accordo,
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "filtri": scelta.filtro.in_parole(),
        "parte": in_parole,
        "quanti": quanti,
        "obiettivi": obiettivi,
        "righe": interrogazioni.quadro(scelta.righe, obiettivi, ambiti),
        "totali": interrogazioni.totali(scelta.righe, obiettivi),
        "sezioni": () if parte == TAVOLA else interrogazioni.per_casella(righe, obiettivi, ambiti),
        "senza_proposte": interrogazioni.senza_proposte(accordo)
        if permessi.coordina(request.agente, accordo)
        else (),
    }
    pdf = componi_una_volta("stampa/rilievi.html", contesto, titolo="Quadro dei rilievi")
    ambito = scelta.filtro.cleaned_data["ambito"]
    nome = "-".join(filter(None, ["rilievi", slugify(slug), ambito, parte]))
    return scarica(pdf, "application/pdf", f"{nome}.pdf")


def _ambiti(accordo: Accordo, scelta: Scelta) -> Sequence[Ambito]:
    ambiti = interrogazioni.ambiti_dell_accordo(accordo)
    codice = scelta.filtro.cleaned_data["ambito"]
    return list(ambiti.filter(codice=codice) if codice else ambiti)


def _quante_parti(quanti: int) -> int:
    return -(-quanti // IN_PDF)


def _elenco(request: RichiestaAutenticata, accordo: Accordo, scelta: Scelta, quanti: int) -> HttpResponse:
    """Show the PDFs: the table alone, then each area, in parts where one is too many."""
    per_ambito = dict(
        scelta.righe.order_by().values_list("ambito").annotate(quanti=Count("pk", distinct=True))
    )
    documenti = [Documento("I numeri, per ambito e obiettivo", quanti, _indirizzo(scelta, parte=TAVOLA))]
    for ambito in _ambiti(accordo, scelta):
        suoi = per_ambito.get(ambito.pk, 0)
        parti = _quante_parti(suoi)
        for parte in range(1, parti + 1):
            nome = ambito.nome if parti == 1 else f"{ambito.nome}, parte {parte} di {parti}"
            qui = min(IN_PDF, suoi - (parte - 1) * IN_PDF)
            quale = {"parte": str(parte)} if parti > 1 else {}
            documenti.append(Documento(nome, qui, _indirizzo(scelta, ambito=ambito.codice, **quale)))
    contesto = {"accordo": accordo, "scelta": scelta, "quanti": quanti, "documenti": documenti}
    return render(request, "rilievi/documenti.html", contesto)


def _indirizzo(scelta: Scelta, **altro: str) -> str:
    filtri = {nome: valore for nome, valore in scelta.filtro.cleaned_data.items() if valore}
    return urlencode(filtri | altro)
