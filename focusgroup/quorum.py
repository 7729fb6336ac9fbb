"""How many bodies a meeting needs, and how many there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from focusgroup.models import Convocazione, Risposta, Riunione


def quorum(riunione: Riunione, votanti: int) -> int:
    """Return how many bodies are needed: as set for the meeting, or the majority of those called with a vote."""
    return riunione.quorum or votanti // 2 + 1


@dataclass(frozen=True, slots=True)
class Numeri:
    """The answers and the attendance of a meeting, of the bodies with a vote; guests are counted apart."""

    votanti: int
    quorum: int
    accettate: int
    forse: int
    declinate: int
    in_attesa: int
    presenti: int
    ospiti: int

    @property
    def raggiunto(self) -> bool:
        """Whether enough bodies have said that they come."""
        return self.accettate >= self.quorum

    @property
    def possibile(self) -> bool:
        """Whether enough bodies may still come."""
        return self.votanti - self.declinate >= self.quorum

    @property
    def valida(self) -> bool:
        """Whether enough bodies were there."""
        return self.presenti >= self.quorum


def numeri(riunione: Riunione, convocazioni: Iterable[Convocazione]) -> Numeri:
    """Count, without a query, over rows already read."""
    righe = list(convocazioni)
    con_voto = [c for c in righe if not c.ospite]

    def quante(risposta: Risposta) -> int:
        return sum(1 for c in con_voto if c.risposta == risposta)

    return Numeri(
        votanti=len(con_voto),
        quorum=quorum(riunione, len(con_voto)),
        accettate=quante(Risposta.ACCETTATA),
        forse=quante(Risposta.FORSE),
        declinate=quante(Risposta.DECLINATA),
        in_attesa=quante(Risposta.IN_ATTESA),
        presenti=sum(1 for c in con_voto if c.presente),
        ospiti=len(righe) - len(con_voto),
    )
