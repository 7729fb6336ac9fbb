"""In which order the amendments to one disposition are examined, and how far each goes from the text.

The rule is that of the Italian assemblies (Regolamento della Camera, art. 87: "cominciando da quelli che più si
allontanano dal testo originario: prima quelli interamente soppressivi, poi quelli parzialmente soppressivi, quindi quelli
modificativi e infine quelli aggiuntivi. Gli emendamenti ad un emendamento sono votati prima di quello principale"):

1. disposition by disposition, in the order of the text;
2. on one disposition by class: those that delete it whole, that replace it whole, that change it in part, that add;
3. in one class the farthest from the text first: those that only take words away, then the others, each by the share of
   the words that it touches;
4. at the same distance in the order of their numbers.
"""

from collections.abc import Sequence

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.confronto import Segno, confronta_parole
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
)

INTERO = 1000
"""The whole of the words touched."""
SOLO_TOLTE = 2000
"""Added for what takes words away and puts none."""


def distanza(testo: Testo, operazioni: Sequence[Operazione]) -> int:
    """How far an amendment goes from the text, to sort those of one class: the greater the farther, at most 3000."""
    toccate, presenti, solo_tolte = 0, 0, True
    visti: set[str] = set()
    for operazione in operazioni:
        if isinstance(operazione, Aggiungi | Sposta):
            solo_tolte = False
            continue
        nodo = testo.trova(operazione.bersaglio)
        if nodo is None:
            continue
        if nodo.id not in visti:
            visti.add(nodo.id)
            presenti += (
                _parole(_tutto(nodo))
                if isinstance(operazione, Sopprimi | Sostituisci)
                else _parole(nodo.testo)
            )
        match operazione:
            case Sopprimi():
                toccate += _parole(_tutto(nodo))
            case Sostituisci():
                solo_tolte = False
                toccate += _cambiate(_tutto(nodo), _tutto(operazione.nuovo))
            case SostituisciParole():
                solo_tolte = solo_tolte and not operazione.nuove.strip()
                toccate += _parole(operazione.vecchie) or _parole(operazione.nuove)
            case SostituisciRubrica():
                solo_tolte = False
    quota = min(INTERO, toccate * INTERO // presenti) if presenti else 0
    return quota + (SOLO_TOLTE if solo_tolte and toccate else 0)


def _tutto(nodo: Disposizione) -> str:
    return " ".join(f"{voce.rubrica} {voce.testo}".strip() for voce in nodo.discendenti())


def _parole(testo: str) -> int:
    return len(testo.split())


def _cambiate(prima: str, dopo: str) -> int:
    return sum(
        _parole(segmento.testo) for segmento in confronta_parole(prima, dopo) if segmento.segno is Segno.TOLTO
    )
