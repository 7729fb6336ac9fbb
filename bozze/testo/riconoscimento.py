"""A text written again elsewhere and loaded anew: what is recognised keeps its identifier, the rest gets new ones.

First what says exactly the same, wherever it stands; then, under the same parent, what has the same kind and much of
the same words. What is not recognised is new: never is an identifier given to something else.
"""

from collections import defaultdict, deque
from collections.abc import Sequence
from difflib import SequenceMatcher
from uuid import uuid4

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.parole import gettoni

SOMIGLIANZA = 0.6


def riconosci(prima: Testo, dopo: Testo) -> Testo:
    """Return ``dopo`` with the identifiers of ``prima`` for what is recognised."""
    noti: dict[str, str] = {}
    vecchi: defaultdict[tuple[str, str, str], deque[str]] = defaultdict(deque)
    for nodo in prima.disposizioni():
        vecchi[_firma(nodo)].append(nodo.id)
    for nodo in dopo.disposizioni():
        if vecchi[_firma(nodo)] and (nodo.testo or nodo.rubrica):
            noti[nodo.id] = vecchi[_firma(nodo)].popleft()
    _simili(prima, dopo, noti)

    def con_id(nodo: Disposizione) -> Disposizione:
        figli = tuple(con_id(figlio) for figlio in nodo.figli)
        vecchio = prima.trova(noti.get(nodo.id, ""))
        documento = nodo.documento or (vecchio.documento if vecchio else None)
        obiettivi = nodo.obiettivi or (vecchio.obiettivi if vecchio else ())
        id = vecchio.id if vecchio else str(uuid4())
        return nodo.con(id=id, figli=figli, documento=documento, obiettivi=obiettivi)

    return Testo(dopo.titolo, dopo.sottotitolo, tuple(con_id(radice) for radice in dopo.radici))


def _firma(nodo: Disposizione) -> tuple[str, str, str]:
    return (nodo.tipo, nodo.rubrica.casefold(), nodo.testo.casefold())


def _simili(prima: Testo, dopo: Testo, noti: dict[str, str]) -> None:
    """Walk down from what is already recognised and pair what is left of the children, in their order."""
    presi = set(noti.values())

    def visita(vecchi: Sequence[Disposizione], nuovi: Sequence[Disposizione]) -> None:
        liberi = [nodo for nodo in vecchi if nodo.id not in presi]
        for nodo in nuovi:
            if nodo.id not in noti:
                trovato = next((v for v in liberi if v.tipo is nodo.tipo and _somiglia(v, nodo)), None)
                if trovato is not None:
                    liberi.remove(trovato)
                    presi.add(trovato.id)
                    noti[nodo.id] = trovato.id
            vecchio = prima.trova(noti.get(nodo.id, ""))
            visita(vecchio.figli if vecchio else (), nodo.figli)

    visita(prima.radici, dopo.radici)


def _somiglia(uno: Disposizione, altro: Disposizione) -> bool:
    a, b = gettoni(f"{uno.rubrica} {uno.testo}"), gettoni(f"{altro.rubrica} {altro.testo}")
    confronto = SequenceMatcher(None, a, b, autojunk=False)
    return confronto.quick_ratio() >= SOMIGLIANZA and confronto.ratio() >= SOMIGLIANZA
