"""CAdES: a .p7m envelope around the frozen file, perhaps several one inside the other."""

import base64
import binascii
import re

from asn1crypto import cms

from accordo.approvazione.firme.cms import leggi_firme
from accordo.approvazione.firme.esito import FirmaLetta, FirmaRifiutata

MASSIME_BUSTE = 60
PEM = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]+-----")


def leggi_p7m(contenuto: bytes, congelato: bytes) -> tuple[FirmaLetta, ...]:
    """Return the signatures of an envelope, the inner ones first; FirmaRifiutata with the reason otherwise."""
    firme: tuple[FirmaLetta, ...] = ()
    corrente = contenuto
    for _ in range(MASSIME_BUSTE):
        busta = _apri(corrente)
        interno = busta["encap_content_info"]["content"].native
        if not isinstance(interno, bytes):
            raise FirmaRifiutata(
                "La firma è separata dal documento: carica un file .p7m che contiene anche il testo (firma «busta CAdES»)."
            )
        firme = (*leggi_firme(busta, interno), *firme)
        if interno == congelato:
            return firme
        if not sembra_busta(interno):
            raise FirmaRifiutata(
                "Il documento dentro la busta .p7m non è il testo definitivo di questo accordo: scaricalo da qui, firmalo e ricaricalo."
            )
        corrente = interno
    raise FirmaRifiutata("Il file contiene troppe buste una dentro l'altra.")


def sembra_busta(contenuto: bytes) -> bool:
    return (
        contenuto[:1] == b"\x30"
        or contenuto.lstrip()[:2] == b"MI"
        or contenuto.lstrip().startswith(b"-----BEGIN")
    )


def _apri(contenuto: bytes) -> cms.SignedData:
    try:
        if contenuto[:1] != b"\x30":
            contenuto = base64.b64decode(PEM.sub(b"", contenuto), validate=False)
        busta = cms.ContentInfo.load(contenuto, strict=True)
        if busta["content_type"].native != "signed_data":
            raise FirmaRifiutata(
                "Il file .p7m non contiene dati firmati (forse è cifrato): carica la busta di firma CAdES."
            )
        dati = busta["content"]
        dati["signer_infos"], dati["certificates"]
        return dati
    except FirmaRifiutata:
        raise
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError, OverflowError) as errore:
        raise FirmaRifiutata(
            "Il file .p7m è rovinato o non è una busta di firma: caricalo di nuovo."
        ) from errore
