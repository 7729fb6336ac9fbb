"""From a template to the bytes of a PDF/A-2a file that is also PDF/UA-1 (WeasyPrint and our finisher).

The same context always gives the same bytes: no clock is read here, the file's identifier is a hash of its
content, and a date appears only if the caller gives it.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from io import BytesIO
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from accordo.base.pdf import Incluso
from accordo.base.pdf.finitura import rifinisci

RADICE = "https://statici.invalid/"
"""Base address of a print template: `css/stampa/base.css` is the static file of that path, nothing else exists."""

TIPI = {
    "css": "text/css",
    "ttf": "font/ttf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
}


OPZIONI: dict[str, Any] = {"pdf_variant": "pdf/a-2a", "pdf_tags": True, "pdf_identifier": True}


class SoloStatici(URLFetcher):
    """Read our own static files and `data:` addresses. Never the network, never any other file of the machine."""

    def __init__(self) -> None:
        # A context that trusts nobody: reading the machine's certificates takes longer than a short document does.
        super().__init__(
            ssl_context=SSLContext(PROTOCOL_TLS_CLIENT),
            allowed_protocols=("data",),
            allow_redirects=False,
            fail_on_errors=True,
        )

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(RADICE):
            return super().fetch(url, headers)
        percorso = unquote(urlsplit(url).path).removeprefix(settings.STATIC_URL or "/").lstrip("/")
        file = finders.find(percorso)
        tipo = TIPI.get(percorso.rpartition(".")[2].lower())
        if not isinstance(file, str) or tipo is None:
            raise FileNotFoundError(f"Nessun file statico «{percorso}» per la stampa")
        with open(file, "rb") as aperto:
            return URLFetcherResponse(url, aperto.read(), {"Content-Type": tipo})


class StampaFallita(RuntimeError):
    """A print template names a file that is not there, or that may not be read."""


def impagina(html: str, inclusi: Sequence[Incluso] = ()) -> bytes:
    """Lay out finished HTML. A missing stylesheet or picture is an error, not a poorer document.

    PDF/A-2a lets in no other files: with `inclusi` it is PDF/A-3a, and PDF/UA-1 all the same.
    """
    opzioni = (
        OPZIONI if not inclusi else OPZIONI | {"pdf_variant": "pdf/a-3a", "attachments": _allegati(inclusi)}
    )
    pagina = HTML(string=html, base_url=RADICE, url_fetcher=SoloStatici())
    try:
        documento: Document = pagina.render(font_config=FontConfiguration(), **opzioni)
        contenuto: bytes = documento.write_pdf(finisher=partial(rifinisci, nomi=_nomi(pagina)), **opzioni)
    except FatalURLFetchingError as errore:  # a BaseException: Django would not catch it
        raise StampaFallita(str(errore)) from errore
    return contenuto


def _allegati(inclusi: Sequence[Incluso]) -> list[Attachment]:
    return [
        Attachment(
            file_obj=BytesIO(incluso.contenuto),
            name=incluso.nome,
            description=incluso.descrizione,
            created=incluso.quando,
            modified=incluso.quando,
            relationship="Data",
        )
        for incluso in inclusi
    ]


def _nomi(pagina: HTML) -> dict[str, str]:
    """What each anchor of the document is, in its own first words: the description of the links that lead there."""
    return {
        elemento.get("id"): " ".join("".join(elemento.itertext()).split())[:100]
        for elemento in pagina.etree_element.iter()
        if elemento.get("id")
    }
