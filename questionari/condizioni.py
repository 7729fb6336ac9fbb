"""Reading and writing when a question shows: a condition, or a group of them.

As JSON: {"domanda": "D01", "operatore": "uguale", "valore": "si"}, or {"tutte": [...]}, or {"almeno_una": [...]}.
"""

from collections.abc import Mapping
from typing import Any

from questionari import valori
from questionari.definizione import (
    AMMESSI,
    DATA,
    MODI,
    NUMERO,
    OPERATORI,
    RISPOSTO,
    Condizione,
    Domanda,
    Gruppo,
    Regola,
    foglie,
)
from questionari.lettore import Lettore

MAX_PROFONDITA = 5
MAX_CONDIZIONI = 50


def leggi(
    lettore: Lettore, grezza: Any, dove: str, precedenti: Mapping[str, Domanda], codice: str = ""
) -> Regola | None:
    """Read a rule that may look at `precedenti` only; what is wrong is noted in `lettore`."""
    if grezza is None:
        return None
    regola = _regola(lettore, grezza, dove, precedenti, codice, 1)
    if regola is not None and sum(1 for _ in foglie(regola)) > MAX_CONDIZIONI:
        lettore.errore(dove, f"ha più di {MAX_CONDIZIONI} condizioni")
        return None
    return regola


def _regola(
    lettore: Lettore, grezza: Any, dove: str, precedenti: Mapping[str, Domanda], codice: str, profondita: int
) -> Regola | None:
    if not isinstance(grezza, dict):
        lettore.errore(dove, "deve essere un oggetto con domanda, operatore e valore, oppure un gruppo")
        return None
    modi = [modo for modo in MODI if modo in grezza]
    if not modi:
        return _condizione(lettore, grezza, dove, precedenti, codice)
    if len(grezza) > 1:
        lettore.errore(dove, "un gruppo ha solo «tutte» o solo «almeno_una»")
        return None
    if profondita > MAX_PROFONDITA:
        lettore.errore(dove, f"i gruppi stanno uno dentro l'altro per più di {MAX_PROFONDITA} livelli")
        return None
    modo = modi[0]
    parti = [
        _regola(lettore, parte, qui, precedenti, codice, profondita + 1)
        for qui, parte in lettore.oggetti(grezza, modo, dove, minimo=1)
    ]
    valide = tuple(parte for parte in parti if parte is not None)
    return Gruppo(modo, valide) if valide else None


def _condizione(
    lettore: Lettore, grezza: Mapping[str, Any], dove: str, precedenti: Mapping[str, Domanda], codice: str
) -> Condizione | None:
    altra_codice, operatore, valore = (grezza.get(c) for c in ("domanda", "operatore", "valore"))
    if operatore not in OPERATORI:
        lettore.errore(f"{dove}.operatore", f"deve essere uno di: {', '.join(OPERATORI)}")
        return None
    if not isinstance(altra_codice, str) or altra_codice not in precedenti:
        if codice and altra_codice == codice:
            lettore.errore(f"{dove}.domanda", "una domanda non può dipendere da sé stessa")
        else:
            lettore.errore(f"{dove}.domanda", f"«{altra_codice}» non è una domanda che viene prima di questa")
        return None
    altra = precedenti[altra_codice]
    if operatore not in AMMESSI.get(altra.tipo, ()):
        lettore.errore(dove, f"«{operatore}» non si applica a {altra_codice}, che è di tipo {altra.tipo}")
        return None
    if operatore == RISPOSTO:
        return Condizione(altra_codice, RISPOSTO)
    if errore := _valore_sbagliato(altra, valore):
        lettore.errore(f"{dove}.valore", errore)
        return None
    assert isinstance(valore, str | int | float)
    return Condizione(altra_codice, operatore, valore)


def _valore_sbagliato(altra: Domanda, valore: Any) -> str:
    """Why an answer cannot be compared with this value; empty if it can."""
    if altra.tipo == NUMERO:
        numero = isinstance(valore, int | float) and not isinstance(valore, bool) and abs(valore) < 10**15
        return "" if numero else f"{altra.codice} chiede un numero: serve un numero"
    if not isinstance(valore, str):
        return "deve essere un testo"
    if altra.tipo == DATA:
        return (
            ""
            if (giorno := valori.giorno(valore)) and giorno.isoformat() == valore
            else f"{altra.codice} chiede una data: serve una data come 2026-03-31"
        )
    if altra.voci and valore not in altra.etichette:
        return f"«{valore}» non è tra le opzioni di {altra.codice}"
    return "" if valore.strip() else "manca"


def scrivi(regola: Regola) -> dict[str, Any]:
    """A rule as JSON."""
    if isinstance(regola, Gruppo):
        return {regola.modo: [scrivi(parte) for parte in regola.condizioni]}
    scritta: dict[str, Any] = {"domanda": regola.domanda, "operatore": regola.operatore}
    return scritta if regola.operatore == RISPOSTO else scritta | {"valore": regola.valore}
