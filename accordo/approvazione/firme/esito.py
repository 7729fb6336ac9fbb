"""What the examination of a signed file answers."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from accordo.base.errori import ErroreDominio

DA_VERIFICARE_ALTROVE = (
    "Qui si controllano la forma, l'integrità della firma e la corrispondenza con il testo definitivo. Che il "
    "certificato sia qualificato e non revocato va confermato con un servizio di verifica qualificato."
)


MASSIMO = 30 * 1024 * 1024
"""The largest file that is looked at."""


class FirmaRifiutata(ErroreDominio):
    """The file is not a valid signature of the frozen text; the text says why, for the person who uploaded it."""


@dataclass(frozen=True, slots=True)
class FirmaLetta:
    """One signature found in a file. `quando` is the time the signer's own tool wrote: nobody certifies it."""

    nome: str
    codice_fiscale: str
    emittente: str
    quando: datetime | None
    algoritmo: str
    certificato_dal: datetime
    certificato_al: datetime

    def __str__(self) -> str:
        return self.nome


@dataclass(frozen=True, slots=True)
class EsitoFirma:
    """A file that was accepted: its format, who signed, and what deserves a look."""

    formato: str
    firme: tuple[FirmaLetta, ...]
    avvertenze: tuple[str, ...] = ()

    def come_dati(self) -> dict[str, Any]:
        """The report as plain JSON data, to be stored beside the file."""
        firme = [
            {
                chiave: valore.isoformat() if isinstance(valore, datetime) else valore
                for chiave, valore in voce.items()
            }
            for voce in (asdict(firma) for firma in self.firme)
        ]
        return {"formato": self.formato, "firme": firme, "avvertenze": list(self.avvertenze)}
