"""One file of the bag."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models.fields.files import FieldFile

from accordo.approvazione.versamento.sacco import pezzi_di

SEGNO = b"/ByteRange"
"""What every signed PDF has, and others have not."""


@dataclass(frozen=True, slots=True)
class Documento:
    """A file of the bag with what its metadata say. `pezzi` is asked once, when it is written."""

    percorso: str
    tipo: str
    oggetto: str
    autore: str
    data: date | None
    pezzi: Callable[[], Iterable[bytes]]
    protocollo: str = ""
    firmato: bool = False
    versione: str = ""
    riservato: bool = False
    firmatari: tuple[str, ...] = ()
    marcato: bool = False
    """Whether a time stamp certifies when it was signed."""
    note: str = ""


def dal_file(file: FieldFile) -> Iterator[bytes]:
    """Return a stored file piece by piece."""
    with file.open("rb") as aperto:
        yield from pezzi_di(aperto)


def ha_una_firma(file: FieldFile) -> bool:
    """Whether a paper carries a digital signature, by its looks: nobody has checked it."""
    if file.name and file.name.endswith(".p7m"):
        return True
    coda = b""
    for pezzo in dal_file(file):
        if SEGNO in coda + pezzo:
            return True
        coda = pezzo[-len(SEGNO) :]
    return False
