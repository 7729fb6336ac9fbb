"""Taking an amendment from one version of the text to another: whether its target is untouched, and if not, why.

Nothing is re-pointed here by itself: `intatte` says that an amendment can go over as it is; `ritrova` finds where the same
operations would apply in the new text, for a person to look at and confirm.
"""

from collections.abc import Sequence
from dataclasses import replace

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    controlla_tutte,
)
from bozze.testo.parole import confine

_CONTESTO = 40
"""How many characters before an insertion must be found again, once, to know where it goes."""


def intatte(prima: Testo, dopo: Testo, operazioni: Sequence[Operazione]) -> bool:
    """Whether the operations speak of dispositions that say, and stand, in `dopo` as they did in `prima`."""
    return perche_no(prima, dopo, operazioni) == ""


def perche_no(prima: Testo, dopo: Testo, operazioni: Sequence[Operazione]) -> str:
    """Return in words why the operations cannot go over as they are; empty if they can."""
    for operazione in operazioni:
        for id, come in _toccate(operazione):
            if not id:
                continue
            nome = nomi(prima)[id].con("").strip() if id in prima.indice else "la disposizione"
            nome = nome[:1].upper() + nome[1:]
            if id not in prima.indice or id not in dopo.indice:
                return f"{nome} non c'è più nel nuovo testo."
            vecchio, nuovo = prima.indice[id].nodo, dopo.indice[id].nodo
            if come == "parole" and vecchio.testo != nuovo.testo:
                return f"Le parole sono cambiate: {nome[:1].lower()}{nome[1:]} dice altro nel nuovo testo."
            if come == "rubrica" and vecchio.rubrica != nuovo.rubrica:
                return f"La rubrica è cambiata: {nome[:1].lower()}{nome[1:]} ne ha un'altra nel nuovo testo."
            if come == "tutto" and vecchio != nuovo:
                return f"{nome} è diverso nel nuovo testo, in tutto o in parte."
            if _sopra(prima, id) != _sopra(dopo, id):
                return f"{nome} sta in un altro punto del nuovo testo."
    return " ".join(controlla_tutte(dopo, operazioni))


def ritrova(prima: Testo, dopo: Testo, operazioni: Sequence[Operazione]) -> list[Operazione] | None:
    """Return the same operations where they would apply in `dopo`; None if some of them no longer can.

    Words are found again only if they stand there once: where there is a doubt it is a person who writes the amendment again.
    """
    fatte: list[Operazione] = []
    for operazione in operazioni:
        if isinstance(operazione, SostituisciParole):
            vecchio, nodo = prima.trova(operazione.bersaglio), dopo.trova(operazione.bersaglio)
            inizio = _dove(vecchio, nodo, operazione) if vecchio and nodo else None
            if inizio is None:
                return None
            fatte.append(replace(operazione, inizio=inizio))
        else:
            fatte.append(operazione)
    return fatte if not controlla_tutte(dopo, fatte) else None


def superstite(prima: Testo, dopo: Testo, id: str) -> str | None:
    """Return the disposition itself, or the nearest one above it that is still in `dopo`; None if none is."""
    return next((nodo.id for nodo in reversed(prima.cammino(id)) if nodo.id in dopo.indice), None)


def _dove(vecchio: Disposizione, nodo: Disposizione, operazione: SostituisciParole) -> int | None:
    if vecchio.testo == nodo.testo:
        return operazione.inizio
    if operazione.vecchie.strip():
        return _unica(nodo.testo, operazione.vecchie)
    contesto = vecchio.testo[max(0, operazione.inizio - _CONTESTO) : operazione.inizio]
    if not contesto.strip():
        return 0 if operazione.inizio == 0 else None
    trovato = _unica(nodo.testo, contesto, a_sinistra=False)
    return trovato + len(contesto) if trovato is not None else None


def _unica(testo: str, parole: str, *, a_sinistra: bool = True) -> int | None:
    """Return where the words stand, if they stand there once, and whole."""
    posti = []
    posto = testo.find(parole)
    while posto >= 0:
        if (not a_sinistra or confine(testo, posto)) and confine(testo, posto + len(parole)):
            posti.append(posto)
        posto = testo.find(parole, posto + 1)
    return posti[0] if len(posti) == 1 else None


def _toccate(operazione: Operazione) -> tuple[tuple[str, str], ...]:
    """Return the ids that an operation speaks of, each with what of it must be as it was."""
    match operazione:
        case Aggiungi():
            return ((operazione.riferimento, "posto"),)
        case Sposta():
            return ((operazione.bersaglio, "tutto"), (operazione.riferimento, "posto"))
        case SostituisciParole():
            return ((operazione.bersaglio, "parole"),)
        case SostituisciRubrica():
            return ((operazione.bersaglio, "rubrica"),)
        case _:
            return ((operazione.bersaglio, "tutto"),)


def _sopra(testo: Testo, id: str) -> str:
    genitore = testo.genitore(id)
    return genitore.id if genitore else ""
