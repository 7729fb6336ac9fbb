"""An operation in legal Italian, and its place in the order of examination."""

from collections.abc import Sequence
from enum import StrEnum

from bozze.testo.albero import Testo
from bozze.testo.operazioni import Operazione


class Classe(StrEnum):
    SOPPRESSIVO = "soppressivo"
    SOSTITUTIVO = "sostitutivo"
    MODIFICATIVO = "modificativo"
    AGGIUNTIVO = "aggiuntivo"


def formula(testo: Testo, operazione: Operazione) -> str:
    """«All'articolo 5, comma 2, le parole "tre mesi" sono sostituite dalle seguenti: "sei mesi".»"""
    raise NotImplementedError


def formule(testo: Testo, operazioni: Sequence[Operazione]) -> list[str]:
    """One sentence for each operation, in the order of the text."""
    raise NotImplementedError


def classe(operazione: Operazione) -> Classe:
    raise NotImplementedError


def chiave_esame(testo: Testo, operazioni: Sequence[Operazione]) -> tuple[int, int]:
    """To sort amendments for examination: first by the place of the disposition in the text, then by class (soppressivi,
    sostitutivi, modificativi, aggiuntivi). Whoever sorts adds the number of the amendment as the last key."""
    raise NotImplementedError
