"""PAdES: a PDF signed inside. The file must be what was handed out, byte for byte, plus signatures and nothing else."""

import logging
import re
from dataclasses import replace
from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from accordo.approvazione.firme.aggiunte import oltre_le_firme
from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.cms import GUASTI, leggi_firme
from accordo.approvazione.firme.coda import coda_eccessiva
from accordo.approvazione.firme.esito import Atteso, FirmaLetta, FirmaRifiutata
from accordo.approvazione.firme.marca import Marca, leggi_gettone

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # a refused file is not our error

MASSIME_REVISIONI = 150
MASSIMI_CAMPI = 300
MASSIMA_AGGIUNTA = 12 * 1024 * 1024
"""What all signatures of a PDF may add to the text, their images and what keeps them valid included."""
FINE = re.compile(rb"startxref\s+\d+\s+%%EOF")
_ROVINATO = "Il file PDF è rovinato o incompleto e non si può leggere: caricalo di nuovo."


def leggi_pdf(contenuto: bytes, atteso: Atteso, catena: Catena) -> tuple[tuple[FirmaLetta, ...], int]:
    """Return the signatures of a signed PDF, and how many of them were in what was handed out.

    FirmaRifiutata with the reason if it is not the frozen text, signed. A file that does not begin with the expected
    bytes is never parsed: there is nothing in it that we want to know.
    """
    base = atteso.revisione or atteso.pdf
    if not contenuto.startswith(base):
        raise FirmaRifiutata(_perche_un_altro(contenuto, atteso))
    coda = contenuto[len(base) :]
    if not coda.strip():
        raise FirmaRifiutata(
            "Il file è il testo definitivo, ma non è firmato: firmalo con il tuo strumento di firma digitale."
            if not atteso.revisione or atteso.revisione == atteso.pdf
            else "Il file è quello che hai scaricato: manca ancora la tua firma."
        )
    if len(contenuto) - len(atteso.pdf) > MASSIMA_AGGIUNTA:
        raise FirmaRifiutata(
            "Al testo definitivo è stato aggiunto molto più di una firma: firma il file così come l'hai scaricato."
        )
    if not FINE.search(contenuto[-2048:]):
        raise FirmaRifiutata(_ROVINATO)
    if coda_eccessiva(contenuto[len(atteso.pdf) :]):
        raise FirmaRifiutata(
            "Il PDF contiene dati compressi che non c'entrano con una firma: non si può controllare."
        )
    lettore, voci = _apri(contenuto)
    nuove = [voce for voce in voci if _fine(voce) > len(base)]
    if not any(_e_firma(voce) for voce in nuove):
        raise FirmaRifiutata(
            "Al testo è stato aggiunto qualcosa, ma non una firma digitale. L'immagine di una firma o una scansione non "
            "valgono: firma digitalmente il file scaricato da qui."
        )
    _niente_oltre_le_firme(lettore, voci, base)
    firme: list[FirmaLetta] = []
    precedenti = 0
    for voce in voci:
        if not _e_firma(voce):
            marca = _marca_del_documento(voce, contenuto, catena)
            firme = [f if f.marca else replace(f, marca=marca.quando, marca_di=marca.di) for f in firme]
            continue
        lette = leggi_firme_pdf(voce, contenuto, catena)
        firme.extend(lette)
        if _fine(voce) <= len(base):
            precedenti += len(lette)
    return tuple(firme), precedenti


def leggi_firme_pdf(voce: EmbeddedPdfSignature, contenuto: bytes, catena: Catena) -> tuple[FirmaLetta, ...]:
    """Check one signature field over the bytes it covers; the time is the one in the signature or beside it."""
    quando = voce.self_reported_timestamp
    return tuple(
        replace(firma, quando=firma.quando or quando)
        for firma in leggi_firme(voce.signed_data, _coperto(voce, contenuto), catena)
    )


def _marca_del_documento(voce: EmbeddedPdfSignature, contenuto: bytes, catena: Catena) -> Marca:
    return leggi_gettone(voce.signed_data, _coperto(voce, contenuto), catena)


def _e_firma(voce: EmbeddedPdfSignature) -> bool:
    return bool(voce.sig_object_type == "/Sig")


def _fine(voce: EmbeddedPdfSignature) -> int:
    _, _, inizio, lungo = (int(numero) for numero in voce.byte_range)
    return inizio + lungo


def _coperto(voce: EmbeddedPdfSignature, contenuto: bytes) -> bytes:
    inizio1, lungo1, inizio2, lungo2 = (int(numero) for numero in voce.byte_range)
    return contenuto[inizio1 : inizio1 + lungo1] + contenuto[inizio2 : inizio2 + lungo2]


def _perche_un_altro(contenuto: bytes, atteso: Atteso) -> str:
    if b"/ByteRange" not in contenuto:
        if b"%%EOF" not in contenuto[-2048:]:
            return _ROVINATO
        return (
            "Il file non contiene nessuna firma digitale. Una scansione o l'immagine di una firma non valgono: "
            "firma digitalmente il testo definitivo scaricato da qui."
        )
    if atteso.revisione and contenuto.startswith(atteso.pdf):
        return (
            "Il file firmato non parte da quello che ti è stato consegnato per questo turno: mancano le firme degli altri enti, "
            "o il file è stato salvato di nuovo. Scarica da qui il file del tuo turno, firmalo così com'è e carica il risultato."
        )
    return (
        "Il file firmato non è il testo definitivo di questo accordo: scarica il testo definitivo da qui, firmalo "
        "senza stamparlo né salvarlo con altri programmi, e carica il risultato."
    )


def _apri(contenuto: bytes) -> tuple[PdfFileReader, list[EmbeddedPdfSignature]]:
    try:
        lettore = PdfFileReader(BytesIO(contenuto), strict=True)
        if lettore.encrypted:
            raise FirmaRifiutata(
                "Il PDF è protetto da una password: carica il file firmato senza protezione."
            )
        if lettore.xrefs.total_revisions > MASSIME_REVISIONI:
            raise FirmaRifiutata("Il PDF ha troppe revisioni per essere controllato.")
        if _troppi_campi(lettore):
            raise FirmaRifiutata("Il PDF ha troppi campi di firma per essere controllato.")
        voci = list(lettore.embedded_signatures)
        for voce in voci:
            _fine(voce)
        return lettore, sorted(voci, key=_fine)
    except (PdfError, *GUASTI) as errore:
        raise FirmaRifiutata(_ROVINATO) from errore


def _troppi_campi(lettore: PdfFileReader) -> bool:
    """Whether the form has more fields than signatures can want; counted before any of them is read."""
    visti, da_vedere = 0, [(lettore.root.get("/AcroForm", {}), "/Fields")]
    while da_vedere:
        sopra, dove = da_vedere.pop()
        campi = sopra.get(dove, ())
        visti += len(campi)
        if visti > MASSIMI_CAMPI:
            return True
        da_vedere += [(campi[posto], "/Kids") for posto in range(len(campi))]
    return False


def _niente_oltre_le_firme(lettore: PdfFileReader, voci: list[EmbeddedPdfSignature], base: bytes) -> None:
    """What was handed out was looked at when it came in: of a file that goes round, only the last step is new."""
    try:
        estensioni = [voce.evaluate_signature_coverage() for voce in voci if _fine(voce) > len(base)]
        gia_viste = PdfFileReader(BytesIO(base), strict=True).xrefs.total_revisions
        altro = oltre_le_firme(lettore, gia_viste)
    except (PdfError, *GUASTI) as errore:
        raise FirmaRifiutata(
            "La firma nel PDF non si può controllare: la struttura del file non è regolare."
        ) from errore
    if estensioni[-1] is not SignatureCoverageLevel.ENTIRE_FILE:
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
