"""A body's dossier: on the page, and as files to take away."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accordo.approvazione.dossier import carte
from accordo.approvazione.dossier.word import WORD
from accordo.approvazione.views.comuni import approvazione_visibile, pdf, scarica
from accordo.base.richiesta import RichiestaAutenticata
from bozze.interrogazioni.documenti import allegati_del_testo


@require_safe
def dossier(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """What the body is handed, to read."""
    approvazione = approvazione_visibile(request, slug, ente)
    contributi = carte.contributi(approvazione)
    contesto = {
        "accordo": approvazione.accordo,
        "approvazione": approvazione,
        "documento": approvazione.documento,
        "schema": carte.schema_di(approvazione, len(contributi)),
        "contributi": contributi,
        "allegati": list(allegati_del_testo(approvazione.documento.versione)),
    }
    return render(request, "approvazione/dossier.html", contesto)


@require_safe
def dossier_zip(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """All of it in one archive."""
    approvazione = approvazione_visibile(request, slug, ente)
    return scarica(carte.archivio(approvazione), f"fascicolo-{ente}.zip", "application/zip")


@require_safe
def schema_word(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """The draft act, to adapt."""
    approvazione = approvazione_visibile(request, slug, ente)
    return scarica(carte.schema_word(approvazione), f"schema-di-atto-{ente}.docx", WORD)


@require_safe
def schema_pdf(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """The draft act, to read."""
    return pdf(carte.schema_pdf(approvazione_visibile(request, slug, ente)), f"schema-di-atto-{ente}.pdf")


@require_safe
def contributi_pdf(request: RichiestaAutenticata, slug: str, ente: str) -> HttpResponse:
    """The story of the body's amendments and remarks."""
    return pdf(carte.contributi_pdf(approvazione_visibile(request, slug, ente)), f"contributi-{ente}.pdf")
