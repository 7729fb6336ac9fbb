"""From a file, whatever it is, to a questionnaire of ours and the report on how it got there. Nothing is written."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from accordo.base.canonico import impronta, json_canonico
from accordo.enti.models import TipoEnte
from questionari import lettura
from questionari.definizione import Definizione
from questionari.scambio import limiti, proprio
from questionari.scambio.limesurvey.importa import importa as importa_limesurvey
from questionari.scambio.limiti import MEGABYTE, FileRifiutato
from questionari.scambio.rapporto import Rapporto
from questionari.scambio.xlsform.importa import importa as importa_xlsform

JSON, XLSFORM, LIMESURVEY = "JSON del portale", "XLSForm", "LimeSurvey"


@dataclass(frozen=True, slots=True)
class Importazione:
    """What a file becomes: `dati` is the JSON to store, `definizione` the same as the portal reads it."""

    dati: dict[str, Any]
    definizione: Definizione
    rapporto: Rapporto

    @property
    def impronta(self) -> str:
        """The fingerprint of what comes in."""
        return impronta(json_canonico(self.dati))


def formato_di(contenuto: bytes) -> str:
    """Which of the three formats a file is, by its content. Raises FileRifiutato."""
    if not contenuto.strip():
        raise FileRifiutato("Il file è vuoto: scegline un altro.")
    if contenuto.startswith(b"PK"):
        return XLSFORM
    if contenuto.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRifiutato("È un file di Excel di vecchio tipo (.xls): aprilo e salvalo come .xlsx.")
    testa = contenuto[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff\x00 \r\n\t")
    if testa.startswith(b"<"):
        return LIMESURVEY
    if testa.startswith((b"{", b"[")):
        return JSON
    raise FileRifiutato(
        "Non è un questionario che si possa importare: servono un .json del portale, un XLSForm .xlsx o un .lss di LimeSurvey."
    )


def importa(contenuto: bytes, nome: str = "") -> Importazione:
    """Read a file. Raises FileRifiutato, with words for the person, for whatever cannot come in."""
    if len(contenuto) > limiti.FILE_MB * MEGABYTE:
        raise FileRifiutato(f"Il file supera {limiti.FILE_MB} MB: un questionario è molto più piccolo.")
    formato = formato_di(contenuto)
    rapporto = Rapporto(formato, PurePath(nome).name[:200])
    if formato == LIMESURVEY:
        dati = importa_limesurvey(contenuto, rapporto)
    elif formato == XLSFORM:
        dati = importa_xlsform(contenuto, rapporto, PurePath(nome).stem[:200])
    else:
        dati = proprio.importa(contenuto, rapporto, TipoEnte.values)
    return Importazione(dati, lettura.leggi(dati, tipi_ente=TipoEnte.values), rapporto)
