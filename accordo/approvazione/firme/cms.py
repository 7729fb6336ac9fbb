"""The signatures of one CMS SignedData structure, which PAdES and CAdES have in common."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress

from asn1crypto import cms, core, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_self_reported_ts, validate_sig_integrity

from accordo.approvazione.firme import certificato as lettura
from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.esito import FirmaLetta, FirmaRifiutata
from accordo.approvazione.firme.marca import leggi_marca

AMMESSI = frozenset({"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})
MASSIME_FIRME = 120
TROPPE = f"Il file contiene più di {MASSIME_FIRME} firme: controlla che sia quello giusto."
GUASTI = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError)
"""What asn1crypto raises on a structure that is not what it claims to be."""


def leggi_firme(dati: cms.SignedData, contenuto: bytes, catena: Catena) -> tuple[FirmaLetta, ...]:
    """Check every signer of `dati` over `contenuto` and return who they are; FirmaRifiutata at the first fault."""
    try:
        firmatari = list(dati["signer_infos"])
        if not firmatari:
            raise FirmaRifiutata("Il file ha la forma di un file firmato, ma dentro non c'è nessuna firma.")
        if len(firmatari) > MASSIME_FIRME:
            raise FirmaRifiutata(TROPPE)
        altri = tuple(certificati(dati))
        digest = dict.fromkeys(AMMESSI, b"")
        return tuple(_leggi(firmatario, dati, contenuto, altri, catena, digest) for firmatario in firmatari)
    except GUASTI as errore:
        raise FirmaRifiutata(
            "La struttura della firma non è regolare: rifai la firma e carica il nuovo file."
        ) from errore


def quanti_firmatari(dati: cms.SignedData) -> int:
    """Count the signers of an envelope without looking at them."""
    try:
        return len(dati["signer_infos"])
    except GUASTI as errore:
        raise FirmaRifiutata(
            "La struttura della firma non è regolare: rifai la firma e carica il nuovo file."
        ) from errore


def _leggi(
    firmatario: cms.SignerInfo,
    dati: cms.SignedData,
    contenuto: bytes,
    altri: tuple[x509.Certificate, ...],
    catena: Catena,
    digest: dict[str, bytes],
) -> FirmaLetta:
    algoritmo = _algoritmo(firmatario)
    if firmatario["signed_attrs"] is core.VOID or firmatario["signed_attrs"].native is None:
        raise FirmaRifiutata("Alla firma mancano gli attributi firmati: non è una firma CAdES o PAdES.")
    certificato = _certificato(firmatario, altri)
    nome = lettura.nome(certificato)
    chiave = lettura.chiave(certificato)
    lettura.rifiuta_uso_sbagliato(certificato)
    digest[algoritmo] = digest[algoritmo] or hashlib.new(algoritmo, contenuto).digest()
    tipo = str(dati["encap_content_info"]["content_type"].native)
    try:
        integra, valida = validate_sig_integrity(firmatario, certificato, tipo, digest[algoritmo])
    except (SignatureValidationError, NotImplementedError) as errore:
        raise FirmaRifiutata(
            "La struttura della firma non è regolare: rifai la firma e carica il nuovo file."
        ) from errore
    if not integra:
        raise FirmaRifiutata(
            f"La firma di {nome} non riguarda questo contenuto: il file è stato cambiato dopo la firma."
        )
    if not valida:
        raise FirmaRifiutata(
            f"La firma di {nome} non è valida: non corrisponde al certificato che la accompagna."
        )
    quando = extract_self_reported_ts(firmatario)
    marca = leggi_marca(firmatario, catena)
    ancora = catena.ancora(certificato, altri, (marca.quando if marca else quando))
    return FirmaLetta(
        nome=nome,
        codice_fiscale=lettura.codice_fiscale(certificato),
        emittente=lettura.emittente(certificato),
        quando=quando,
        algoritmo=in_parole(algoritmo),
        certificato_dal=certificato.not_valid_before,
        certificato_al=certificato.not_valid_after,
        chiave=chiave,
        certificato_sha256=hashlib.sha256(certificato.dump()).hexdigest(),
        qualificato=lettura.qualificato(certificato),
        riferito=_riferito(firmatario),
        marca=marca.quando if marca else None,
        marca_di=marca.di if marca else "",
        ancora=ancora,
        revoca=lettura.indirizzi_revoca(certificato),
    )


def in_parole(algoritmo: str) -> str:
    """The name of a digest as people write it."""
    return algoritmo.upper().replace("SHA3_", "SHA3-").replace("SHA", "SHA-").replace("SHA-3-", "SHA3-")


def _algoritmo(firmatario: cms.SignerInfo) -> str:
    """The digest, refused if it is weak; the one in the signature's own algorithm must not be weak either."""
    algoritmo = str(firmatario["digest_algorithm"]["algorithm"].native)
    usati = [algoritmo]
    with suppress(
        ValueError
    ):  # the signature's algorithm may name no digest (RSA alone): the one above counts
        usati.append(str(firmatario["signature_algorithm"].hash_algo))
    for usato in usati:
        if usato not in AMMESSI:
            raise FirmaRifiutata(
                f"La firma usa un algoritmo non più ammesso ({usato}): serve almeno SHA-256."
            )
    return algoritmo


def _riferito(firmatario: cms.SignerInfo) -> bool:
    tipi = {attributo["type"].native for attributo in firmatario["signed_attrs"]}
    return bool(tipi & {"signing_certificate_v2", "signing_certificate"})


def certificati(dati: cms.SignedData) -> Iterator[x509.Certificate]:
    """The certificates that travel with the signatures."""
    if dati["certificates"] is not core.VOID:
        for scelta in list(dati["certificates"])[: 4 * MASSIME_FIRME]:
            if isinstance(scelta.chosen, x509.Certificate):
                yield scelta.chosen


def _certificato(firmatario: cms.SignerInfo, altri: tuple[x509.Certificate, ...]) -> x509.Certificate:
    sid = firmatario["sid"]
    for certificato in altri:
        if sid.name == "issuer_and_serial_number":
            if (
                certificato.serial_number == sid.chosen["serial_number"].native
                and certificato.issuer == sid.chosen["issuer"]
            ):
                return certificato
        elif certificato.key_identifier == sid.chosen.native:
            return certificato
    raise FirmaRifiutata("Nel file manca il certificato di chi ha firmato: non si può controllare la firma.")
