"""Every document the portal prints: one template, one accessible and archivable PDF."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

for nome in ("weasyprint.progress", "fontTools"):
    logging.getLogger(nome).setLevel(logging.WARNING)  # every step of every document, otherwise


@dataclass(frozen=True, slots=True)
class Incluso:
    """A file that travels inside a PDF (then PDF/A-3a), to be taken out of it as it is."""

    nome: str
    contenuto: bytes
    descrizione: str
    quando: datetime


def componi(
    template: str,
    contesto: Mapping[str, Any],
    *,
    titolo: str,
    lingua: str = "it",
    creato: datetime | None = None,
    inclusi: Sequence[Incluso] = (),
) -> bytes:
    """Render a template of `templates/stampa/` and return the PDF, the same bytes for the same content.

    What `stampa/base.html` shows around the text is in the context too: see there.
    """
    # WeasyPrint takes half a second to load: only who prints waits for it.
    from accordo.base.pdf.composizione import impagina

    return impagina(
        render_to_string(template, {"titolo": titolo, "lingua": lingua, "creato": creato, **contesto}),
        inclusi,
    )


def componi_una_volta(
    template: str, contesto: Mapping[str, Any], *, titolo: str, lingua: str = "it"
) -> bytes:
    """Render a template like `componi`; what was laid out already with the same words comes from storage."""
    from accordo.base.pdf.deposito import dal_deposito

    pagina = render_to_string(template, {"titolo": titolo, "lingua": lingua, "creato": None, **contesto})

    def impagina() -> bytes:
        from accordo.base.pdf import composizione

        return composizione.impagina(pagina)

    return dal_deposito([template, pagina], impagina)
