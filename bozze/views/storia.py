"""The draft's history, what stands beside one of its dispositions, and who else is writing."""

import json
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accordo.base.canonico import impronta
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.views.comuni import accordo_coordinato
from bozze.forms.redazione import StoriaForm
from bozze.interrogazioni.scheda import riga_di_storia
from bozze.interrogazioni.scheda import scheda as leggi_scheda
from bozze.interrogazioni.scrittura import chi_ha_scritto, presenti, storia_della_bozza
from bozze.interrogazioni.testo import TestoInLavoro
from bozze.servizi import testo as servizi
from bozze.testo.numerazione import nomi
from bozze.views.bozza import in_luogo, lavoro_o_404, nodo_o_404, quadro, si_scrive

PER_PAGINA = 30


@require_safe
def scheda(request: RichiestaAutenticata, slug: str, codice: UUID) -> HttpResponse:
    """Show a disposition's story, findings, remarks and the references to it: in the panel, or as a page."""
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    nodo = nodo_o_404(lavoro, codice)
    contesto = quadro(
        accordo, scheda=leggi_scheda(lavoro, nodo, request.agente), nodo=nodo, si_scrive=si_scrive(accordo)
    )
    pagina = "_scheda.html" if in_luogo(request) else "scheda.html"
    return render(request, f"bozze/redazione/{pagina}", contesto)


@require_safe
def storia(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show who wrote what, by day, of the whole draft, of one disposition, of one person."""
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    form = StoriaForm(request.GET, persone=chi_ha_scritto(lavoro.bozza))
    disposizione, chi = form.scelti()
    tutte = storia_della_bozza(lavoro.bozza, disposizione, chi)
    pagina = Paginator(tutte, PER_PAGINA).get_page(request.GET.get("page"))
    detti = nomi(lavoro.testo)
    righe = [riga_di_storia(modifica, detti, disposizione) for modifica in pagina]
    contesto = quadro(
        accordo,
        form=form,
        page_obj=pagina,
        righe=righe,
        disposizione=disposizione,
        nome=detti.get(str(disposizione)),
    )
    return render(request, "bozze/redazione/storia.html", contesto)


@require_POST
def presenze(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Note where this person is writing; say who else is, and how far the draft has gone. "No news" when it can."""
    accordo = accordo_coordinato(request, slug)
    lavoro = lavoro_o_404(accordo)
    qui = request.POST.get("disposizione", "")
    dove = UUID(qui) if qui in lavoro.revisioni else None
    servizi.segnala_presenza(lavoro.bozza, request.user, dove)
    contesto = chi_c_e(request, lavoro)
    if request.POST.get("stato") == contesto["stato_presenze"]:
        return HttpResponse(status=204)
    return render(request, "bozze/redazione/_presenze.html", contesto)


def chi_c_e(request: RichiestaAutenticata, lavoro: TestoInLavoro) -> dict[str, object]:
    """Return the other drafters, where they are, and a short mark by which the page knows what it has."""
    detti = nomi(lavoro.testo)
    altri, dove = [], {}
    for presenza in presenti(lavoro.bozza, request.user):
        codice = str(presenza.disposizione or "")
        scrive = detti[codice].esteso if codice in detti else ""
        altri.append({"nome": str(presenza.utente), "dove": scrive})
        if scrive:
            dove[codice] = str(presenza.utente)
    conta = lavoro.bozza.conta
    stato = impronta([conta, *(f"{altro['nome']} {altro['dove']}" for altro in altri)])[:16]
    return {"altri": altri, "dove": json.dumps(dove), "conta": conta, "stato_presenze": stato}
