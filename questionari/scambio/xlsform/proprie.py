"""What a questionnaire of ours has and XLSForm has not: columns "accordo_…", which other programs pass over.

With them a questionnaire that goes out and comes back is the same.
"""

import json
from typing import Any

from questionari import definizione as q
from questionari.scambio.xlsform.modulo import Nodo

PREFISSO = "accordo_"
NON_SO = "non_so"
"""The choice that stands for "don't know" in a matrix."""
TESTI = ("riservatezza", "unita")
VERI = ("dato_personale", "ordinata", "consenti_non_so")
NUMERI = ("decimali", "max_scelte", "max_file", "max_mb")
ELENCHI = ("obiettivi", "destinatari", "estensioni")
PROPRIE = (*TESTI, *VERI, *NUMERI, *ELENCHI)
_RIMPIAZZATI = {
    "decimali": "al massimo 2 decimali",
    "estensioni": "si allega un file",
    "aiuto": "l'aiuto diventa",
}


def _cella(nodo: Nodo, nome: str) -> str:
    return nodo.celle.get(PREFISSO + nome, "")


def esatto(nodo: Nodo, nome: str) -> str:
    """A text as it was, where the cell's own could not say it."""
    return testo_esatto(_cella(nodo, nome))


def testo_esatto(cella: str) -> str:
    """A text kept as a JSON string."""
    try:
        valore = json.loads(cella) if cella else ""
    except (ValueError, RecursionError):
        return ""
    return valore if isinstance(valore, str) else ""


def codice(nodo: Nodo) -> str:
    """The code that the row had here."""
    return _cella(nodo, "codice")


def destinatari(nodo: Nodo) -> tuple[str, ...]:
    """The kinds of body that a section is for."""
    return tuple(_cella(nodo, "destinatari").split())


def applica(nodo: Nodo, dati: dict[str, Any], motivi: list[str]) -> list[str]:
    """Put our own columns into a question; return the remarks that still hold."""
    for nome in PROPRIE:
        cella = _cella(nodo, nome)
        if not cella:
            continue
        if nome in ELENCHI:
            dati[nome] = cella.split()
        elif nome in VERI:
            dati[nome] = cella.lower() in ("yes", "true")
        elif nome in NUMERI:
            if cella.isascii() and cella.isdigit() and len(cella) <= 6:
                dati[nome] = int(cella)
        else:
            dati[nome] = cella
        if nome in _RIMPIAZZATI:
            motivi = [m for m in motivi if not m.startswith(_RIMPIAZZATI[nome])]
    for nome in ("testo", "aiuto"):
        if testo := esatto(nodo, nome):
            dati[nome] = testo
    if nodo.celle.get(PREFISSO + "tipo") and dati["tipo"] in (q.TESTO, q.TESTO_LUNGO):
        dati["tipo"] = q.TESTO_LUNGO if nodo.celle[PREFISSO + "tipo"] == q.TESTO_LUNGO else q.TESTO
    return motivi


def testata(impostazioni: dict[str, str]) -> dict[str, Any]:
    """What the settings say of the whole questionnaire, in our own columns."""
    dati: dict[str, Any] = {}
    for nome in ("premessa", "titolo"):
        if testo := testo_esatto(impostazioni.get(PREFISSO + nome, "")):
            dati[nome] = testo
    for nome in ("codice", "versione"):
        if cella := impostazioni.get(PREFISSO + nome, ""):
            dati[nome] = cella
    try:
        obiettivi = json.loads(impostazioni.get(PREFISSO + "obiettivi", "") or "{}")
    except (ValueError, RecursionError):
        obiettivi = {}
    if isinstance(obiettivi, dict) and obiettivi:
        dati["legenda"] = {"obiettivi": {str(k): str(v) for k, v in obiettivi.items()}}
    return dati


def lingua(impostazioni: dict[str, str], letta: str) -> str:
    """The language of the questionnaire as a short code, as far as the form says it: "Italiano (it)" is "it"."""
    if propria := impostazioni.get(PREFISSO + "lingua", ""):
        return propria[:20]
    if "(" in letta:
        return letta.partition("(")[2].strip(" )")[:20] or "it"
    return letta[:20] or "it"
