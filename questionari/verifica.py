"""Reading a receipt that somebody brings back: the PDF, the data inside it or beside it, or the fingerprint alone.

Whoever brings it may be anybody: sizes are bounded, nothing is stored, nothing is run. The fingerprint is computed again
here from the bytes that were brought; `sha256sum` on the data gives the same.
"""

import io
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from accordo.base.canonico import impronta, json_canonico
from questionari.models import Invio, Ricevuta

MAX_FILE = 10 * 1024 * 1024
MAX_DATI = 20 * 1024 * 1024
_IMPRONTA = re.compile(r"\b[0-9a-f]{64}\b")


class RicevutaIllegibile(Exception):
    """The file is no receipt of ours; the text is for the person."""


@dataclass(frozen=True, slots=True)
class Letta:
    """What a file holds: the fingerprint of its data, the one that it claims, and the fingerprint of the PDF itself."""

    impronta: str
    dichiarata: str = ""
    pdf: str = ""

    @property
    def coerente(self) -> bool:
        """Whether the data are those that the receipt speaks of."""
        return not self.dichiarata or self.dichiarata == self.impronta


@dataclass(frozen=True, slots=True)
class Esito:
    """What the portal says of a receipt: the sending that it belongs to, and whether the PDF is the one that was given."""

    letta: Letta
    invio: Invio | None
    originale: bool | None = None

    @property
    def corrisponde(self) -> bool:
        """Whether the data are those of a sending, and the file does not contradict itself."""
        return self.invio is not None and self.letta.coerente


def leggi(contenuto: bytes) -> Letta:
    """Read a receipt's PDF or its data; RicevutaIllegibile for anything else."""
    if len(contenuto) > MAX_FILE:
        raise RicevutaIllegibile("Il file è troppo grande per essere una ricevuta.")
    if contenuto.lstrip()[:5] == b"%PDF-":
        dati, dichiarata = _dal_pdf(contenuto)
        return Letta(impronta(dati), dichiarata, impronta(contenuto))
    return Letta(_impronta_dati(contenuto))


def controlla(letta: Letta, *, accordo: str = "") -> Esito:
    """Look the fingerprint up among what was sent (of one accord, if given), and the PDF among those that were given."""
    invii = Invio.objects.filter(impronta=letta.impronta).select_related(
        "compilazione__ente", "compilazione__questionario__accordo"
    )
    invio = (invii.filter(compilazione__questionario__accordo__slug=accordo) if accordo else invii).first()
    if invio is None or not letta.pdf:
        return Esito(letta, invio)
    stampata = Ricevuta.objects.filter(invio=invio).first()
    return Esito(letta, invio, None if stampata is None else stampata.impronta == letta.pdf)


def _impronta_dati(contenuto: bytes) -> str:
    """The fingerprint of data as they are; of the same data written in another way, that of their canonical form."""
    try:
        dati = json.loads(contenuto)
    except (ValueError, RecursionError) as errore:
        raise RicevutaIllegibile("Il file non è una ricevuta: serve il PDF, o i dati in JSON.") from errore
    if not isinstance(dati, dict) or not {"accordo", "risposte", "invio"} <= dati.keys():
        raise RicevutaIllegibile("Il file JSON non contiene le risposte a un questionario.")
    try:
        return impronta(json_canonico(dati))
    except ValueError:  # not a number, half a character: kept as it came
        return impronta(contenuto)


def _dal_pdf(contenuto: bytes) -> tuple[bytes, str]:
    """The data inside a receipt, and the fingerprint that the receipt declares."""
    try:
        lettore = PdfFileReader(io.BytesIO(contenuto), strict=False)
        nomi = lettore.root["/Names"]["/EmbeddedFiles"]["/Names"]
        file = next(
            nomi[posto + 1]
            for posto in range(0, len(nomi), 2)
            if str(nomi[posto + 1].get("/UF", nomi[posto + 1].get("/F", ""))).endswith(".json")
        )
        dati = _espandi(file["/EF"]["/F"])
        info = lettore.trailer_view.get("/Info", {})
        info = info.get_object() if hasattr(info, "get_object") else info
        parole = " ".join(str(info.get(chiave, "")) for chiave in ("/Subject", "/Keywords"))
    except (
        PdfError,
        KeyError,
        StopIteration,
        IndexError,
        TypeError,
        ValueError,
        AttributeError,
        zlib.error,
        RecursionError,
    ) as errore:
        raise RicevutaIllegibile(
            "Il PDF non è una ricevuta di questo portale: non contiene i dati del questionario."
        ) from errore
    dichiarata = _IMPRONTA.search(parole)
    return dati, dichiarata.group() if dichiarata else ""


def _espandi(flusso: Any) -> bytes:
    """The bytes of an embedded file, never more than MAX_DATI of them."""
    grezzi = bytes(flusso.encoded_data)
    filtro = flusso.get("/Filter")
    filtri = [str(f) for f in filtro] if isinstance(filtro, list) else [str(filtro)] if filtro else []
    if not filtri:
        return grezzi
    if filtri != ["/FlateDecode"]:
        raise ValueError("filtro")
    espansore = zlib.decompressobj()
    dati = espansore.decompress(grezzi, MAX_DATI)
    if espansore.unconsumed_tail:
        raise ValueError("troppo grande")
    return dati
