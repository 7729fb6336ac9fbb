"""PAdES: a PDF signed inside. The file must be the frozen one, byte for byte, plus signatures and nothing else."""

import logging
from dataclasses import replace
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from accordo.approvazione.firme.aggiunte import oltre_le_firme
from accordo.approvazione.firme.cms import leggi_firme
from accordo.approvazione.firme.esito import FirmaLetta, FirmaRifiutata

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # a refused file is not our error

MASSIMO_REVISIONI = 120


def leggi_pdf(contenuto: bytes, congelato: bytes) -> tuple[FirmaLetta, ...]:
    """Return the signatures of a signed PDF; FirmaRifiutata with the reason if it is not the frozen text, signed."""
    lettore, firme = _apri(contenuto)
    if not firme:
        if contenuto == congelato:
            raise FirmaRifiutata(
                "Il file è il testo definitivo, ma non è firmato: firmalo con il tuo strumento di firma digitale."
            )
        raise FirmaRifiutata(
            "Il file non contiene nessuna firma digitale. Una scansione o l'immagine di una firma non valgono: "
            "firma digitalmente il testo definitivo scaricato da qui."
        )
    if not contenuto.startswith(congelato):
        raise FirmaRifiutata(
            "Il file firmato non è il testo definitivo di questo accordo: scarica il testo definitivo da qui, firmalo "
            "senza stamparlo né salvarlo con altri programmi, e carica il risultato."
        )
    _niente_oltre_le_firme(lettore, firme)
    return tuple(firma for voce in firme for firma in leggi_firme_pdf(voce, contenuto))


def leggi_firme_pdf(voce: EmbeddedPdfSignature, contenuto: bytes) -> tuple[FirmaLetta, ...]:
    """Check one signature field over the bytes it covers; the time is the one in the signature or beside it."""
    inizio1, lungo1, inizio2, lungo2 = (int(numero) for numero in voce.byte_range)
    coperto = contenuto[inizio1 : inizio1 + lungo1] + contenuto[inizio2 : inizio2 + lungo2]
    quando = voce.self_reported_timestamp
    return tuple(
        replace(firma, quando=firma.quando or quando) for firma in leggi_firme(voce.signed_data, coperto)
    )


def _apri(contenuto: bytes) -> tuple[PdfFileReader, list[EmbeddedPdfSignature]]:
    try:
        lettore = PdfFileReader(BytesIO(contenuto), strict=True)
        if lettore.encrypted:
            raise FirmaRifiutata(
                "Il PDF è protetto da una password: carica il file firmato senza protezione."
            )
        if lettore.xrefs.total_revisions > MASSIMO_REVISIONI:
            raise FirmaRifiutata("Il PDF ha troppe revisioni per essere controllato.")
        return lettore, list(lettore.embedded_signatures)
    except FirmaRifiutata:
        raise
    except (PdfError, ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError) as errore:
        raise FirmaRifiutata(
            "Il file PDF è rovinato o incompleto e non si può leggere: caricalo di nuovo."
        ) from errore


def _niente_oltre_le_firme(lettore: PdfFileReader, firme: list[EmbeddedPdfSignature]) -> None:
    try:
        ultima = firme[-1].evaluate_signature_coverage()
        estensioni = [firma.evaluate_signature_coverage() for firma in firme]
        altro = oltre_le_firme(lettore)
    except (PdfError, ValueError, KeyError, TypeError, IndexError, RecursionError) as errore:
        raise FirmaRifiutata(
            "La firma nel PDF non si può controllare: la struttura del file non è regolare."
        ) from errore
    if ultima is not SignatureCoverageLevel.ENTIRE_FILE:
        raise FirmaRifiutata(
            "Al PDF è stato aggiunto qualcosa dopo la firma: carica il file come esce dallo strumento di firma."
        )
    if min(estensioni) < SignatureCoverageLevel.ENTIRE_REVISION:
        raise FirmaRifiutata("Una firma non copre tutto il documento: rifai la firma sul testo definitivo.")
    if altro:
        raise FirmaRifiutata(
            "Al testo definitivo è stato aggiunto o cambiato qualcosa oltre alla firma (pagine, note, immagini): "
            "firma il file così come l'hai scaricato."
        )
