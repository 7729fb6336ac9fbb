"""The one entry: which kind of signed file this is, by its content, and what it says."""

from datetime import datetime

from accordo.approvazione.firme.cades import leggi_p7m, sembra_busta
from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.controlli import avvertenze, controlli, rifiuta_tempi_impossibili
from accordo.approvazione.firme.esito import MASSIMO, Atteso, EsitoFirma, FirmaRifiutata
from accordo.approvazione.firme.pades import leggi_pdf
from accordo.approvazione.firme.xades import leggi_xml, sembra_xml


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
