"""How finely the answers to one question may be published."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
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
    """Whether a group would give its bodies away: too few answered, or all said the same thing."""
    enti = conto.total()
    if not enti:
        return False
    return enti < soglia or any(volte == enti for volte in facce_di(conto, facce).values())


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

    True if for every thing said in a region and every part of it there is a way to hand the region's answers out
    again among its bodies, so that a body of that part does not say that thing and still some part is `scoperto`. Only
    the regions' sums and the number of answers in each part count: they are the same in all those worlds, and so is
    the answer of this function.
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


def _spiegazioni[V: Hashable](parti: Sequence[Conto[V]], soglia: int, facce: Facce[V]) -> list[_Spiegazione]:
    dette = facce_di(sum(parti, Counter()), facce)
    trovate: list[_Spiegazione] = []
    for posto, parte in enumerate(parti):
        enti = parte.total()
        if 0 < enti < soglia:
            trovate.append((posto, None))
        elif enti:
            trovate += [(posto, faccia) for faccia, volte in dette.items() if volte >= enti]
    return trovate


def _regge[V: Hashable](
    parti: Sequence[Conto[V]], spiegazioni: Sequence[_Spiegazione], facce: Facce[V]
) -> bool:
    if any(faccia is None for _, faccia in spiegazioni):
        return True
    somma: Conto[V] = sum(parti, Counter())
    dette = facce_di(somma, facce)
    valori = {valore: facce(valore) for valore in somma}
    grandezze = [parte.total() for parte in parti]

    def libera(posto: int, faccia: Hashable) -> bool:
        """Whether a body of the part may not say it."""
        for altro, comune in spiegazioni:
            for cose in valori.values():
                if faccia in cose:
                    continue
                if altro == posto:
                    if comune in cose:
                        return True
                elif comune not in cose or dette[comune] - 1 >= grandezze[altro]:
                    return True
        return False

    return all(libera(posto, faccia) for posto, quanti in enumerate(grandezze) if quanti for faccia in dette)
