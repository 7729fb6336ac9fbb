"""Signed files for the demo and the tests: a throwaway authority that exists only in this process.

It has no value outside: whoever verifies these signatures with a real tool reads that the authority is unknown.
"""

import asyncio
import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from accordo.base import orologio

ORGANIZZAZIONE = "Autorità di prova senza valore"
INIZIO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
FINE = dt.datetime(2045, 1, 1, tzinfo=dt.UTC)


class _FirmaDatata(signers.PdfSigner):
    """A PDF signer that takes the time from the portal's clock, which the demo and the tests move."""

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        sessione = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        sessione.system_time = orologio.adesso()
        return sessione


def firma_pdf(contenuto: bytes, nome: str, *, codice_fiscale: str = "") -> bytes:
    """Return the PDF signed (PAdES) by a throwaway signer called `nome`, as an incremental update."""
    scrittore = IncrementalPdfFileWriter(BytesIO(contenuto))
    campo = f"Firma{sum(1 for _ in scrittore.prev.embedded_signatures) + 1}"
    metadati = signers.PdfSignatureMetadata(
        field_name=campo, name=nome, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    firmatario = _FirmaDatata(metadati, signer=_firmatario(nome, codice_fiscale))
    return _a_parte(lambda: bytes(firmatario.sign_pdf(scrittore).getvalue()))


def firma_p7m(contenuto: bytes, nome: str, *, codice_fiscale: str = "") -> bytes:
    """Return the content in a CAdES envelope signed by a throwaway signer called `nome`."""

    async def firma() -> Any:
        return await _firmatario(nome, codice_fiscale).async_sign_general_data(
            contenuto,
            "sha256",
            detached=False,
            use_cades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=orologio.adesso()),
        )

    return _a_parte(lambda: bytes(asyncio.run(firma()).dump()))


def firma_xml(contenuto: bytes, nome: str, *, codice_fiscale: str = "", dentro: bool = True) -> bytes:
    """Return the XML signed (XAdES): the signature in the text, or (`dentro` false) the text in the signature."""
    from lxml import etree
    from signxml.algorithms import SignatureConstructionMethod
    from signxml.xades.xades import XAdESDataObjectFormat, XAdESSigner

    chiave, certificato = _persona(nome, codice_fiscale)
    forma = SignatureConstructionMethod.enveloped if dentro else SignatureConstructionMethod.enveloping
    firmatario = XAdESSigner(
        data_object_format=XAdESDataObjectFormat(Description="Accordo", MimeType="application/akn+xml"),
        method=forma,
        signature_algorithm="ecdsa-sha256",
        digest_algorithm="sha256",
    )
    radice = etree.fromstring(contenuto, etree.XMLParser(resolve_entities=False, no_network=True))
    firmato = firmatario.sign(radice, key=chiave, cert=[certificato])
    return etree.tostring(firmato, xml_declaration=True, encoding="UTF-8")


def _a_parte(firma: Callable[[], bytes]) -> bytes:
    """Sign in a thread of its own: pyHanko starts an event loop, and there may be one here (a browser test's)."""
    with ThreadPoolExecutor(max_workers=1) as esecutore:
        return esecutore.submit(copy_context().run, firma).result()


@cache
def _autorita() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    chiave = ec.generate_private_key(ec.SECP256R1())
    nome = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZZAZIONE),
            x509.NameAttribute(NameOID.COMMON_NAME, "CA di prova"),
        ]
    )
    certificato = (
        _certificato(nome, nome, chiave)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(chiave, hashes.SHA256())
    )
    return chiave, certificato


def _certificato(
    soggetto: x509.Name, emittente: x509.Name, chiave: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(soggetto)
        .issuer_name(emittente)
        .public_key(chiave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(INIZIO)
        .not_valid_after(FINE)
    )


@cache
def _persona(nome: str, codice_fiscale: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    autorita, radice = _autorita()
    chiave = ec.generate_private_key(ec.SECP256R1())
    attributi = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
        x509.NameAttribute(NameOID.COMMON_NAME, nome[:64]),
    ]
    if codice_fiscale:
        attributi.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, f"TINIT-{codice_fiscale}"))
    certificato = (
        _certificato(x509.Name(attributi), radice.subject, chiave)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(autorita, hashes.SHA256())
    )
    return chiave, certificato


@cache
def _firmatario(nome: str, codice_fiscale: str) -> signers.SimpleSigner:
    chiave, certificato = _persona(nome, codice_fiscale)
    der = serialization.Encoding.DER
    deposito = SimpleCertificateStore()
    deposito.register(asn1_x509.Certificate.load(_autorita()[1].public_bytes(der)))
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificato.public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(
            chiave.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        ),
        cert_registry=deposito,
    )


def autorita_pem() -> bytes:
    """Return the certificate of this process's throwaway authority."""
    return _autorita()[1].public_bytes(serialization.Encoding.PEM)
