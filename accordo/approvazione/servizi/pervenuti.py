"""What arrives: files with their fingerprint, and the protocol of what came by certified mail."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.core.files import File
from django.core.files.base import ContentFile

from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio


@dataclass(frozen=True, slots=True)
class Pec:
    """Protocol and day with which the promoter received something by certified mail."""

    protocollo: str
    data: date

    def come_campi(self) -> dict[str, object]:
        """As fields of a model that is Pervenuto."""
        return {"pec_protocollo": self.protocollo, "pec_data": self.data}

    def come_dati(self) -> dict[str, str]:
        """For the registro."""
        return {"pec_protocollo": self.protocollo, "pec_data": self.data.isoformat()}


@dataclass(frozen=True, slots=True)
class Ricevuto:
    """A file as it came."""

    nome: str
    contenuto: bytes
    sha256: str

    def come_file(self) -> ContentFile[bytes]:
        """To be stored."""
        return ContentFile(self.contenuto)


def leggi(file: "File[bytes]") -> Ricevuto:
    """Read an uploaded file once; its name is only the last part of what the browser sent."""
    file.seek(0)
    contenuto = file.read()
    nome = PurePath((file.name or "documento.pdf").replace("\\", "/")).name
    return Ricevuto(nome[-200:], contenuto, impronta(contenuto))


def controlla(pec: Pec | None, oggi: date) -> None:
    """Refuse a protocol without words or of tomorrow."""
    if pec is not None and not pec.protocollo.strip():
        raise ErroreDominio("Indica il protocollo con cui la PEC è arrivata.")
    if pec is not None and pec.data > oggi:
        raise ErroreDominio("Il giorno di arrivo della PEC è futuro: controllalo.")
