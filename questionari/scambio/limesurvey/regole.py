"""The older conditions of LimeSurvey (a table, before the relevance equations) as one expression."""

from collections.abc import Callable, Sequence

from questionari.scambio.espressioni import Albero, Costante, EspressioneNonLetta, Nome, Operazione
from questionari.scambio.limesurvey.tabelle import Riga

_METODI = {"==": "==", "": "==", " ": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def albero(regole: Sequence[Riga]) -> Albero:
    """Join the rules: those on one question by "or", questions by "and", scenarios by "or"."""
    scenari: dict[str, dict[str, list[Albero]]] = {}
    for regola in regole:
        gruppo = scenari.setdefault(regola.get("scenario", "1"), {})
        gruppo.setdefault(regola.get("cqid", ""), []).append(_foglia(regola))
    rami = [_unisci("e", [_unisci("o", foglie) for foglie in per.values()]) for per in scenari.values()]
    return _unisci("o", rami)


def in_parole(regole: Sequence[Riga]) -> str:
    """The rules as the report quotes them."""
    return "; ".join(
        f"{r.get('cfieldname', '')} {r.get('method', '')} {r.get('value', '')}" for r in regole[:20]
    )


def risposta_a(codice: str) -> Callable[[str], Albero]:
    """The condition that the question of this code is answered."""
    return lambda _: Nome(f"={codice}")


def _unisci(segno: str, rami: list[Albero]) -> Albero:
    return rami[0] if len(rami) == 1 else Operazione(segno, tuple(rami))


def _foglia(regola: Riga) -> Albero:
    metodo = _METODI.get(regola.get("method", "").strip())
    campo, valore = regola.get("cfieldname", ""), regola.get("value", "")
    if metodo is None:
        raise EspressioneNonLetta(f"il confronto «{regola.get('method', '')[:20]}» non ha un equivalente")
    if campo.startswith("{") or valore.startswith(("@", "{")):
        raise EspressioneNonLetta("guarda i dati di chi partecipa o un'altra risposta")
    segno = campo.startswith("+")
    return Operazione(
        metodo, (Nome(campo.removeprefix("+")), Costante("Y" if segno and not valore else valore))
    )
