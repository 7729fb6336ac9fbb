"""The one entry: which kind of signed file this is, by its content, and what it says."""

from datetime import datetime

from accordo.approvazione.firme.cades import leggi_p7m, sembra_busta
from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.controlli import avvertenze, controlli, rifiuta_tempi_impossibili
from accordo.approvazione.firme.esito import MASSIMO, Atteso, EsitoFirma, FirmaRifiutata
from accordo.approvazione.firme.pades import leggi_pdf
from accordo.approvazione.firme.xades import leggi_xml, sembra_xml

ZIP = b"PK\x03\x04"
"""How archives begin: ASiC containers among them, and documents of Word."""


def esamina(contenuto: bytes, atteso: Atteso, *, adesso: datetime) -> EsitoFirma:
    """Check a signed file against the frozen text; FirmaRifiutata, in words, if it is not a signature of it."""
    if not contenuto:
        raise FirmaRifiutata("Il file è vuoto: scegline un altro.")
    if len(contenuto) > MASSIMO:
        raise FirmaRifiutata(
            "Il file supera 30 MB: un testo firmato è molto più piccolo, controlla che sia il file giusto."
        )
    catena = Catena(atteso.fidati, atteso.fidati_marche)
    precedenti = 0
    if contenuto[:1024].lstrip()[:5] == b"%PDF-":
        formato = "PAdES"
        firme, precedenti = leggi_pdf(contenuto, atteso, catena)
    elif atteso.revisione:
        raise FirmaRifiutata(
            "Questo accordo si firma su un solo PDF, a turno: serve il PDF firmato (PAdES), non un altro formato. Nel tuo "
            "strumento scegli «firma PDF»."
        )
    elif sembra_busta(contenuto):
        formato, firme = "CAdES", leggi_p7m(contenuto, atteso.pdf, catena)
    elif sembra_xml(contenuto):
        formato, firme = "XAdES", leggi_xml(contenuto, atteso.akn, catena)
    elif contenuto.startswith(ZIP):
        raise FirmaRifiutata(_perche_non_un_archivio(contenuto))
    else:
        raise FirmaRifiutata(
            "Il file non è un documento firmato: servono un PDF firmato digitalmente (.pdf), una busta di firma (.p7m) o "
            "il testo in XML firmato (.xml). Immagini e scansioni non valgono."
        )
    rifiuta_tempi_impossibili(firme[precedenti:], adesso)
    return EsitoFirma(
        formato=formato,
        firme=firme,
        avvertenze=avvertenze(firme[precedenti:], atteso, adesso),
        controlli=controlli(formato, firme, precedenti, atteso),
        precedenti=precedenti,
    )


def _perche_non_un_archivio(contenuto: bytes) -> str:
    """Why an archive is not taken. It is never unpacked: the container's first words say what it claims to be."""
    if b"application/vnd.etsi.asic" in contenuto[:200] or b"META-INF/signature" in contenuto:
        return (
            "Il file è un contenitore ASiC (.asice o .asics): questo portale accetta la firma solo dentro il testo o intorno al "
            "testo. Nel tuo strumento scegli «CAdES» (.p7m) o «PAdES» (PDF), firma di nuovo il testo scaricato da qui e carica il "
            "file che ne esce."
        )
    return (
        "Il file non è un documento firmato: è un archivio compresso (.zip) o un documento di Word o simili. Carica il file "
        "come esce dallo strumento di firma: .pdf, .p7m o .xml."
    )
