"""XAdES: the Akoma Ntoso text signed as XML. The signature may stand in the text (enveloped), hold it (enveloping), stand
beside it in a package, or stand alone and name the text's file (detached).
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key
from lxml import etree

from accordo.approvazione.firme import certificato as lettura
from accordo.approvazione.firme import xml
from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.cms import GUASTI, MASSIME_FIRME
from accordo.approvazione.firme.esito import FirmaLetta, FirmaRifiutata
from accordo.approvazione.firme.marca import Marca, leggi_gettone
from accordo.approvazione.firme.xml import DS, FIRMA

XADES = "http://uri.etsi.org/01903/v1.3.2#"
PROPRIETA = "http://uri.etsi.org/01903#SignedProperties"
DIGEST = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
PIU = "http://www.w3.org/2001/04/xmldsig-more#"
PSS = "http://www.w3.org/2007/05/xmldsig-more#"
FIRMA_CON: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    f"{PIU}rsa-sha256": ("rsa", hashes.SHA256()),
    f"{PIU}rsa-sha384": ("rsa", hashes.SHA384()),
    f"{PIU}rsa-sha512": ("rsa", hashes.SHA512()),
    f"{PIU}ecdsa-sha256": ("ec", hashes.SHA256()),
    f"{PIU}ecdsa-sha384": ("ec", hashes.SHA384()),
    f"{PIU}ecdsa-sha512": ("ec", hashes.SHA512()),
    f"{PSS}sha256-rsa-MGF1": ("pss", hashes.SHA256()),
    f"{PSS}sha384-rsa-MGF1": ("pss", hashes.SHA384()),
    f"{PSS}sha512-rsa-MGF1": ("pss", hashes.SHA512()),
}
MASSIMI_RIFERIMENTI = 20
ELEMENTI_PER_FIRMA = 400
OLTRE_IL_TESTO = 4 * 1024 * 1024
"""What all signatures may add to the text, be it wrapped in base64."""
IRREGOLARE = "La struttura della firma XML non è regolare: rifai la firma e carica il nuovo file."


def sembra_xml(contenuto: bytes) -> bool:
    """Whether these may be the bytes of an XML file."""
    return contenuto[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<")


def leggi_xml(contenuto: bytes, akn: bytes, catena: Catena) -> tuple[FirmaLetta, ...]:
    """Return the signatures of a signed XML; FirmaRifiutata with the reason if it is not the frozen text, signed."""
    radice = xml.leggi(contenuto, massimo=2 * len(akn) + OLTRE_IL_TESTO)
    try:
        firme = list(_firme(radice))
        if not firme:
            raise FirmaRifiutata("Il file XML non contiene nessuna firma digitale (XAdES).")
        if len(firme) > MASSIME_FIRME:
            raise FirmaRifiutata(
                f"Il file contiene più di {MASSIME_FIRME} firme: controlla che sia quello giusto."
            )
        if not akn:
            raise FirmaRifiutata(
                "Questo accordo non ha un testo in XML da firmare: firma il PDF del testo definitivo."
            )
        testo = xml.leggi(akn)
        if _quanti(radice) > 2 * _quanti(testo) + ELEMENTI_PER_FIRMA * (len(firme) + 1):
            raise FirmaRifiutata("Il file XML contiene molto più del testo definitivo e delle firme.")
        _niente_altro(radice, testo)
        return tuple(_Firma(firma, radice, testo, akn).leggi(catena) for firma in firme)
    except (etree.LxmlError, *GUASTI) as errore:
        raise FirmaRifiutata(IRREGOLARE) from errore


def _quanti(radice: etree._Element) -> int:
    return sum(1 for _ in radice.iter())


def _firme(radice: etree._Element) -> Iterator[etree._Element]:
    """The signatures, without those that counter-sign others inside them."""
    for firma in radice.iter(FIRMA):
        if not any(sopra.tag == FIRMA for sopra in firma.iterancestors()):
            yield firma


def _niente_altro(radice: etree._Element, testo: etree._Element) -> None:
    """The file holds the frozen text (or none, for a detached signature), signatures, and nothing else."""
    testi = [radice] if radice.tag == testo.tag else list(radice.iter(testo.tag))
    if any(not xml.uguali(trovato, testo) for trovato in testi):
        raise FirmaRifiutata(
            "Il testo nel file XML non è quello definitivo di questo accordo: scarica il testo XML da qui, firmalo e ricaricalo."
        )
    if radice.tag in (testo.tag, FIRMA):
        return
    if any(isinstance(figlio.tag, str) and figlio.tag not in (testo.tag, FIRMA) for figlio in radice):
        raise FirmaRifiutata("Il file XML contiene altro oltre al testo definitivo e alle firme.")


class _Firma:
    """One ds:Signature, checked."""

    def __init__(
        self, firma: etree._Element, radice: etree._Element, testo: etree._Element, akn: bytes
    ) -> None:
        self.firma, self.radice, self.testo, self.akn = firma, radice, testo, akn
        self.info = self._uno("SignedInfo")

    def leggi(self, catena: Catena) -> FirmaLetta:
        altri = [x509.Certificate.load(xml.da_base64(c.text or "")) for c in self._certificati()]
        certificato, riferito = self._certificato(altri)
        nome = lettura.nome(certificato)
        chiave = lettura.chiave(certificato)
        lettura.rifiuta_uso_sbagliato(certificato)
        self._controlla_riferimenti(nome)
        algoritmo = self._controlla_valore(certificato, nome)
        quando = self._quando()
        marca = self._marca(catena)
        return FirmaLetta(
            nome=nome,
            codice_fiscale=lettura.codice_fiscale(certificato),
            emittente=lettura.emittente(certificato),
            quando=quando,
            algoritmo=algoritmo,
            certificato_dal=certificato.not_valid_before,
            certificato_al=certificato.not_valid_after,
            chiave=chiave,
            certificato_sha256=hashlib.sha256(certificato.dump()).hexdigest(),
            qualificato=lettura.qualificato(certificato),
            riferito=riferito,
            marca=marca.quando if marca else None,
            marca_di=marca.di if marca else "",
            ancora=catena.ancora(certificato, altri, marca.quando if marca else quando),
            revoca=lettura.indirizzi_revoca(certificato),
        )

    # ------------------------------------------------------------------ pieces
    def _uno(self, nome: str) -> etree._Element:
        trovato = self.firma.find(f"{{{DS}}}{nome}")
        if trovato is None:
            raise FirmaRifiutata(IRREGOLARE)
        return trovato

    def _certificati(self) -> list[etree._Element]:
        return list(self._uno("KeyInfo").iter(f"{{{DS}}}X509Certificate"))[:20]

    def _proprieta(self) -> etree._Element:
        """The signed properties, which must hang in an Object of this very signature."""
        for oggetto in self.firma.findall(f"{{{DS}}}Object"):
            trovate = oggetto.findall(f"{{{XADES}}}QualifyingProperties/{{{XADES}}}SignedProperties")
            if len(trovate) == 1:
                return trovate[0]
        raise FirmaRifiutata(
            "La firma XML non è una firma XAdES: mancano le proprietà firmate. Nel tuo strumento scegli «XAdES»."
        )

    def _certificato(self, altri: list[x509.Certificate]) -> tuple[x509.Certificate, bool]:
        """The signer's certificate: the one whose digest is in the signed properties; else the first, and say so."""
        if not altri:
            raise FirmaRifiutata(
                "Nel file manca il certificato di chi ha firmato: non si può controllare la firma."
            )
        impronte = self._proprieta().findall(f".//{{{XADES}}}CertDigest")
        for impronta in impronte:
            metodo, valore = impronta.find(f"{{{DS}}}DigestMethod"), impronta.find(f"{{{DS}}}DigestValue")
            algoritmo = DIGEST.get(metodo.get("Algorithm", "")) if metodo is not None else None
            if algoritmo is None or valore is None:
                continue
            for certificato in altri:
                if hashlib.new(algoritmo, certificato.dump()).digest() == xml.da_base64(valore.text or ""):
                    return certificato, True
        if impronte:
            raise FirmaRifiutata(
                "Il certificato nel file non è quello che la firma cita: la firma non è valida."
            )
        return altri[0], False

    def _quando(self) -> datetime | None:
        dichiarato = self._proprieta().find(f".//{{{XADES}}}SigningTime")
        if dichiarato is None or not dichiarato.text:
            return None
        try:
            momento = datetime.fromisoformat(dichiarato.text.strip())
        except ValueError:
            return None
        return momento if momento.tzinfo else momento.replace(tzinfo=UTC)

    # ------------------------------------------------------------------ what is signed
    def _controlla_riferimenti(self, nome: str) -> None:
        riferimenti = self.info.findall(f"{{{DS}}}Reference")
        if not 0 < len(riferimenti) <= MASSIMI_RIFERIMENTI:
            raise FirmaRifiutata(IRREGOLARE)
        sul_testo = proprieta = False
        for riferimento in riferimenti:
            nodo = self._nodo(riferimento.get("URI"))
            metodo, valore = (
                riferimento.find(f"{{{DS}}}DigestMethod"),
                riferimento.find(f"{{{DS}}}DigestValue"),
            )
            if metodo is None or valore is None:
                raise FirmaRifiutata(IRREGOLARE)
            algoritmo = DIGEST.get(metodo.get("Algorithm", ""))
            if algoritmo is None:
                raise FirmaRifiutata(_debole(metodo.get("Algorithm", "")))
            trasformazioni = riferimento.findall(f"{{{DS}}}Transforms/{{{DS}}}Transform")[:8]
            atteso = xml.da_base64(valore.text or "")
            dati = next(
                (d for d in self._dati(nodo, trasformazioni) if hashlib.new(algoritmo, d).digest() == atteso),
                None,
            )
            if dati is None:
                raise FirmaRifiutata(
                    f"La firma di {nome} non riguarda questo contenuto: il file è stato cambiato dopo la firma."
                )
            sul_testo = sul_testo or self._e_il_testo(nodo, dati)
            proprieta = proprieta or (nodo is self._proprieta() and riferimento.get("Type") == PROPRIETA)
        if not proprieta:
            raise FirmaRifiutata(
                "La firma XML non è una firma XAdES: le sue proprietà non sono firmate. Nel tuo strumento scegli «XAdES»."
            )
        if not sul_testo:
            raise FirmaRifiutata(
                "La firma XML non riguarda il testo definitivo di questo accordo: scarica il testo XML da qui, firmalo e ricaricalo."
            )

    def _nodo(self, indirizzo: str | None) -> etree._Element | bytes:
        """What a reference names: the whole document, the one element with an identifier, or the frozen file itself."""
        if indirizzo == "":
            return self.radice
        if indirizzo and indirizzo.startswith("#"):
            return self._per_id(indirizzo[1:])
        if indirizzo and "://" not in indirizzo and indirizzo.lower().endswith(".xml"):
            return self.akn
        raise FirmaRifiutata("La firma XML riguarda un file che sta altrove: non si può controllare.")

    def _per_id(self, quale: str) -> etree._Element:
        trovati = [
            elemento
            for elemento in self.radice.iter()
            if isinstance(elemento.tag, str)
            and quale in (elemento.get("Id"), elemento.get("ID"), elemento.get("id"), elemento.get(_XML_ID))
        ]
        if len(trovati) != 1:
            raise FirmaRifiutata(
                "La firma XML cita un elemento che manca o che compare più volte: non è valida."
            )
        return trovati[0]

    def _dati(self, nodo: etree._Element | bytes, trasformazioni: list[etree._Element]) -> Iterator[bytes]:
        """The bytes that a reference may stand for.

        Without a canonical form of its own it has the inclusive one (XML Signature 4.4.3.2); some libraries take that of
        SignedInfo instead. Both are forms of the very same element.
        """
        if isinstance(nodo, bytes) and not trasformazioni:
            yield nodo
            return
        elemento = xml.leggi(nodo) if isinstance(nodo, bytes) else nodo
        yield xml.trasforma(elemento, trasformazioni, self.firma)
        if not any(t.get("Algorithm") in (*xml.CANONICHE, xml.BASE64) for t in trasformazioni):
            forma = self.info.find(f"{{{DS}}}CanonicalizationMethod")
            if forma is not None and forma.get("Algorithm") in xml.CANONICHE:
                yield xml.trasforma(elemento, [*trasformazioni, forma], self.firma)

    def _e_il_testo(self, nodo: etree._Element | bytes, dati: bytes) -> bool:
        if isinstance(nodo, bytes) or dati == self.akn:
            return True
        if nodo.tag == self.testo.tag:
            return xml.uguali(nodo, self.testo)
        if nodo.tag == f"{{{DS}}}Object":
            dentro = [figlio for figlio in nodo if isinstance(figlio.tag, str)]
            return len(dentro) == 1 and dentro[0].tag == self.testo.tag and xml.uguali(dentro[0], self.testo)
        return False

    def _controlla_valore(self, certificato: x509.Certificate, nome: str) -> str:
        metodo, forma = (
            self.info.find(f"{{{DS}}}SignatureMethod"),
            self.info.find(f"{{{DS}}}CanonicalizationMethod"),
        )
        if metodo is None or forma is None or forma.get("Algorithm") not in xml.CANONICHE:
            raise FirmaRifiutata(IRREGOLARE)
        conosciuto = FIRMA_CON.get(metodo.get("Algorithm", ""))
        if conosciuto is None:
            raise FirmaRifiutata(_debole(metodo.get("Algorithm", "")))
        esclusivo, commenti = xml.CANONICHE[forma.get("Algorithm", "")]
        dati = xml.canonico(
            self.info, esclusivo=esclusivo, commenti=commenti, prefissi=xml.prefissi_inclusi(forma)
        )
        try:
            _verifica(certificato, conosciuto, xml.da_base64(self._uno("SignatureValue").text or ""), dati)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError) as errore:
            raise FirmaRifiutata(
                f"La firma di {nome} non è valida: non corrisponde al certificato che la accompagna."
            ) from errore
        return conosciuto[1].name.upper().replace("SHA", "SHA-")

    def _marca(self, catena: Catena) -> Marca | None:
        marca = self.firma.find(f".//{{{XADES}}}UnsignedSignatureProperties/{{{XADES}}}SignatureTimeStamp")
        if marca is None:
            return None
        gettone = marca.find(f"{{{XADES}}}EncapsulatedTimeStamp")
        if gettone is None:
            raise FirmaRifiutata(IRREGOLARE)
        forma = marca.find(f"{{{DS}}}CanonicalizationMethod")
        esclusivo, commenti = xml.CANONICHE.get(
            forma.get("Algorithm", "") if forma is not None else "", (False, False)
        )
        valore = xml.canonico(self._uno("SignatureValue"), esclusivo=esclusivo, commenti=commenti)
        busta = cms.ContentInfo.load(xml.da_base64(gettone.text or ""), strict=True)
        return leggi_gettone(busta["content"], valore, catena)


_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _debole(indirizzo: str) -> str:
    quale = indirizzo.rpartition("#")[2] or "sconosciuto"
    return f"La firma usa un algoritmo non più ammesso ({quale[:40]}): serve almeno SHA-256."


def _verifica(
    certificato: x509.Certificate, come: tuple[str, hashes.HashAlgorithm], valore: bytes, dati: bytes
) -> None:
    genere, digest = come
    chiave = load_der_public_key(certificato.public_key.dump())
    if genere == "ec" and isinstance(chiave, ec.EllipticCurvePublicKey):
        meta = len(valore) // 2
        coppia = encode_dss_signature(int.from_bytes(valore[:meta]), int.from_bytes(valore[meta:]))
        chiave.verify(coppia, dati, ec.ECDSA(digest))
    elif genere == "rsa" and isinstance(chiave, rsa.RSAPublicKey):
        chiave.verify(valore, dati, padding.PKCS1v15(), digest)
    elif genere == "pss" and isinstance(chiave, rsa.RSAPublicKey):
        chiave.verify(valore, dati, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
    else:
        raise InvalidSignature
