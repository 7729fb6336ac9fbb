"""Several lines pasted from elsewhere become dispositions: each line one, "a)" and "-" under the one before."""

import uuid

from bozze.testo import segni
from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Tipo
from bozze.testo.parole import pulisci

_LIVELLI = (Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO)
"""The kinds that a mark at the start of a line announces, from the highest down."""


def da_righe(tipo: Tipo, scritto: str) -> tuple[Disposizione, ...]:
    """Return the lines as dispositions of kind ``tipo``, with what their marks put below them. No word is lost.

    Marks are left out, for numbers are derived. A mark that cannot go lower stays a disposition beside the others.
    """
    radice = Disposizione("", tipo)
    pila: list[list[Disposizione]] = [[]]
    tipi = [tipo]
    ultima = ""
    for riga in (pulisci(grezza) for grezza in scritto.splitlines()):
        if not riga:
            continue
        voce = segni.voce(riga, dopo=ultima)
        ultima = voce.numero if voce and voce.tipo is Tipo.LETTERA else ultima
        livello = _livello(voce.tipo, tipi, bool(pila[0])) if voce else 0
        while len(pila) > livello + 1:
            _chiudi(pila, tipi)
        if livello == len(pila):
            pila.append([])
            tipi.append(_sotto(tipi[-1], voce.tipo if voce else tipo))
        pila[-1].append(Disposizione(str(uuid.uuid4()), tipi[-1], voce.resto if voce else riga))
    while len(pila) > 1:
        _chiudi(pila, tipi)
    return radice.con(figli=tuple(pila[0])).figli


def _livello(annunciato: Tipo, tipi: list[Tipo], iniziato: bool) -> int:
    """How far below the first line a mark stands: where its kind is open already, or one below the last."""
    if annunciato in tipi:
        return tipi.index(annunciato)
    if not iniziato or annunciato not in _LIVELLI:
        return 0
    for livello in range(len(tipi) - 1, -1, -1):
        if tipi[livello] not in _LIVELLI or _piu_alto(tipi[livello], annunciato):
            return livello + 1 if annunciato in FIGLI_AMMESSI[tipi[livello]] else _ripiego(livello, tipi)
    return 0


def _ripiego(livello: int, tipi: list[Tipo]) -> int:
    """Something lower than this that it cannot be: below all the same, with the kind that may stand there."""
    return livello + 1 if any(t in _LIVELLI for t in FIGLI_AMMESSI[tipi[livello]]) else livello


def _sotto(sopra: Tipo, annunciato: Tipo) -> Tipo:
    ammessi = FIGLI_AMMESSI[sopra]
    return annunciato if annunciato in ammessi else ammessi[0]


def _piu_alto(uno: Tipo, altro: Tipo) -> bool:
    return _LIVELLI.index(uno) < _LIVELLI.index(altro)


def _chiudi(pila: list[list[Disposizione]], tipi: list[Tipo]) -> None:
    figli = pila.pop()
    tipi.pop()
    padre = pila[-1].pop()
    pila[-1].append(padre.con(figli=(*padre.figli, *figli)))
