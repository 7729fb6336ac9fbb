"""The table of the acts as files; what must be public, for "Amministrazione trasparente"; the package to deposit."""

import json
import tempfile

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accordo.approvazione import elenco_pubblico, interrogazioni, quadro_atti
from accordo.approvazione.models import Approvazione, DocumentoFinale
from accordo.approvazione.versamento.pacchetto import scrivi_versamento
from accordo.approvazione.views.comuni import pdf, scarica
from accordo.base.foglio import XLSX
from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.permessi import vede
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile

PER_PAGINA = 50


def _quadro(request: RichiestaAutenticata, slug: str) -> tuple[DocumentoFinale, list[Approvazione]]:
    documento = interrogazioni.documento_attuale(accordo_visibile(request, slug))
    if documento is None:
        raise Http404
    return documento, list(interrogazioni.approvazioni_di(documento))


@require_safe
def atti_pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The table of the acts on paper."""
    return pdf(quadro_atti.in_pdf(*_quadro(request, slug)), f"quadro-degli-atti-{slug}.pdf")


@require_safe
def atti_csv(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The table of the acts as CSV."""
    _, approvazioni = _quadro(request, slug)
    return scarica(
        quadro_atti.in_csv(approvazioni), f"quadro-degli-atti-{slug}.csv", "text/csv; charset=utf-8"
    )


@require_safe
def atti_xlsx(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The table of the acts as a spreadsheet."""
    _, approvazioni = _quadro(request, slug)
    return scarica(quadro_atti.in_xlsx(approvazioni), f"quadro-degli-atti-{slug}.xlsx", XLSX)


def _pubblico(request: Richiesta, slug: str) -> tuple[Accordo, DocumentoFinale | None]:
    accordo = get_object_or_404(Accordo.objects.select_related("promotore"), slug=slug)
    if not (accordo.pubblico or vede(request.agente, accordo)):
        raise Http404
    return accordo, interrogazioni.documento_attuale(accordo)


@login_not_required
@require_safe
def trasparenza(request: Richiesta, slug: str) -> HttpResponse:
    """What is public of the accord, the files to take, and what their columns mean."""
    accordo, documento = _pubblico(request, slug)
    approvazioni = list(interrogazioni.approvazioni_di(documento)) if documento else []
    contesto = {
        "accordo": accordo,
        "documento": documento,
        "righe": [(a, quadro_atti.riga(a)) for a in approvazioni],
        "conteggio": interrogazioni.conta(approvazioni),
        "riaperto": quadro_atti.dati_accordo(accordo, documento)["stato_accordo"] == "riaperto",
        "colonne": [
            *quadro_atti.COLONNE_ACCORDO.items(),
            *((c.nome, c.che_cosa) for c in quadro_atti.PUBBLICHE),
        ],
        "licenza": quadro_atti.LICENZA,
    }
    return render(request, "approvazione/trasparenza.html", contesto)


@login_not_required
@require_safe
def trasparenza_csv(request: Richiesta, slug: str) -> HttpResponse:
    """The same as CSV, one row a body."""
    accordo, documento = _pubblico(request, slug)
    contenuto = quadro_atti.trasparenza_csv(accordo, documento)
    return scarica(contenuto, f"amministrazione-trasparente-{slug}.csv", "text/csv; charset=utf-8")


@login_not_required
@require_safe
def trasparenza_json(request: Richiesta, slug: str) -> HttpResponse:
    """The same as JSON."""
    accordo, documento = _pubblico(request, slug)
    dati = quadro_atti.trasparenza_dati(accordo, documento)
    contenuto = json.dumps(dati, ensure_ascii=False, indent=1).encode()
    return scarica(contenuto, f"amministrazione-trasparente-{slug}.json", "application/json")


@login_not_required
@require_safe
def elenco(request: Richiesta) -> HttpResponse:
    """All public accords of the installation, with their files."""
    pagina = Paginator(elenco_pubblico.in_ordine(), PER_PAGINA).get_page(request.GET.get("page"))
    contesto = {
        "page_obj": pagina,
        "righe": elenco_pubblico.righe(pagina.object_list),
        "colonne": elenco_pubblico.COLONNE.items(),
        "licenza": quadro_atti.LICENZA,
    }
    return render(request, "approvazione/trasparenza_elenco.html", contesto)


@login_not_required
@require_safe
def elenco_csv(request: Richiesta) -> HttpResponse:
    """The same as CSV, one row an accord."""
    return scarica(elenco_pubblico.in_csv(), "amministrazione-trasparente.csv", "text/csv; charset=utf-8")


@login_not_required
@require_safe
def elenco_json(request: Richiesta) -> HttpResponse:
    """The same as JSON."""
    contenuto = json.dumps(elenco_pubblico.in_dati(), ensure_ascii=False, indent=1).encode()
    return scarica(contenuto, "amministrazione-trasparente.json", "application/json")


@require_safe
def versamento(request: RichiestaAutenticata, slug: str) -> FileResponse:
    """The package for the preservation system, for who coordinates. Written on disk, then sent in pieces."""
    accordo = accordo_coordinato(request, slug)
    uscita = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it, and with that it goes
    try:
        scrivi_versamento(accordo, uscita)
    except BaseException:
        uscita.close()
        raise
    uscita.seek(0)
    risposta = FileResponse(uscita, as_attachment=True, filename=f"versamento-{slug}.zip")
    risposta["Content-Type"] = "application/zip"
    risposta["Cache-Control"] = "private, no-store"
    return risposta
