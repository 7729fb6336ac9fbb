"""What the examination of a signed file answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from accordo.base.errori import ErroreDominio

SERVIZI_DI_VERIFICA = (
    ("AgID", "https://dss.agid.gov.it/validation"),
    ("Commissione europea", "https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/validation"),
)
"""Where anybody can have a signature checked on line, revocation included."""

DA_VERIFICARE_ALTROVE = (
    "Qui si controllano la forma, l'integrità della firma e la corrispondenza con il testo definitivo. Che il "
    "certificato sia qualificato e non revocato va confermato con un servizio di verifica qualificato."
)


MASSIMO = 30 * 1024 * 1024
"""The largest file that is looked at."""


class FirmaRifiutata(ErroreDominio):
    """The file is not a valid signature of the frozen text; the text says why, for the person who uploaded it."""


class NonEsaminabile(FirmaRifiutata):
    """The examination of the file was stopped, or could not begin: there is nothing to learn from trying again at once."""


BENE, ATTENZIONE, NON_CONTROLLATO = "bene", "attenzione", "non_controllato"


@dataclass(frozen=True, slots=True)
class Controllo:
    """One line of the report: what was looked at, how it went, in words."""

    nome: str
    esito: str
    parole: str


@dataclass(frozen=True, slots=True)
class FirmaLetta:
    """One signature found in a file. `quando` is the time the signer's own tool wrote: nobody certifies it; `marca` is
    the time of a time stamp, which somebody does.
    """

    nome: str
    codice_fiscale: str
    emittente: str
    quando: datetime | None
    algoritmo: str
    certificato_dal: datetime
    certificato_al: datetime
    chiave: str = ""
    certificato_sha256: str = ""
    qualificato: bool = False
    riferito: bool = True
    """Whether the signature names its own certificate, as AdES asks."""
    marca: datetime | None = None
    marca_di: str = ""
    ancora: str | None = None
    """The trusted authority that the certificate goes up to; None: no trust list was given."""
    revoca: tuple[str, ...] = ()
    """Where the certificate itself says that its revocation is published."""
    sul_testo: bool = True
    """False for the outer signatures of nested envelopes: they sign the envelope inside."""

    def __str__(self) -> str:
        return self.nome

    @property
    def momento(self) -> datetime | None:
        """When it was made, as far as the file tells."""
        return self.marca or self.quando


@dataclass(frozen=True, slots=True)
class Atteso:
    """What the signed file is held against. `revisione`: for a PDF that goes round, the bytes that were handed out."""

    pdf: bytes
    akn: bytes = b""
    revisione: bytes = b""
    fidati: tuple[bytes, ...] = ()
    """DER certificates of the authorities that this installation trusts for signatures."""
    fidati_marche: tuple[bytes, ...] = ()
    congelato_il: datetime | None = None


@dataclass(frozen=True, slots=True)
class EsitoFirma:
    """A file that was accepted: its format, who signed, what was checked and how it went.

    `precedenti`: how many of the signatures, the first ones, were already in the revision that was handed out.
    """

    formato: str
    firme: tuple[FirmaLetta, ...]
    avvertenze: tuple[str, ...] = ()
    controlli: tuple[Controllo, ...] = field(default=())
    precedenti: int = 0

    @property
    def nuove(self) -> tuple[FirmaLetta, ...]:
        """The signatures that this file adds."""
        return self.firme[self.precedenti :]

    def come_dati(self) -> dict[str, Any]:
        """The report as plain JSON data, to be stored beside the file."""
        return {
            "formato": self.formato,
            "firme": [semplice(asdict(firma)) for firma in self.firme],
            "avvertenze": list(self.avvertenze),
            "controlli": [asdict(controllo) for controllo in self.controlli],
            "precedenti": self.precedenti,
        }


def semplice(voce: dict[str, Any]) -> dict[str, Any]:
    """Dates as text, tuples as lists: what JSON can say."""
    return {
        chiave: valore.isoformat()
        if isinstance(valore, datetime)
        else list(valore)
        if isinstance(valore, Sequence) and not isinstance(valore, str)
        else valore
        for chiave, valore in voce.items()
    }
