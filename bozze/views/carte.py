"""The papers of the amendments: bundle, synoptic table, lists for other programs, one amendment in Word."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accordo.base.foglio import XLSX
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from bozze.carte.elenchi import foglio_emendamenti, json_emendamenti
from bozze.carte.emendamento import in_word
from bozze.carte.fascicolo import pdf_fascicolo, pdf_sinottica, voci_sinottiche
from bozze.interrogazioni import emendamenti as interrogazioni
from bozze.interrogazioni.firme import con_firme
from bozze.models import Emendamento, Versione
from bozze.views.comuni import accordo_di, contesto, file_word, scarica, versione_o_404
from bozze.views.in_parti import in_parti

PER_PAGINA = 25


def _presentati(accordo: Accordo) -> tuple[Versione, QuerySet[Emendamento]]:
    versione = versione_o_404(interrogazioni.versione_emendabile(accordo))
    return versione, con_firme(interrogazioni.di_tutte_le_versioni(versione))


# ---------------------------------------------------------------------------------------------- synoptic table
@require_GET
def sinottica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The synoptic table: article, original, proposed, reason, proponent, outcome and its reason."""
    accordo, _ = accordo_di(request, slug)
    versione = interrogazioni.versione_emendabile(accordo)
    tutti = interrogazioni.di_tutte_le_versioni(versione) if versione else Emendamento.objects.none()
    pagina = Paginator(con_firme(tutti), PER_PAGINA).get_page(request.GET.get("page"))
    voci = voci_sinottiche(versione, pagina) if versione else []
    dati = contesto(accordo, versione=versione, voci=voci, page_obj=pagina)
    return render(request, "bozze/esame/sinottica.html", dati)


@require_GET
def sinottica_pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The synoptic table on paper."""
    accordo, _ = accordo_di(request, slug)
    versione, tutti = _presentati(accordo)
    return in_parti(
        request,
        versione,
        tutti,
        lambda scelti, parte: pdf_sinottica(accordo, versione, scelti, parte),
        titolo="La tavola sinottica",
        nome="tavola-sinottica",
    )


# ---------------------------------------------------------------------------------------------- the bundle
@require_GET
def fascicolo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The bundle: every amendment in the order of examination, each as it is written, with its reason and outcome."""
    accordo, _ = accordo_di(request, slug)
    versione, tutti = _presentati(accordo)
    return in_parti(
        request,
        versione,
        tutti,
        lambda scelti, parte: pdf_fascicolo(accordo, versione, scelti, parte),
        titolo="Il fascicolo degli emendamenti",
        nome="fascicolo-emendamenti",
    )


# ---------------------------------------------------------------------------------------------- lists
@require_GET
def emendamenti_xlsx(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The amendments as a spreadsheet."""
    accordo, _ = accordo_di(request, slug)
    _, tutti = _presentati(accordo)
    return scarica(foglio_emendamenti(tutti), f"{accordo.slug}-emendamenti.xlsx", XLSX)


@require_GET
def emendamenti_json(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The amendments, with their operations, as JSON."""
    accordo, _ = accordo_di(request, slug)
    versione, tutti = _presentati(accordo)
    return scarica(json_emendamenti(versione, tutti), f"{accordo.slug}-emendamenti.json", "application/json")


# ---------------------------------------------------------------------------------------------- one amendment
@require_GET
def word(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """One amendment as a Word document, its changes tracked in the name of its body."""
    accordo, agente = accordo_di(request, slug)
    visibili = interrogazioni.emendamenti_visibili_a(agente, accordo)
    emendamento = get_object_or_404(visibili, pk=pk)
    return file_word(in_word(emendamento), f"{accordo.slug}-emendamento-{emendamento.sigla}")
