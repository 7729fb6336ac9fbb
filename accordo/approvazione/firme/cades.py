"""CAdES: a .p7m envelope around the frozen file, perhaps several one inside the other."""

import base64
import binascii
import re
from dataclasses import replace

from asn1crypto import cms

from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.cms import GUASTI, MASSIME_FIRME, TROPPE, leggi_firme, quanti_firmatari
from accordo.approvazione.firme.esito import FirmaLetta, FirmaRifiutata

MASSIME_BUSTE = 60
PEM = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 #]+-----")


def leggi_p7m(contenuto: bytes, congelato: bytes, catena: Catena) -> tuple[FirmaLetta, ...]:
    """Return the signatures of an envelope, the inner ones first; FirmaRifiutata with the reason otherwise."""
    _contiene_il_testo(contenuto, congelato)
    firme: tuple[FirmaLetta, ...] = ()
    corrente = contenuto
    while True:
        busta = apri(corrente)
        interno = contenuto_di(busta)
        sul_testo = interno == congelato
        lette = leggi_firme(busta, interno, catena)
        firme = (*(replace(firma, sul_testo=sul_testo) for firma in lette), *firme)
        if sul_testo:
            return firme
        corrente = interno


def _contiene_il_testo(contenuto: bytes, congelato: bytes) -> None:
    """Look through all envelopes before any signature is checked: there is nothing to learn from those of another file."""
    corrente, firmatari = contenuto, 0
    for _ in range(MASSIME_BUSTE):
        busta = apri(corrente)
        firmatari += quanti_firmatari(busta)
        if firmatari > MASSIME_FIRME:
            raise FirmaRifiutata(TROPPE)
        corrente = contenuto_di(busta)
        if corrente == congelato:
            return
        if not sembra_busta(corrente):
            raise FirmaRifiutata(
                "Il documento dentro la busta .p7m non è il testo definitivo di questo accordo: scaricalo da qui, firmalo e ricaricalo."
            )
    raise FirmaRifiutata("Il file contiene troppe buste una dentro l'altra.")


def contenuto_di(busta: cms.SignedData) -> bytes:
    """What an envelope holds; FirmaRifiutata if it holds nothing (a detached signature)."""
    try:
        interno = busta["encap_content_info"]["content"].native
    except GUASTI as errore:
        raise FirmaRifiutata(ROVINATA) from errore
    if not isinstance(interno, bytes):
        raise FirmaRifiutata(
            "La firma è separata dal documento: carica un file .p7m che contiene anche il testo (firma «busta CAdES»)."
        )
    return interno


def sembra_busta(contenuto: bytes) -> bool:
    """Whether these may be the bytes of an envelope: DER, base64 of DER, or PEM."""
    testa = contenuto[:64].lstrip()
    return contenuto[:1] == b"\x30" or testa[:2] == b"MI" or testa.startswith(b"-----BEGIN")


ROVINATA = "Il file .p7m è rovinato o non è una busta di firma: caricalo di nuovo."


def apri(contenuto: bytes) -> cms.SignedData:
    """Return the SignedData of an envelope in DER, BER, base64 or PEM."""
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
    except (*GUASTI, binascii.Error) as errore:
        raise FirmaRifiutata(ROVINATA) from errore
