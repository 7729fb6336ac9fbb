"""Documents that were laid out once come from storage the second time.

The key says all that the document depends on; what the print templates, styles and WeasyPrint itself add to it is a
fingerprint of their own, so that a new release never shows an old layout. Nothing here is a record: the folder may be
emptied at any time.
"""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accordo.base.canonico import impronta

CARTELLA = "stampe"


def dal_deposito(chiave: Any, componi: Callable[[], bytes]) -> bytes:
    """Return the document with this key (JSON data), laid out now if it is not in storage."""
    percorso = f"{CARTELLA}/{impronta([_versione_della_stampa(), chiave])}.pdf"
    if default_storage.exists(percorso):
        with default_storage.open(percorso, "rb") as aperto:
            conservato: bytes = aperto.read()
        if conservato.rstrip().endswith(b"%%EOF"):  # not one that is being written at this moment
            return conservato
    contenuto = componi()
    if not default_storage.exists(percorso):
        default_storage.save(percorso, ContentFile(contenuto))
    return contenuto


@cache
def _versione_della_stampa() -> str:
    from importlib.metadata import version

    somma = hashlib.sha256(version("weasyprint").encode())
    radice = Path(settings.BASE_DIR)
    for cartella in ("templates/stampa", "static/css/stampa", "accordo/base/pdf"):
        for file in sorted((radice / cartella).rglob("*.*")):
            if file.suffix in {".html", ".css", ".py"}:
                somma.update(file.read_bytes())
    return somma.hexdigest()
