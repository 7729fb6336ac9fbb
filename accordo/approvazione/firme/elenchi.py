"""The authorities to trust, from a file: certificates (PEM, one or many, or DER), or a trusted list (ETSI TS 119 612)."""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem, x509
from lxml import etree

from accordo.approvazione.firme import certificato as lettura
from accordo.approvazione.firme.cms import GUASTI

TSL = "http://uri.etsi.org/02231/v2#"
TIPO = "http://uri.etsi.org/TrstSvc/Svctype/"
CA_QUALIFICATA = f"{TIPO}CA/QC"
MARCHE = f"{TIPO}TSA/QTST"
CONCESSO = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
PER_FIRMA = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForeSignatures"
MASSIMO = 64 * 1024 * 1024


class ElencoIllegibile(ValueError):
    """The file is neither certificates nor a trusted list; the text says what it is not."""


@dataclass(frozen=True, slots=True)
class Fidato:
    """One authority: its certificate, and what it is trusted for."""

    der: bytes
    nome: str
    prestatore: str
    valido_dal: datetime
    valido_al: datetime
    per_firma: bool
    per_marche: bool

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.der).hexdigest()


def leggi_elenco(contenuto: bytes) -> list[Fidato]:
    """Return the authorities of a file, each once; ElencoIllegibile, in words, if it holds none."""
    if len(contenuto) > MASSIMO:
        raise ElencoIllegibile("Il file supera 64 MB.")
    inizio = contenuto[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if inizio.startswith(b"<"):
        trovati = list(_dalla_lista(contenuto))
    elif pem.detect(contenuto):
        trovati = [
            _fidato(der) for nome, _, der in pem.unarmor(contenuto, multiple=True) if nome == "CERTIFICATE"
        ]
    else:
        trovati = [_fidato(contenuto)]
    if not trovati:
        raise ElencoIllegibile(
            "Nel file non c'è nessun prestatore di firma o di marche temporali con lo stato «granted»."
        )
    return list(_uniti(trovati).values())


def _uniti(trovati: list[Fidato]) -> dict[bytes, Fidato]:
    """One entry for each certificate, trusted for all that any entry says."""
    per_der: dict[bytes, Fidato] = {}
    for voce in trovati:
        gia = per_der.get(voce.der)
        per_der[voce.der] = voce if gia is None else Fidato(
            gia.der, gia.nome, gia.prestatore, gia.valido_dal, gia.valido_al,
            gia.per_firma or voce.per_firma, gia.per_marche or voce.per_marche,
        )  # fmt: skip
    return per_der


def _fidato(der: bytes, prestatore: str = "", per_firma: bool = True, per_marche: bool = True) -> Fidato:
    try:
        certificato = x509.Certificate.load(der, strict=True)
        return Fidato(
            der=certificato.dump(),
            nome=lettura.nome(certificato),
            prestatore=prestatore or lettura.emittente(certificato),
            valido_dal=certificato.not_valid_before,
            valido_al=certificato.not_valid_after,
            per_firma=per_firma,
            per_marche=per_marche,
        )
    except GUASTI as errore:
        raise ElencoIllegibile(
            "Il file non contiene certificati in formato PEM o DER, né una Trusted List."
        ) from errore


def _dalla_lista(contenuto: bytes) -> Iterator[Fidato]:
    """The services that issue qualified certificates for signatures, or time stamps, and hold that status now."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        radice = etree.fromstring(contenuto, parser)
    except etree.XMLSyntaxError as errore:
        raise ElencoIllegibile("Il file XML non è regolare.") from errore
    if radice.tag != f"{{{TSL}}}TrustServiceStatusList":
        raise ElencoIllegibile("Il file XML non è una Trusted List (ETSI TS 119 612).")
    for prestatore in radice.iter(f"{{{TSL}}}TrustServiceProvider"):
        nome = _testo(prestatore, f"{{{TSL}}}TSPInformation/{{{TSL}}}TSPName/{{{TSL}}}Name")
        for servizio in prestatore.iter(f"{{{TSL}}}ServiceInformation"):
            yield from _del_servizio(servizio, nome)


def _del_servizio(servizio: etree._Element, prestatore: str) -> Iterator[Fidato]:
    tipo = _testo(servizio, f"{{{TSL}}}ServiceTypeIdentifier")
    stato = _testo(servizio, f"{{{TSL}}}ServiceStatus")
    if stato != CONCESSO or tipo not in (CA_QUALIFICATA, MARCHE):
        return
    aggiunte = {
        (uri.text or "").strip()
        for uri in servizio.iterfind(f".//{{{TSL}}}AdditionalServiceInformation/{{{TSL}}}URI")
    }
    firma = tipo == CA_QUALIFICATA and (not aggiunte or PER_FIRMA in aggiunte)
    if not firma and tipo != MARCHE:
        return  # it issues certificates for seals or sites only
    for certificato in servizio.iterfind(f"{{{TSL}}}ServiceDigitalIdentity//{{{TSL}}}X509Certificate"):
        try:
            der = base64.b64decode("".join((certificato.text or "").split()), validate=True)
        except (binascii.Error, ValueError) as errore:
            raise ElencoIllegibile("Un certificato nella Trusted List è rovinato.") from errore
        yield _fidato(der, prestatore, per_firma=firma, per_marche=tipo == MARCHE)


def _testo(elemento: etree._Element, dove: str) -> str:
    trovato = elemento.find(dove)
    return (trovato.text or "").strip()[:300] if trovato is not None else ""
