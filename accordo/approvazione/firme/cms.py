"""The signatures of one CMS SignedData structure, which PAdES and CAdES have in common."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime

from asn1crypto import cms, core, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity

from accordo.approvazione.firme.esito import FirmaLetta, FirmaRifiutata

AMMESSI = frozenset({"sha256", "sha384", "sha512"})
TIN = re.compile(r"(?:TINIT|IT:?)[-:]?([A-Z0-9]{16})", re.IGNORECASE)


def leggi_firme(dati: cms.SignedData, contenuto: bytes) -> tuple[FirmaLetta, ...]:
    """Check every signer of `dati` over `contenuto` and return who they are; FirmaRifiutata at the first fault."""
    firme = tuple(_leggi(firmatario, dati, contenuto) for firmatario in dati["signer_infos"])
    if not firme:
        raise FirmaRifiutata("Il file ha la forma di un file firmato, ma dentro non c'è nessuna firma.")
    return firme


def _leggi(firmatario: cms.SignerInfo, dati: cms.SignedData, contenuto: bytes) -> FirmaLetta:
    algoritmo = str(firmatario["digest_algorithm"]["algorithm"].native)
    if algoritmo not in AMMESSI:
        raise FirmaRifiutata(
            f"La firma usa un algoritmo non più ammesso ({algoritmo}): serve almeno SHA-256."
        )
    if firmatario["signed_attrs"] is core.VOID or firmatario["signed_attrs"].native is None:
        raise FirmaRifiutata("Alla firma mancano gli attributi firmati: non è una firma CAdES o PAdES.")
    certificato = _certificato(firmatario, dati)
    digest = hashlib.new(algoritmo, contenuto).digest()
    tipo = str(dati["encap_content_info"]["content_type"].native)
    try:
        integra, valida = validate_sig_integrity(firmatario, certificato, tipo, digest)
    except (SignatureValidationError, NotImplementedError) as errore:
        raise FirmaRifiutata(
            "La struttura della firma non è regolare: rifai la firma e carica il nuovo file."
        ) from errore
    nome = _nome(certificato)
    if not integra:
        raise FirmaRifiutata(
            f"La firma di {nome} non riguarda questo contenuto: il file è stato cambiato dopo la firma."
        )
    if not valida:
        raise FirmaRifiutata(
            f"La firma di {nome} non è valida: non corrisponde al certificato che la accompagna."
        )
    return FirmaLetta(
        nome=nome,
        codice_fiscale=_codice_fiscale(certificato),
        emittente=_emittente(certificato),
        quando=extract_self_reported_ts(firmatario),
        algoritmo=algoritmo.upper().replace("SHA", "SHA-"),
        certificato_dal=certificato.not_valid_before,
        certificato_al=certificato.not_valid_after,
    )


def _certificati(dati: cms.SignedData) -> Iterator[x509.Certificate]:
    if dati["certificates"] is not core.VOID:
        for scelta in dati["certificates"]:
            if isinstance(scelta.chosen, x509.Certificate):
                yield scelta.chosen


def _certificato(firmatario: cms.SignerInfo, dati: cms.SignedData) -> x509.Certificate:
    sid = firmatario["sid"]
    for certificato in _certificati(dati):
        if sid.name == "issuer_and_serial_number":
            if (
                certificato.serial_number == sid.chosen["serial_number"].native
                and certificato.issuer == sid.chosen["issuer"]
            ):
                return certificato
        elif certificato.key_identifier == sid.chosen.native:
            return certificato
    raise FirmaRifiutata("Nel file manca il certificato di chi ha firmato: non si può controllare la firma.")


def _nome(certificato: x509.Certificate) -> str:
    soggetto = certificato.subject.native
    persona = f"{soggetto.get('given_name', '')} {soggetto.get('surname', '')}".strip()
    return str(persona or soggetto.get("common_name") or certificato.subject.human_friendly)[:200]


def _codice_fiscale(certificato: x509.Certificate) -> str:
    trovato = TIN.search(str(certificato.subject.native.get("serial_number", "")))
    return trovato[1].upper() if trovato else ""


def _emittente(certificato: x509.Certificate) -> str:
    emittente = certificato.issuer.native
    return str(emittente.get("organization_name") or emittente.get("common_name") or "")[:200]


def avvertenze(firme: tuple[FirmaLetta, ...], adesso: datetime) -> tuple[str, ...]:
    """What is not a fault of the file but deserves a look."""
    trovate: list[str] = []
    for firma in firme:
        momento = firma.quando or adesso
        if not firma.certificato_dal <= momento <= firma.certificato_al:
            trovate.append(
                f"Il certificato di {firma.nome} non era nel suo periodo di validità alla data della firma."
            )
        if firma.quando and firma.quando > adesso:
            trovate.append(f"La firma di {firma.nome} porta una data futura.")
    return tuple(trovate)
