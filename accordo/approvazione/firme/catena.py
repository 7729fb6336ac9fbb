"""From a signer's certificate up to an authority that this installation trusts (PKIX path validation by pyHanko).

Off line: no certificate, CRL or OCSP answer is fetched. Revocation is therefore not looked at, and the report says so.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath

from accordo.approvazione.firme import certificato as lettura
from accordo.approvazione.firme.esito import FirmaRifiutata
from accordo.base import orologio

GRADI = 5
"""Of intermediate authorities between a signer and one that is trusted: in Italy there is none, or one."""
MASSIMI_INTERMEDI = 12


class Catena:
    """The authorities trusted for signatures and for time stamps; with none, nothing is asked and nothing is said."""

    def __init__(self, fidati: tuple[bytes, ...] = (), fidati_marche: tuple[bytes, ...] = ()) -> None:
        self._firme = _radici(fidati)
        self._marche = _radici(fidati_marche)

    def ancora(
        self, certificato: x509.Certificate, altri: Iterable[x509.Certificate], momento: datetime | None
    ) -> str | None:
        """Return the trusted authority that the certificate goes up to; None if no authority was loaded.

        FirmaRifiutata if there are some and it goes up to none of them.
        """
        if not self._firme:
            return None
        trovata = _sale(certificato, tuple(altri), momento or _in_corso(certificato), self._firme)
        if trovata is None:
            raise FirmaRifiutata(
                f"Il certificato di {lettura.nome(certificato)} è rilasciato da «{lettura.emittente(certificato)}», che non è "
                "tra i prestatori di servizi fiduciari qualificati conosciuti da questo portale: la firma non vale come firma "
                "digitale. Se il prestatore è qualificato, chiedi a chi gestisce il portale di aggiornare l'elenco."
            )
        return trovata

    def controlla_marca(
        self, certificato: x509.Certificate, altri: Iterable[x509.Certificate], quando: datetime
    ) -> None:
        """Refuse a time stamp of an authority that is not trusted, if the installation has loaded some."""
        if self._marche and _sale(certificato, tuple(altri), quando, self._marche) is None:
            raise FirmaRifiutata(
                f"La marca temporale è di «{lettura.emittente(certificato)}», che non è tra i prestatori qualificati conosciuti "
                "da questo portale."
            )


@lru_cache(maxsize=4)
def _radici(fidati: tuple[bytes, ...]) -> tuple[x509.Certificate, ...]:
    return tuple(x509.Certificate.load(der) for der in fidati)


def _in_corso(certificato: x509.Certificate) -> datetime:
    """Now, or the certificate's last moment if it has expired: its term is looked at elsewhere."""
    fine: datetime = certificato.not_valid_after
    return min(orologio.adesso(), fine)


def _sale(
    certificato: x509.Certificate,
    altri: tuple[x509.Certificate, ...],
    momento: datetime,
    radici: tuple[x509.Certificate, ...],
) -> str | None:
    momento = max(certificato.not_valid_before, min(momento, certificato.not_valid_after))
    altri = _in_salita(certificato, altri)
    contesto = ValidationContext(
        trust_roots=list(radici), other_certs=list(altri), moment=momento, allow_fetching=False
    )
    convalida = CertificateValidator(certificato, intermediate_certs=altri, validation_context=contesto)
    try:
        percorso = _attendi(convalida)
    except (PathBuildingError, PathError, ValidationError):
        return None
    autorita = percorso.trust_anchor.authority.name.native
    return str(autorita.get("common_name") or autorita.get("organization_name") or "autorità senza nome")[
        :200
    ]


@lru_cache(maxsize=2)
def _per_soggetto(altri: tuple[x509.Certificate, ...]) -> dict[str, dict[bytes, x509.Certificate]]:
    """The certificates of a file by whom they are of, each once: the same for all of its signatures."""
    trovati: dict[str, dict[bytes, x509.Certificate]] = {}
    for altro in altri:
        trovati.setdefault(altro.subject.hashable, {})[altro.dump()] = altro
    return trovati


def _in_salita(
    certificato: x509.Certificate, altri: tuple[x509.Certificate, ...]
) -> tuple[x509.Certificate, ...]:
    """Of the certificates that came along, those that may stand between this one and an authority, and few of them.

    A file may bring hundreds that have each issued all others: looking for a way among them would never end.
    """
    soggetti = _per_soggetto(altri)
    cercati, presi = {certificato.issuer.hashable}, dict[bytes, x509.Certificate]()
    for _ in range(GRADI):
        nuovi = {
            der: altro for chi in cercati for der, altro in soggetti.get(chi, {}).items() if der not in presi
        }
        if not nuovi or len(presi) + len(nuovi) > MASSIMI_INTERMEDI:
            break
        presi |= nuovi
        cercati = {altro.issuer.hashable for altro in nuovi.values()}
    return tuple(presi.values())


def _attendi(convalida: CertificateValidator) -> ValidationPath:
    """Run pyHanko's coroutine in a thread of its own: there may be an event loop in this one."""

    async def corri() -> ValidationPath:
        return await convalida.async_validate_path()

    with ThreadPoolExecutor(max_workers=1) as esecutore:
        return esecutore.submit(lambda: asyncio.run(corri())).result(timeout=20)
