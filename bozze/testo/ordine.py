"""What kept its order and what moved."""

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence


def in_ordine[K: Hashable](ids: Sequence[K], posto: Mapping[K, int]) -> set[K]:
    """The longest run of siblings that kept their order (longest increasing subsequence); the others have moved."""
    code: list[int] = []
    ultimi: list[int] = []
    precedenti: list[int] = []
    for indice, id in enumerate(ids):
        dove = bisect_left(code, posto[id])
        precedenti.append(ultimi[dove - 1] if dove else -1)
        if dove == len(code):
            code.append(posto[id])
            ultimi.append(indice)
        else:
            code[dove] = posto[id]
            ultimi[dove] = indice
    fermi: set[K] = set()
    indice = ultimi[-1] if ultimi else -1
    while indice >= 0:
        fermi.add(ids[indice])
        indice = precedenti[indice]
    return fermi
