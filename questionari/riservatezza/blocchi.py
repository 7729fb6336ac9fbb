"""Dividing the bodies that have sent into the blocks over which everything is summed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

INSIEME = "insieme"
"""What a block is in a dimension in which its bodies differ."""

DI_PIU = 2
"""Blocks are made this much greater than the threshold where they can be: in a greater one it is rarer that all agree."""


@dataclass(frozen=True, slots=True)
class Strato:
    """The bodies of one area, kind and class that are asked the same questions."""

    chiave: int
    ambito: str
    tipo: str
    classe: str
    firma: str
    """What the attacker can tell of the questions they are asked; bodies that differ in it never share a block."""
    enti: int


@dataclass(frozen=True, slots=True)
class Blocco:
    """Strata that are always summed together."""

    strati: tuple[Strato, ...]

    @property
    def enti(self) -> int:
        """How many bodies."""
        return sum(strato.enti for strato in self.strati)

    @property
    def chiavi(self) -> frozenset[int]:
        """Its strata."""
        return frozenset(strato.chiave for strato in self.strati)

    def posto(self, dimensione: str) -> str:
        """Where it stands in a dimension ("ambito", "tipo", "classe"): the one category of its bodies, or INSIEME."""
        categorie = {getattr(strato, dimensione) for strato in self.strati}
        return categorie.pop() if len(categorie) == 1 else INSIEME


def forma(strati: Iterable[Strato], soglia: int) -> tuple[list[Blocco], list[Strato]]:
    """Return the blocks, and the strata that find none. The order of `strati` says which are neighbours.

    Within an area first: an area is split by another one's small numbers only if it is too small itself; such areas
    make one block together if they reach the threshold.
    """
    soglia = max(soglia, 2)
    blocchi: list[Blocco] = []
    fuori: list[Strato] = []
    per_firma: dict[str, list[Strato]] = {}
    for strato in strati:
        if strato.enti:
            per_firma.setdefault(strato.firma, []).append(strato)
    for uguali in per_firma.values():
        soli: list[Strato] = []
        for _, suoi in groupby(sorted(uguali, key=lambda s: s.ambito), key=lambda s: s.ambito):
            gruppo = list(suoi)
            if sum(strato.enti for strato in gruppo) < soglia:
                soli += gruppo
            else:
                blocchi += _dividi(gruppo, soglia)
        if sum(strato.enti for strato in soli) >= soglia:
            blocchi.append(Blocco(tuple(soli)))
        else:
            fuori += soli
    return blocchi, fuori


def _dividi(strati: Sequence[Strato], soglia: int) -> list[Blocco]:
    """Part the strata of one area, neighbours together: each part of `soglia` + DI_PIU bodies, or what there is."""
    voluti = soglia + DI_PIU
    parti: list[list[Strato]] = [[]]
    for posto, strato in enumerate(strati):
        parti[-1].append(strato)
        restano = sum(altro.enti for altro in strati[posto + 1 :])
        if sum(altro.enti for altro in parti[-1]) >= voluti and restano >= voluti:
            parti.append([])
    return [Blocco(tuple(parte)) for parte in parti]
