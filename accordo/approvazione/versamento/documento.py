"""One file of the bag."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models.fields.files import FieldFile

from accordo.approvazione.versamento.sacco import pezzi_di


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


def dal_file(file: FieldFile) -> Iterator[bytes]:
    """Return a stored file piece by piece."""
    with file.open("rb") as aperto:
        yield from pezzi_di(aperto)
