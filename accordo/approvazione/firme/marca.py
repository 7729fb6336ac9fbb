"""Time stamps (RFC 3161): who certifies that a signature, or a PDF, existed at a time."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from accordo.approvazione.firme import certificato as lettura
from accordo.approvazione.firme.catena import Catena
from accordo.approvazione.firme.esito import FirmaRifiutata

FORTI = frozenset({"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"})
_ROTTA = "La marca temporale nel file non è regolare: rifai la firma senza marca, o con una marca nuova."


@dataclass(frozen=True, slots=True)
class Marca:
    """A time stamp that holds."""

    quando: datetime
    di: str


def leggi_marca(firmatario: cms.SignerInfo, catena: Catena) -> Marca | None:
    """The first time stamp over this signature, if it has one; FirmaRifiutata if it is broken or of something else."""
    attributi = firmatario["unsigned_attrs"]
    if attributi is core.VOID or attributi.native is None:
        return None
    for attributo in attributi:
        if attributo["type"].native == "signature_time_stamp_token":
            return leggi_gettone(
                attributo["values"][0]["content"], bytes(firmatario["signature"].native), catena
            )
    return None


def leggi_gettone(gettone: cms.SignedData, che_cosa: bytes, catena: Catena) -> Marca:
    """Check a time stamp token over `che_cosa`."""
    try:
        capsula = gettone["encap_content_info"]
        contenuto = bytes(capsula["content"])
        info = tsp.TSTInfo.load(contenuto, strict=True)
        algoritmo = str(info["message_imprint"]["hash_algorithm"]["algorithm"].native)
        if algoritmo not in FORTI:
            raise FirmaRifiutata(f"La marca temporale usa un algoritmo non più ammesso ({algoritmo}).")
        if info["message_imprint"]["hashed_message"].native != hashlib.new(algoritmo, che_cosa).digest():
            raise FirmaRifiutata("La marca temporale nel file non riguarda questa firma.")
        firmatari = list(gettone["signer_infos"])
        scelte = gettone["certificates"]
        altri = tuple(s.chosen for s in scelte if isinstance(s.chosen, x509.Certificate))
        [firmatario] = firmatari
        certificato = next(c for c in altri if c.serial_number == _seriale(firmatario))
        digest = str(firmatario["digest_algorithm"]["algorithm"].native)
        if digest not in FORTI:
            raise FirmaRifiutata(f"La marca temporale usa un algoritmo non più ammesso ({digest}).")
        integra, valida = validate_sig_integrity(
            firmatario, certificato, "tst_info", hashlib.new(digest, contenuto).digest()
        )
        quando: datetime = info["gen_time"].native
    except FirmaRifiutata:
        raise
    except (
        SignatureValidationError, NotImplementedError, ValueError, TypeError, KeyError, IndexError, AttributeError,
        StopIteration, RecursionError,
    ) as errore:  # fmt: skip
        raise FirmaRifiutata(_ROTTA) from errore
    if not (integra and valida):
        raise FirmaRifiutata(_ROTTA)
    catena.controlla_marca(certificato, altri, quando)
    return Marca(quando, lettura.emittente(certificato) or lettura.nome(certificato))


def _seriale(firmatario: cms.SignerInfo) -> int | None:
    sid = firmatario["sid"]
    return sid.chosen["serial_number"].native if sid.name == "issuer_and_serial_number" else None
