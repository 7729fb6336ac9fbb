"""Uploaded files: what they are is read from their content, and they are served only by a view that asked who wants them."""

import re
from collections.abc import Collection
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

import puremagic
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse

# Formats that share a container: what a name may call the content that puremagic names.
_PARENTI: dict[str, frozenset[str]] = {
    "zip": frozenset({"docx", "xlsx", "odt", "ods", "zip"}),
    "jpg": frozenset({"jpg", "jpeg"}),
}
_INDIZIO_ZIP = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
_TESTA = 8192
_INTESTAZIONE = re.compile(rb"\s*[A-Za-z][A-Za-z0-9-]*:[ \t]")


def estensione(nome: str) -> str:
    """Return the extension of a file's name, lower case, without the dot."""
    return PurePath(nome).suffix.lower().lstrip(".")


def _contenuto_coerente(file: File[Any], dichiarata: str) -> bool:
    file.seek(0)
    testa = bytes(file.read(_TESTA))
    file.seek(0)
    if dichiarata in {"txt", "csv", "json"}:
        return b"\x00" not in testa
    if dichiarata == "eml":  # a message as it was received, a PEC with its envelope: headers first
        return b"\x00" not in testa and _INTESTAZIONE.match(testa) is not None
    if dichiarata == "pdf":
        return b"%PDF-" in testa[:1024]
    if dichiarata == "p7m":
        return testa[:1] == b"\x30" or testa.lstrip()[:2] == b"MI"  # DER, or DER in base64
    if dichiarata == "xml":
        return testa.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    if dichiarata in _INDIZIO_ZIP:
        try:
            with ZipFile(file.file or file) as archivio:
                return _INDIZIO_ZIP[dichiarata] in archivio.namelist()
        except BadZipFile:
            return False
        finally:
            file.seek(0)
    trovate = {voce.extension.lstrip(".") for voce in puremagic.magic_string(testa)}
    return dichiarata in trovate or any(dichiarata in _PARENTI.get(altra, frozenset()) for altra in trovate)


def valida(file: File[Any], estensioni: Collection[str] = ("pdf",), max_mb: int = 10) -> None:
    """Check an uploaded file's size and kind (by content, not by name alone); ValidationError says what to do."""
    ammesse = ", ".join(sorted(estensioni))
    dichiarata = estensione(file.name or "")
    if not file.size:
        raise ValidationError("Il file è vuoto: scegline un altro.", code="vuoto")
    if file.size > max_mb * 1024 * 1024:
        raise ValidationError(f"Il file supera {max_mb} MB: riducilo o dividilo.", code="grande")
    if dichiarata not in estensioni:
        raise ValidationError(f"Il file deve essere di tipo: {ammesse}.", code="tipo")
    try:
        coerente = _contenuto_coerente(file, dichiarata)
    except puremagic.PureError:
        coerente = False
    if not coerente:
        raise ValidationError(
            f"Il nome del file finisce in «.{dichiarata}», ma il contenuto è di un altro tipo. Tipi ammessi: {ammesse}.",
            code="contenuto",
        )


def servi(file: FieldFile, nome: str, *, in_pagina: bool = False) -> FileResponse:
    """Return a stored file as a download named `nome`; `in_pagina` lets the browser show it. The caller has checked who asks."""
    risposta = FileResponse(file.open("rb"), as_attachment=not in_pagina, filename=nome)
    risposta["X-Content-Type-Options"] = "nosniff"
    risposta["Cache-Control"] = "private, no-store"
    return risposta
