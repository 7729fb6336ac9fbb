"""The one entry: which kind of signed file this is, by its content, and what it says."""

from datetime import datetime

from accordo.approvazione.firme.cades import leggi_p7m, sembra_busta
from accordo.approvazione.firme.cms import avvertenze
from accordo.approvazione.firme.esito import MASSIMO, EsitoFirma, FirmaRifiutata
from accordo.approvazione.firme.pades import leggi_pdf


def esamina(contenuto: bytes, congelato: bytes, *, adesso: datetime) -> EsitoFirma:
    """Check a signed file against the frozen text; FirmaRifiutata, in words, if it is not a signature of it."""
    if not contenuto:
        raise FirmaRifiutata("Il file è vuoto: scegline un altro.")
    if len(contenuto) > MASSIMO:
        raise FirmaRifiutata(
            "Il file supera 30 MB: un testo firmato è molto più piccolo, controlla che sia il file giusto."
        )
    if contenuto.lstrip()[:5] == b"%PDF-":
        formato, firme = "PAdES", leggi_pdf(contenuto, congelato)
    elif sembra_busta(contenuto):
        formato, firme = "CAdES", leggi_p7m(contenuto, congelato)
    else:
        raise FirmaRifiutata(
            "Il file non è un documento firmato: servono un PDF firmato digitalmente (.pdf) o una busta di firma (.p7m). "
            "Immagini e scansioni non valgono."
        )
    return EsitoFirma(formato=formato, firme=firme, avvertenze=avvertenze(firme, adesso))
