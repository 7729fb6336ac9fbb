"""A throwaway certification authority for the tests: every kind of signer, good and bad, and a time stamping authority."""

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from accordo.base import orologio

DAL, AL = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2045, 1, 1, tzinfo=dt.UTC)
DER = serialization.Encoding.DER
QUALIFICATO = b"\x30\x0a\x30\x08\x06\x06\x04\x00\x8e\x46\x01\x01"


def _nome(comune: str, *, organizzazione: str = "", codice_fiscale: str = "") -> x509.Name:
    attributi = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
        x509.NameAttribute(NameOID.COMMON_NAME, comune),
    ]
    if organizzazione:
        attributi.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organizzazione))
    if codice_fiscale:
        attributi.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, f"TINIT-{codice_fiscale}"))
    return x509.Name(attributi)


def _usi(**veri: bool) -> x509.KeyUsage:
    tutti = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    return x509.KeyUsage(**(tutti | veri))


@cache
def autorita(nome: str = "CA dei test"):
    """A root authority: its key and certificate."""
    chiave = ec.generate_private_key(ec.SECP256R1())
    soggetto = _nome(nome, organizzazione=f"{nome} S.p.A.")
    certificato = (
        _certificato(soggetto, soggetto, chiave, DAL, AL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usi(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(chiave, hashes.SHA256())
    )
    return chiave, certificato


def radice_der(nome: str = "CA dei test") -> bytes:
    return autorita(nome)[1].public_bytes(DER)


def radice_pem(nome: str = "CA dei test") -> bytes:
    return autorita(nome)[1].public_bytes(serialization.Encoding.PEM)


def _certificato(soggetto, emittente, chiave, dal, al):
    return (
        x509.CertificateBuilder()
        .subject_name(soggetto)
        .issuer_name(emittente)
        .public_key(chiave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dal)
        .not_valid_after(al)
    )


@cache
def identita(
    nome: str = "Anna Rossi",
    *,
    codice_fiscale: str = "",
    di: str = "CA dei test",
    accesso: bool = False,
    bit_rsa: int = 0,
    dal: dt.datetime = DAL,
    al: dt.datetime = AL,
    da_se: bool = False,
    marche: bool = False,
    autorita_essa_stessa: bool = False,
):
    """A person's key and certificate. `accesso`: an authentication certificate; `da_se`: signed by itself."""
    ca, radice = autorita(di)
    chiave = rsa.generate_private_key(65537, bit_rsa) if bit_rsa else ec.generate_private_key(ec.SECP256R1())
    soggetto = _nome(nome, codice_fiscale=codice_fiscale)
    usi = _usi(digital_signature=True) if accesso else _usi(content_commitment=True, digital_signature=marche)
    costruito = (
        _certificato(soggetto, soggetto if da_se else radice.subject, chiave, dal, al)
        .add_extension(usi, critical=True)
        .add_extension(
            x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.5.5.7.1.3"), QUALIFICATO), critical=False
        )
    )
    if autorita_essa_stessa:
        costruito = costruito.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    if marche:
        costruito = costruito.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return chiave, costruito.sign(chiave if da_se else ca, hashes.SHA256())


def _asn1(certificato: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificato.public_bytes(DER))


def _chiave(chiave) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(
        chiave.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def firmatario(nome: str = "Anna Rossi", **come) -> signers.SimpleSigner:
    """A signer of pyHanko's with this identity."""
    chiave, certificato = identita(nome, **come)
    deposito = SimpleCertificateStore()
    deposito.register(_asn1(autorita(come.get("di", "CA dei test"))[1]))
    return signers.SimpleSigner(_asn1(certificato), _chiave(chiave), cert_registry=deposito)


def marcatrice(quando: dt.datetime | None = None) -> DummyTimeStamper:
    """A time stamping authority of the same root."""
    chiave, certificato = identita("TSA dei test", marche=True, bit_rsa=2048)
    deposito = SimpleCertificateStore()
    deposito.register(_asn1(autorita()[1]))
    return DummyTimeStamper(
        _asn1(certificato), _chiave(chiave), certs_to_embed=deposito, fixed_dt=quando or orologio.adesso()
    )


def p7m(
    contenuto: bytes,
    nome: str = "Anna Rossi",
    *,
    digest: str = "sha256",
    staccata: bool = False,
    cades: bool = True,
    marca=None,
    quando=None,
    **come,
) -> bytes:
    """An envelope signed by `nome`."""
    attributi = PdfCMSSignedAttributes(signing_time=quando or orologio.adesso())

    def firma() -> bytes:
        return asyncio.run(
            firmatario(nome, **come).async_sign_general_data(
                contenuto,
                digest,
                detached=staccata,
                use_cades=cades,
                timestamper=marca,
                signed_attr_settings=attributi,
            )
        ).dump()

    return a_parte(firma)


def pdf(contenuto: bytes, nome: str = "Anna Rossi", *, marca=None, **come) -> bytes:
    """A PDF signed by `nome`, as an incremental update."""
    scrittore = IncrementalPdfFileWriter(BytesIO(contenuto))
    campo = f"Firma{sum(1 for _ in scrittore.prev.embedded_signatures) + 1}"
    metadati = signers.PdfSignatureMetadata(
        field_name=campo, name=nome, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )

    def firma() -> bytes:
        return (
            signers.PdfSigner(metadati, signer=firmatario(nome, **come), timestamper=marca)
            .sign_pdf(scrittore)
            .getvalue()
        )

    return a_parte(firma)


def a_parte(firma):
    """In a thread of its own, since there may be an event loop in this one."""
    with ThreadPoolExecutor(1) as altrove:
        return altrove.submit(firma).result()
