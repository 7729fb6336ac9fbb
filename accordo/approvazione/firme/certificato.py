"""What a signer's certificate says: who, how strong, for what use, where its revocation is published."""

import re

from asn1crypto import x509

from accordo.approvazione.firme.esito import FirmaRifiutata

TIN = re.compile(r"(?:TINIT|IT:?)[-:]?([A-Z0-9]{16})", re.IGNORECASE)
CODICE_FISCALE = re.compile(
    r"\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b"
)
QC_STATEMENTS = "1.3.6.1.5.5.7.1.3"
QC_COMPLIANCE = b"\x06\x06\x04\x00\x8e\x46\x01\x01"
"""The object identifier of "this is a qualified certificate" (ETSI EN 319 412-5), as it stands in the extension."""


def nome(certificato: x509.Certificate) -> str:
    """The person, as the certificate names them."""
    soggetto = certificato.subject.native
    persona = f"{_uno(soggetto.get('given_name'))} {_uno(soggetto.get('surname'))}".strip()
    return str(persona or _uno(soggetto.get("common_name")) or certificato.subject.human_friendly)[:200]


def codice_fiscale(certificato: x509.Certificate) -> str:
    """The fiscal code in the subject: `TINIT-…` (ETSI EN 319 412-1), the older `IT:…`, or alone."""
    soggetto = certificato.subject.native
    numero = _uno(soggetto.get("serial_number"))
    trovato = TIN.search(numero)
    if trovato:
        return trovato[1].upper()
    nudo = CODICE_FISCALE.search(f"{numero} {_uno(soggetto.get('common_name'))}".upper())
    return nudo[0] if nudo else ""


def emittente(certificato: x509.Certificate) -> str:
    """Who issued it."""
    chi = certificato.issuer.native
    return (_uno(chi.get("organization_name")) or _uno(chi.get("common_name")))[:200]


def _uno(valore: object) -> str:
    if isinstance(valore, list):
        return " ".join(map(str, valore))
    return "" if valore is None else str(valore)


def qualificato(certificato: x509.Certificate) -> bool:
    """Whether it calls itself qualified (QcCompliance)."""
    for estensione in certificato["tbs_certificate"]["extensions"]:
        if estensione["extn_id"].dotted == QC_STATEMENTS:
            return QC_COMPLIANCE in bytes(estensione["extn_value"])
    return False


def chiave(certificato: x509.Certificate) -> str:
    """Kind and size of the key; FirmaRifiutata for one that is too short today."""
    pubblica = certificato.public_key
    algoritmo, bit = str(pubblica.algorithm), int(pubblica.bit_size or 0)
    minimo = {"rsa": 2048, "rsassa_pss": 2048, "dsa": 2048, "ec": 224}.get(algoritmo, 0)
    if bit < minimo:
        raise FirmaRifiutata(
            f"La chiave di {nome(certificato)} è troppo corta ({algoritmo.upper()} a {bit} bit): non è più ammessa. "
            "Serve una firma con un certificato in corso di validità."
        )
    return f"{algoritmo.upper().replace('RSASSA_PSS', 'RSA-PSS')} {bit}".strip()


def rifiuta_uso_sbagliato(certificato: x509.Certificate) -> None:
    """Refuse an authentication certificate (of a CNS card, a server, an authority): it does not sign documents."""
    if certificato.ca:
        raise FirmaRifiutata(
            f"Il certificato di {nome(certificato)} è di un'autorità, non di una persona: non vale come firma."
        )
    usi = certificato.key_usage_value
    if usi is not None and "non_repudiation" not in usi.native:
        raise FirmaRifiutata(
            f"Il certificato di {nome(certificato)} serve per l'accesso (autenticazione), non per la firma: nel tuo strumento "
            "scegli il certificato di firma e firma di nuovo."
        )


def indirizzi_revoca(certificato: x509.Certificate) -> tuple[str, ...]:
    """Where the certificate says that one can ask whether it was revoked: OCSP, then CRL."""
    indirizzi: list[str] = list(certificato.ocsp_urls)
    for punto in certificato.crl_distribution_points:
        if punto.url:
            indirizzi.append(punto.url)
    return tuple(i[:300] for i in indirizzi if i.startswith(("http://", "https://")))[:4]
