"""What the views of this app share."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import Richiesta
from accordo.enti.agente import Agente
from accordo.iter.interrogazioni import accordi_visibili_a
from accordo.iter.models import Accordo
from bozze.interrogazioni.emendamenti import testo_di
from bozze.models import Versione
from bozze.testo.albero import Disposizione, Testo

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Bottone:
    """What can be done on the page."""

    etichetta: str
    url: str
    possibile: bool
    principale: bool = False
    perche: str = ""


def accordo_di(request: Richiesta, slug: str) -> tuple[Accordo, Agente]:
    """Return the accord and the person as they act; 404 for whoever does not see it."""
    accordo = get_object_or_404(accordi_visibili_a(request.agente), slug=slug)
    if request.agente is None:
        raise Http404
    return accordo, request.agente


def disposizione_di(versione: Versione | None, disposizione: str) -> tuple[Testo, Disposizione]:
    """Return the tree and one of its dispositions; 404 if it is not there."""
    if versione is None:
        raise Http404
    testo = testo_di(versione)
    nodo = testo.trova(disposizione)
    if nodo is None:
        raise Http404
    return testo, nodo


def versione_o_404(versione: Versione | None) -> Versione:
    """Return the version; 404 where there is none yet."""
    if versione is None:
        raise Http404
    return versione


def inviati(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, though it be empty; None if nothing was."""
    return request.POST if request.method == "POST" else None


def in_parole(errore: ErroreDominio) -> str:
    """Return a refusal as one line, for the top of the form that was being filled in."""
    return " ".join([errore.testo, *(mancanza.testo for mancanza in errore.mancanze)])


def contesto(accordo: Accordo, **altro: Any) -> dict[str, Any]:
    """Return what every page of the text needs."""
    return {"accordo": accordo, "url_testo": reverse("bozze:testo", args=[accordo.slug]), **altro}


def scarica(contenuto: bytes, nome: str, tipo: str) -> HttpResponse:
    """Return a document as a file to keep, under a plain name."""
    risposta = HttpResponse(contenuto, content_type=tipo)
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    risposta["X-Content-Type-Options"] = "nosniff"
    return risposta


def file_xml(contenuto: bytes, nome: str) -> HttpResponse:
    """Return an Akoma Ntoso document."""
    return scarica(contenuto, f"{nome}.akn.xml", "application/akn+xml; charset=utf-8")


def file_word(contenuto: bytes, nome: str) -> HttpResponse:
    """Return a Word document."""
    return scarica(contenuto, f"{nome}.docx", WORD)


def file_pdf(contenuto: bytes, nome: str) -> HttpResponse:
    """Return a PDF."""
    return scarica(contenuto, f"{nome}.pdf", "application/pdf")
