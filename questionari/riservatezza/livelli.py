"""How finely the answers to one question may be published."""

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

type Facce[V] = Callable[[V], frozenset[Hashable]]
"""What an answer says: an option chosen, a grade given, an item's place. An answer to a multipla says several things."""

type Conto[V] = Counter[V]


class Livello(IntEnum):
    """From nothing to everything; each level holds what the lower ones hold."""

    NIENTE = 0
    TOTALE = 1
    AMBITI = 2
    TUTTO = 3


def facce_di[V: Hashable](conto: Conto[V], facce: Facce[V]) -> Counter[Hashable]:
    """How many bodies say each thing."""
    dette: Counter[Hashable] = Counter()
    for valore, volte in conto.items():
        for faccia in facce(valore):
            dette[faccia] += volte
    return dette


def scoperto[V: Hashable](conto: Conto[V], soglia: int, facce: Facce[V]) -> bool:
    """Whether a group would give its bodies away: too few answered, or all said the same thing, or all but one.

    All but one: the one that did not say it would know that all the others did, by taking its own answer away.
    """
    enti = conto.total()
    if not enti:
        return False
    return enti < soglia or any(volte >= enti - 1 for volte in facce_di(conto, facce).values())


def livello[V: Hashable](
    blocchi: Sequence[tuple[str, Conto[V]]], soglia: int, facce: Facce[V], *, massimo: Livello = Livello.TUTTO
) -> Livello:
    """Return the finest level at which these answers may be published: block by block, each with its area."""
    soglia = max(soglia, 2)
    if massimo == Livello.NIENTE:
        return Livello.NIENTE
    if not any(scoperto(conto, soglia, facce) for _, conto in blocchi):
        return massimo
    ambiti: dict[str, list[Conto[V]]] = {}
    for ambito, conto in blocchi:
        ambiti.setdefault(ambito, []).append(conto)
    somme = [sum(conti, Counter()) for conti in ambiti.values()]
    if not any(scoperto(somma, soglia, facce) for somma in somme) and restano_mondi(
        list(ambiti.values()), soglia, facce
    ):
        return min(Livello.AMBITI, massimo)
    tutti: Conto[V] = sum(somme, Counter())
    if not scoperto(tutti, soglia, facce) and restano_mondi([somme], soglia, facce):
        return Livello.TOTALE
    return Livello.NIENTE


def restano_mondi[V: Hashable](regioni: Sequence[Sequence[Conto[V]]], soglia: int, facce: Facce[V]) -> bool:
    """Whether who learns the sum of each region, and that some part of some region is `scoperto`, learns no answer.

    No region's sum is `scoperto` (the caller has seen to it). Who learns may be one of the bodies, which knows its own
    answer. True if for every thing said in a region and every part of it there is a way to hand the region's answers
    out again among its other bodies, so that a body of that part does not say that thing and still some part is
    `scoperto`. Only the regions' sums and the number of answers in each part count: they are the same in all those
    worlds, and so is the answer of this function.
    """
    spiegazioni = [_spiegazioni(parti, soglia, facce) for parti in regioni]
    if sum(map(bool, spiegazioni)) > 1:
        return True  # whatever the region, another one explains
    sola = next((posto for posto, trovate in enumerate(spiegazioni) if trovate), None)
    if sola is None:
        return False
    return _regge(regioni[sola], spiegazioni[sola], facce)


type _Spiegazione = tuple[int, Hashable | None]
"""Which part may be `scoperto`, and because all of it say what (None: because few answered, whatever they said)."""

MOLTI = 50_000
"""More cases than this are not tried one by one: the question is published less finely."""


def _spiegazioni[V: Hashable](parti: Sequence[Conto[V]], soglia: int, facce: Facce[V]) -> list[_Spiegazione]:
    dette = facce_di(sum(parti, Counter()), facce)
    trovate: list[_Spiegazione] = []
    for posto, parte in enumerate(parti):
        enti = parte.total()
        if 0 < enti < soglia:
            trovate.append((posto, None))
        elif enti:
            # as many as the part has, though one fewer would do: so it holds whatever one of the bodies answered
            trovate += [(posto, faccia) for faccia, volte in dette.items() if volte >= enti]
    return trovate


def _regge[V: Hashable](
    parti: Sequence[Conto[V]], spiegazioni: Sequence[_Spiegazione], facce: Facce[V]
) -> bool:
    if any(faccia is None for _, faccia in spiegazioni):
        return True
    somma: Conto[V] = sum(parti, Counter())
    dette = facce_di(somma, facce)
    grandi = {posto: parte.total() for posto, parte in enumerate(parti) if parte}
    # explanations that hold whatever two bodies answered: one in another part lets a body answer as it likes
    forti = {posto for posto, faccia in spiegazioni if faccia and dette[faccia] >= grandi[posto] + 2}
    if len(forti) > 1:
        return True
    dubbi = [posto for posto in grandi if not forti - {posto}]
    if len(somma) ** 2 * len(dette) * len(spiegazioni) * len(grandi) * len(dubbi) > MOLTI * 100:
        return False
    cose = {valore: facce(valore) for valore in somma}
    mondi = _Mondi(somma, dette, grandi, cose, spiegazioni)
    chi_sa: list[tuple[int | None, V | None]] = [(None, None), *itertools.product(grandi, somma)]
    return all(
        mondi.libera(posto, faccia, dove, sua) for posto in dubbi for faccia in dette for dove, sua in chi_sa
    )


@dataclass(frozen=True, slots=True)
class _Mondi[V: Hashable]:
    """The answers of a region, to be handed out again to its bodies."""

    somma: Conto[V]
    dette: Counter[Hashable]
    grandi: Mapping[int, int]
    cose: Mapping[V, frozenset[Hashable]]
    spiegazioni: Sequence[_Spiegazione]

    def libera(self, posto: int, faccia: Hashable, dove: int | None, sua: V | None) -> bool:
        """Whether a body of the part may not say it, for one in part `dove` that answered `sua` (None: an outsider)."""
        if dove == posto and self.grandi[posto] < 2:
            return True  # there is no other body
        mie = frozenset() if dove is None or sua is None else self.cose[sua]
        for altro, comune in self.spiegazioni:
            for valore, vere in self.cose.items():
                if faccia in vere or self.somma[valore] <= (dove is not None and valore == sua):
                    continue
                io, lui = dove == altro, posto == altro
                liberi = self.grandi[altro] - io - lui
                restano = self.dette[comune] - (comune in mie) - (comune in vere)
                detta = (io and comune in mie) + (lui and comune in vere) + min(liberi, restano)
                if detta >= self.grandi[altro] - 1:
                    return True
        return False
