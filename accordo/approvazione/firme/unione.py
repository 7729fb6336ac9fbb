"""Many envelopes over one content become one envelope with all signers, which standard tools verify (RFC 5652, 5.1)."""

from collections.abc import Iterable, Sequence

from asn1crypto import cms, core

from accordo.approvazione.firme.cades import apri, contenuto_di, sembra_busta
from accordo.approvazione.firme.cms import certificati


def riunisci(buste: Sequence[bytes], contenuto: bytes) -> bytes:
    """Return one CMS SignedData (DER) over `contenuto` with the signers of all envelopes that sign it directly.

    The signer infos go in as they came, byte for byte, time stamps included; certificates and algorithms once each. The
    same envelopes, in whatever order, give the same bytes. Outer signatures of nested envelopes sign something else
    and stay out. ValueError if an envelope does not hold the content.
    """
    interne = [_interna(busta, contenuto) for busta in buste]
    firmatari = _una_volta(firmatario for dati in interne for firmatario in dati["signer_infos"])
    portati = _una_volta(certificato for dati in interne for certificato in certificati(dati))
    algoritmi = _una_volta(algoritmo for dati in interne for algoritmo in dati["digest_algorithms"])
    versioni = {str(firmatario["version"].native) for firmatario in firmatari}
    dati = cms.SignedData(
        {
            "version": "v3" if "v3" in versioni else "v1",
            "digest_algorithms": cms.DigestAlgorithms(algoritmi),
            "encap_content_info": {"content_type": "data", "content": core.OctetString(contenuto)},
            "certificates": cms.CertificateSet([cms.CertificateChoices("certificate", c) for c in portati]),
            "signer_infos": cms.SignerInfos(firmatari),
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": dati}).dump())


def _interna(busta: bytes, contenuto: bytes) -> cms.SignedData:
    """The innermost envelope, the one that holds the content itself."""
    dati = apri(busta)
    while (interno := contenuto_di(dati)) != contenuto:
        if not sembra_busta(interno):
            raise ValueError("La busta non contiene il testo.")
        dati = apri(interno)
    return dati


def _una_volta[T: core.Asn1Value](valori: Iterable[T]) -> list[T]:
    """Each value once, in the order of its bytes, as DER wants a set."""
    per_byte = {valore.dump(): valore for valore in valori}
    return [per_byte[byte] for byte in sorted(per_byte)]
