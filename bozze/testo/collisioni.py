"""Which amendments cannot stand together, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bozze.testo.albero import Testo
from bozze.testo.operazioni import Operazione


class Genere(StrEnum):
    STESSE_PAROLE = "stesse_parole"
    STESSO_OGGETTO = "stesso_oggetto"
    SOPPRESSA = "soppressa"
    RIFERIMENTO_SPOSTATO = "riferimento_spostato"
    IDENTICHE = "identiche"
    COMPRESA = "compresa"
    RIFERIMENTO_SOPPRESSO = "riferimento_soppresso"
    ORDINE = "ordine"


NON_BLOCCANTI = frozenset({Genere.IDENTICHE, Genere.COMPRESA, Genere.RIFERIMENTO_SOPPRESSO, Genere.ORDINE})


@dataclass(frozen=True, slots=True)
class Collisione:
    """Amendments that meet on ``disposizione``; ``chiavi`` are the keys they were given under, in their order."""

    genere: Genere
    disposizione: str
    chiavi: tuple[str, ...]
    motivo: str
    """Why, in words for the person who decides."""

    @property
    def blocca(self) -> bool:
        """Whether they cannot all be accepted. Otherwise it is a thing to know: same content, or an order to choose."""
        return self.genere not in NON_BLOCCANTI


def collisioni(testo: Testo, emendamenti: Mapping[str, Sequence[Operazione]]) -> list[Collisione]:
    """All meetings among the operations of different keys, in the order of the text. Operations must pass ``controlla``."""
    raise NotImplementedError
