"""Writing a text by moves that can be taken back: what an editor does, with its real inverse.

- ``mosse``      the moves: write, put, remove, carry elsewhere, attach, cite, refer; each knows what it found, so it has an inverse
- ``gerarchia``  which move a person means by "promote", "demote", "up", "down"
- ``unione``     a disposition joined to the one before it
- ``passi``      some moves as one step with the references kept true; the step taken back
- ``righe``      several lines pasted from elsewhere, as dispositions
- ``pila``       what one person can undo and redo
"""

from bozze.testo.stesura.gerarchia import promuovi, retrocedi, sposta
from bozze.testo.stesura.mosse import (
    Allega,
    Cita,
    Collega,
    Impossibile,
    Intitola,
    Luogo,
    Metti,
    Mossa,
    Porta,
    Scrivi,
    Togli,
    luogo_di,
    varco,
)
from bozze.testo.stesura.passi import Passo, annulla, carica, esegui, prosegui
from bozze.testo.stesura.righe import da_righe
from bozze.testo.stesura.unione import precedente, unisci

__all__ = [
    "Allega",
    "Cita",
    "Collega",
    "Impossibile",
    "Intitola",
    "Luogo",
    "Metti",
    "Mossa",
    "Passo",
    "Porta",
    "Scrivi",
    "Togli",
    "annulla",
    "carica",
    "da_righe",
    "esegui",
    "luogo_di",
    "precedente",
    "promuovi",
    "prosegui",
    "retrocedi",
    "sposta",
    "unisci",
    "varco",
]
