"""The slow and obvious way to apply operations: one after the other, each on what the one before has left.

Deleted dispositions leave a ghost, so that a place named by a neighbour that is gone is still a place. Word ranges
are carried along by what was changed before them. What cannot be done any more raises KeyError.
"""

from copy import deepcopy

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.consolidamento import applica_parole
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
)


class Nodo:
    def __init__(self, base: Disposizione, padre: "Nodo | None") -> None:
        self.id, self.tipo, self.testo, self.rubrica = base.id, base.tipo, base.testo, base.rubrica
        self.documento, self.obiettivi = base.documento, base.obiettivi
        self.padre, self.morto, self.sostituito = padre, False, False
        self.parole: list[SostituisciParole] = []
        self.figli = [Nodo(figlio, self) for figlio in base.figli]


def in_sequenza(testo: Testo, operazioni: list[Operazione]) -> Testo:
    radice = Nodo(Disposizione("", testo.radici[0].tipo, figli=testo.radici), None)
    nodi: dict[str, Nodo] = {}

    def indicizza(nodo: Nodo) -> None:
        nodi[nodo.id] = nodo
        for figlio in nodo.figli:
            indicizza(figlio)

    indicizza(radice)

    def vivo(id: str) -> Nodo:
        nodo = nodi[id]
        passo: Nodo | None = nodo
        while passo is not None:
            if passo.morto:
                raise KeyError(id)
            passo = passo.padre
        return nodo

    def colloca(nodo: Nodo, posizione: Posizione, riferimento: str) -> None:
        vicino = nodi[riferimento]
        if posizione in {Posizione.IN_FONDO, Posizione.IN_CIMA}:
            vivo(riferimento)
            indice = len(vicino.figli) if posizione is Posizione.IN_FONDO else 0
            nodo.padre = vicino
            vicino.figli.insert(indice, nodo)
            return
        assert vicino.padre is not None
        vivo(vicino.padre.id)
        fratelli = vicino.padre.figli
        fratelli.insert(fratelli.index(vicino) + (posizione is Posizione.DOPO), nodo)
        nodo.padre = vicino.padre

    for operazione in operazioni:
        match operazione:
            case SostituisciParole(bersaglio, _, _, _):
                nodo = vivo(bersaglio)
                if nodo.sostituito or any(_si_toccano(operazione, altra) for altra in nodo.parole):
                    raise KeyError(bersaglio)
                nodo.parole.append(operazione)
            case SostituisciRubrica(bersaglio, rubrica):
                vivo(bersaglio).rubrica = rubrica
            case Sopprimi(bersaglio):
                vivo(bersaglio).morto = True
            case Sostituisci(bersaglio, nuovo):
                nodo = vivo(bersaglio)
                for figlio in nodo.figli:
                    for id in [i for i, n in nodi.items() if n is figlio or n.padre is figlio]:
                        del nodi[id]
                fresco = Nodo(nuovo, nodo.padre)
                nodo.testo, nodo.rubrica, nodo.figli, nodo.parole = (
                    fresco.testo,
                    fresco.rubrica,
                    fresco.figli,
                    [],
                )
                nodo.documento = fresco.documento
                nodo.obiettivi = fresco.obiettivi or nodo.obiettivi
                nodo.sostituito = True
                for figlio in nodo.figli:
                    figlio.padre = nodo
                    indicizza(figlio)
            case Sposta(bersaglio, posizione, riferimento):
                nodo = vivo(bersaglio)
                assert nodo.padre is not None
                fantasma = Nodo(Disposizione(f"fantasma-{bersaglio}", nodo.tipo), nodo.padre)
                fantasma.morto = True
                nodo.padre.figli[nodo.padre.figli.index(nodo)] = fantasma
                colloca(nodo, posizione, riferimento)
            case Aggiungi(posizione, riferimento, nuovo):
                nodo = Nodo(nuovo, None)
                colloca(nodo, posizione, riferimento)
                indicizza(nodo)
    return Testo(testo.titolo, testo.sottotitolo, tuple(_congela(f) for f in radice.figli if not f.morto))


def _si_toccano(una: SostituisciParole, altra: SostituisciParole) -> bool:
    return una.fine > altra.inizio and altra.fine > una.inizio and una != altra


def _congela(nodo: Nodo) -> Disposizione:
    figli = tuple(_congela(figlio) for figlio in nodo.figli if not figlio.morto)
    testo = applica_parole(nodo.testo, deepcopy(nodo.parole)) if nodo.parole else nodo.testo
    return Disposizione(nodo.id, nodo.tipo, testo, nodo.rubrica, figli, nodo.documento, nodo.obiettivi)
