"""The constraint of an XLSForm question as the limits that a question of ours has."""

from typing import Any

from questionari import definizione as q
from questionari.scambio.espressioni import (
    Albero,
    Chiamata,
    Costante,
    EspressioneNonLetta,
    Nome,
    Operazione,
    leggi_xpath,
)
from questionari.scambio.numeri import e_giorno

_QUI = Nome(".")
_SPECCHIO = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def applica(testo: str, dati: dict[str, Any], voci: dict[str, str]) -> tuple[list[str], bool]:
    """Put into `dati` the limits that a constraint states.

    Return what had to be left out, in words, and whether nothing at all could be kept.
    """
    try:
        albero = leggi_xpath(testo)
    except EspressioneNonLetta as errore:
        return [f"non si può leggere: {errore}"], True
    parti = albero.argomenti if isinstance(albero, Operazione) and albero.segno == "e" else (albero,)
    motivi = []
    for parte in parti:
        nuovi = _limite(parte, dati, voci)
        if isinstance(nuovi, str):
            motivi.append(nuovi)
        else:
            dati.update(nuovi)
    if {"min", "max"} <= dati.keys() and dati["min"] > dati["max"]:
        del dati["min"], dati["max"]
        return ["il minimo supera il massimo"], True
    return motivi, len(motivi) == len(parti)


def _limite(parte: Albero, dati: dict[str, Any], voci: dict[str, str]) -> dict[str, Any] | str:
    tipo = dati["tipo"]
    match parte:
        case Operazione(segno, (sinistra, destra)) if segno in _SPECCHIO and isinstance(sinistra, Costante):
            parte = Operazione(_SPECCHIO[segno], (destra, sinistra))
    match parte:
        case Operazione("<" | "<=" | ">" | ">=" as segno, (Nome("."), Costante(int() | float() as n))) if (
            tipo == q.NUMERO
        ):
            return _estremo(segno, n, dati)
        case Operazione("<=" | ">=" as segno, (Nome("."), termine)) if tipo == q.DATA and (
            giorno := _giorno(termine)
        ):
            return {"max" if segno == "<=" else "min": giorno}
        case Operazione("<=" | "<" as segno, (Chiamata("string-length", (Nome("."),)), Costante(int() as n))):
            massimo = n if segno == "<=" else n - 1
            if tipo in (q.TESTO, q.TESTO_LUNGO) and massimo > 0:
                return {"max_caratteri": massimo}
        case Operazione(
            "<=" | "<" as segno, (Chiamata("count-selected", (Nome("."),)), Costante(int() as n))
        ):
            massimo = n if segno == "<=" else n - 1
            if tipo == q.MULTIPLA and massimo > 0:
                return {"max_scelte": massimo}
        case Operazione("non", (Operazione("e", (a, b)),)) if tipo == q.MULTIPLA:
            for sola, tante in ((a, b), (b, a)):
                if tante in _PIU_DI_UNA and isinstance(sola, Chiamata) and sola.funzione == "selected":
                    voce = _scelta(sola, voci)
                    if voce:
                        return {"esclusiva": voce}
        case Chiamata("regex", _):
            return "un controllo con espressione regolare non ha un equivalente"
    return "un controllo di questa forma non ha un equivalente"


_PIU_DI_UNA = (
    Operazione(">", (Chiamata("count-selected", (_QUI,)), Costante(1))),
    Operazione(">=", (Chiamata("count-selected", (_QUI,)), Costante(2))),
)


def _scelta(chiamata: Chiamata, voci: dict[str, str]) -> str:
    match chiamata.argomenti:
        case (Nome("."), Costante(valore)):
            return voci.get(str(valore), "")
    return ""


def _estremo(segno: str, n: int | float, dati: dict[str, Any]) -> dict[str, Any] | str:
    if abs(n) >= 10**15:
        return "un limite così grande non ha senso qui"
    if segno in ("<", ">"):
        if dati.get("decimali"):
            return {"max" if segno == "<" else "min": n}
        n = (int(n) if n == int(n) else int(n) + (1 if n > 0 else 0)) - 1 if segno == "<" else int(n // 1) + 1
    return {"max" if segno in ("<", "<=") else "min": n}


def _giorno(termine: Albero) -> str:
    match termine:
        case Chiamata("date", (Costante(str() as valore),)) | Costante(str() as valore):
            return valore if e_giorno(valore) else ""
    return ""
