"""Reading signed files. Pure: bytes in, a report or a refusal out; no database, no network.

What can be told off line is told: form, that the content is the frozen text byte for byte, the integrity of every
signature, its algorithms, who says they signed and when, whether the certificate was in its term, whether it goes up
to an authority that the installation trusts. Whether it was revoked cannot, and the report says so (norme.md R10).
"""

from accordo.approvazione.firme.esame import esamina
from accordo.approvazione.firme.esito import (
    DA_VERIFICARE_ALTROVE,
    MASSIMO,
    SERVIZI_DI_VERIFICA,
    Atteso,
    Controllo,
    EsitoFirma,
    FirmaLetta,
    FirmaRifiutata,
    NonEsaminabile,
)

__all__ = [
    "DA_VERIFICARE_ALTROVE",
    "MASSIMO",
    "SERVIZI_DI_VERIFICA",
    "Atteso",
    "Controllo",
    "EsitoFirma",
    "FirmaLetta",
    "FirmaRifiutata",
    "NonEsaminabile",
    "esamina",
]
