"""One answer: from what a form or JSON brings to its normal form (`definizione.Valore`), and into words."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from questionari.definizione import (
    BLOCCO,
    DATA,
    FILE,
    GRADUATORIA,
    MATRICE,
    MULTIPLA,
    NUMERO,
    SINGOLA,
    TESTO,
    Domanda,
    Valore,
)

NON_SO = "non_so"
ALTRO = ":altro"
"""What the form sends for "Altro" in a singola: no option has such a code."""
MAX_ALTRO = 200
MAX_TESTO = 250
MAX_TESTO_LUNGO = 10_000


class ValoreNonValido(Exception):
    """The answer does not fit the question; the text is for the person."""


class DatiModulo(Protocol):
    """What is read of a posted form (django's QueryDict)."""

    def get(self, chiave: str, /) -> Any: ...
    def getlist(self, chiave: str, /) -> list[Any]: ...
    def __contains__(self, chiave: object, /) -> bool: ...


def dal_modulo(domanda: Domanda, dati: DatiModulo) -> Any:
    """Collect the raw answer to one question from a posted form; `normalizza` does the checking."""
    codice = domanda.codice
    if domanda.tipo == MATRICE:
        righe = {voce.codice: dati.get(f"{codice}-{voce.codice}") for voce in domanda.voci}
        return {riga: grado for riga, grado in righe.items() if grado not in (None, "")}
    if domanda.tipo == MULTIPLA:
        return {"scelte": dati.getlist(codice), "altro": dati.get(f"{codice}-altro") or ""}
    if domanda.tipo == GRADUATORIA:
        return dati.getlist(codice)
    if domanda.tipo == SINGOLA and domanda.consenti_altro and dati.get(codice) in (None, "", ALTRO):
        return {"scelte": [], "altro": dati.get(f"{codice}-altro") or ""}
    return dati.get(codice)


def sposta(domanda: Domanda, attuale: list[str], azione: str, voce: str) -> list[str]:
    """A ranking after one press of su, giu, togli or aggiungi; an impossible press changes nothing."""
    nuova = list(attuale)
    if azione == "aggiungi":
        pieno = domanda.max_scelte is not None and len(nuova) >= domanda.max_scelte
        return nuova if pieno or voce in nuova or voce not in domanda.etichette else [*nuova, voce]
    if voce not in nuova:
        return nuova
    posto = nuova.index(voce)
    if azione == "togli":
        nuova.remove(voce)
    elif azione == "su" and posto > 0:
        nuova[posto - 1 : posto + 1] = [voce, nuova[posto - 1]]
    elif azione == "giu" and posto < len(nuova) - 1:
        nuova[posto : posto + 2] = [nuova[posto + 1], voce]
    return nuova


def normalizza(domanda: Domanda, grezzo: Any) -> Valore:
    """Check one raw answer and bring it to its normal form; None when it is empty.

    Takes both what a form brings (texts) and what JSON brings, and its own result gives itself again.
    Raises ValoreNonValido with words for the person.
    """
    if grezzo is None or grezzo in ("", [], {}):
        return None
    return _NORMALIZZATORI.get(domanda.tipo, _testo)(domanda, grezzo)


def _scelte(domanda: Domanda, grezzo: Any) -> list[str]:
    """A list of known codes, without repetitions."""
    if isinstance(grezzo, str):
        grezzo = [grezzo]
    if not isinstance(grezzo, list | tuple):
        raise ValoreNonValido("La risposta non ha la forma attesa.")
    for codice in grezzo:
        if not isinstance(codice, str) or codice not in domanda.etichette:
            raise ValoreNonValido(f"«{codice}» non è tra le risposte possibili.")
    return list(dict.fromkeys(grezzo))


def _singola(domanda: Domanda, grezzo: Any) -> Valore:
    if isinstance(grezzo, Mapping):
        scelte = grezzo.get("scelte") or []
        altro = _altro(domanda, grezzo)
        if len(scelte) + bool(altro) > 1:
            raise ValoreNonValido("Scegliete una sola risposta.")
        return _scelte(domanda, scelte)[0] if scelte else {"scelte": [], "altro": altro} if altro else None
    if not isinstance(grezzo, str):
        raise ValoreNonValido("Scegliete una sola risposta.")
    return _scelte(domanda, grezzo)[0]


def _altro(domanda: Domanda, grezzo: Mapping[str, Any]) -> str:
    """The words given beside the options."""
    altro = " ".join(str(grezzo.get("altro") or "").replace("\x00", "").split())
    if altro and not domanda.consenti_altro:
        raise ValoreNonValido("Qui si può scegliere solo tra le risposte elencate.")
    if len(altro) > MAX_ALTRO:
        raise ValoreNonValido(f"«Altro» può avere al massimo {MAX_ALTRO} caratteri.")
    return altro


def _multipla(domanda: Domanda, grezzo: Any) -> Valore:
    altro = ""
    if isinstance(grezzo, Mapping):
        altro = _altro(domanda, grezzo)
        grezzo = grezzo.get("scelte") or []
    insieme = set(_scelte(domanda, grezzo))
    scelte = [voce.codice for voce in domanda.voci if voce.codice in insieme]
    quante = len(scelte) + bool(altro)
    if domanda.esclusiva in scelte and quante > 1:
        raise ValoreNonValido(f"«{domanda.etichette[domanda.esclusiva]}» non si combina con altre risposte.")
    if domanda.max_scelte and quante > domanda.max_scelte:
        raise ValoreNonValido(
            f"Potete scegliere al massimo {domanda.max_scelte} risposte: ne avete {quante}."
        )
    return {"scelte": scelte, "altro": altro} if quante else None


def _matrice(domanda: Domanda, grezzo: Any) -> Valore:
    if not isinstance(grezzo, Mapping):
        raise ValoreNonValido("La risposta non ha la forma attesa.")
    for riga in grezzo:
        if riga not in domanda.etichette:
            raise ValoreNonValido(f"«{riga}» non è tra le voci della domanda.")
    valore: dict[str, int | None] = {}
    for voce in domanda.voci:
        if voce.codice in grezzo:
            valore[voce.codice] = _grado(domanda, grezzo[voce.codice])
    return valore or None


def _grado(domanda: Domanda, grezzo: Any) -> int | None:
    if grezzo is None or grezzo == NON_SO:
        if not domanda.consenti_non_so:
            raise ValoreNonValido("A questa domanda non si può rispondere «Non so».")
        return None
    try:
        grado = int(grezzo)
    except (TypeError, ValueError):
        raise ValoreNonValido(f"«{grezzo}» non è nella scala.") from None
    if (
        isinstance(grezzo, bool)
        or grado not in domanda.gradi
        or (grado != grezzo and not isinstance(grezzo, str))
    ):
        raise ValoreNonValido(f"«{grezzo}» non è nella scala.")
    return grado


def _numero(domanda: Domanda, grezzo: Any) -> Valore:
    if isinstance(grezzo, bool) or not isinstance(grezzo, str | int | float | Decimal):
        raise ValoreNonValido("Scrivete un numero.")
    parole = str(grezzo).strip()
    if not parole:
        return None
    try:
        numero = Decimal(_senza_separatori(parole) if isinstance(grezzo, str) else parole)
    except InvalidOperation:
        raise ValoreNonValido(f"«{parole}» non è un numero.") from None
    if not numero.is_finite():
        raise ValoreNonValido(f"«{parole}» non è un numero.")
    if domanda.minimo is not None and numero < Decimal(str(domanda.minimo)):
        raise ValoreNonValido(f"Il numero deve essere almeno {in_cifre(domanda.minimo)}.")
    if domanda.massimo is not None and numero > Decimal(str(domanda.massimo)):
        raise ValoreNonValido(f"Il numero deve essere al massimo {in_cifre(domanda.massimo)}.")
    if abs(numero) >= Decimal(10) ** 15:
        raise ValoreNonValido("Il numero è troppo grande.")
    if numero != round(numero, domanda.decimali):
        quante = f"{domanda.decimali} {'cifra' if domanda.decimali == 1 else 'cifre'} dopo la virgola"
        raise ValoreNonValido(
            f"Scrivete al massimo {quante}." if domanda.decimali else "Scrivete un numero intero."
        )
    return int(numero) if numero == numero.to_integral_value() else float(numero)


def _senza_separatori(parole: str) -> str:
    """Italian digits to plain ones: "1.250,50" and "1250.50" are the same; "1.250" is 1250."""
    parole = parole.replace(" ", "").replace("\u00a0", "")
    if "," in parole:
        return parole.replace(".", "").replace(",", ".", 1)
    gruppi = parole.lstrip("+-").split(".")
    migliaia = len(gruppi) > 1 and 0 < len(gruppi[0]) <= 3 and all(len(gruppo) == 3 for gruppo in gruppi[1:])
    return parole.replace(".", "") if migliaia and gruppi[0] != "0" else parole


def _testo(domanda: Domanda, grezzo: Any) -> Valore:
    if not isinstance(grezzo, str):
        raise ValoreNonValido("Scrivete un testo.")
    testo = grezzo.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if domanda.tipo == TESTO:
        testo = " ".join(testo.split())
    massimo = domanda.max_caratteri or (MAX_TESTO if domanda.tipo == TESTO else MAX_TESTO_LUNGO)
    if len(testo) > massimo:
        raise ValoreNonValido(f"Il testo ha {len(testo)} caratteri: al massimo {massimo}.")
    return testo or None


def giorno(testo: str) -> date | None:
    """A day written as 2026-03-31 or 31/3/2026; None if it is neither."""
    testo = testo.strip()
    if italiana := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", testo, re.ASCII):
        testo = f"{italiana[3]}-{italiana[2]:0>2}-{italiana[1]:0>2}"
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", testo, re.ASCII):
        return None
    try:
        return date.fromisoformat(testo)
    except ValueError:
        return None


def data_in_cifre(iso: str) -> str:
    """A day as it is written in Italian: 31/03/2026."""
    trovato = giorno(iso)
    return f"{trovato:%d/%m/}{trovato.year:04}" if trovato else iso


def _data(domanda: Domanda, grezzo: Any) -> Valore:
    if not isinstance(grezzo, str):
        raise ValoreNonValido("Scrivete una data.")
    if not grezzo.strip():
        return None
    data = giorno(grezzo)
    if data is None:
        raise ValoreNonValido(
            f"«{grezzo.strip()}» non è una data: scrivete giorno, mese e anno, come 31/03/2026."
        )
    iso = data.isoformat()
    if domanda.dal and iso < domanda.dal:
        raise ValoreNonValido(f"La data non può essere prima del {data_in_cifre(domanda.dal)}.")
    if domanda.al and iso > domanda.al:
        raise ValoreNonValido(f"La data non può essere dopo il {data_in_cifre(domanda.al)}.")
    return iso


def _blocco(domanda: Domanda, grezzo: Any) -> Valore:
    raise ValoreNonValido("Qui non si scrive una risposta.")


def _graduatoria(domanda: Domanda, grezzo: Any) -> Valore:
    scelte = _scelte(domanda, grezzo)
    if domanda.max_scelte and len(scelte) > domanda.max_scelte:
        raise ValoreNonValido(f"Potete ordinare al massimo {domanda.max_scelte} voci.")
    return scelte or None


def _file(domanda: Domanda, grezzo: Any) -> Valore:
    """Attachments are checked when they are uploaded; here only the shape of the list."""
    campi = {"nome": str, "impronta": str, "dimensione": int}
    if not isinstance(grezzo, list) or not all(
        isinstance(f, dict)
        and f.keys() == campi.keys()
        and all(isinstance(f[c], t) for c, t in campi.items())
        for f in grezzo
    ):
        raise ValoreNonValido("Allegate i documenti dalla pagina del questionario.")
    if len(grezzo) > domanda.max_file:
        raise ValoreNonValido(f"Potete allegare al massimo {domanda.max_file} documenti.")
    return grezzo or None


_NORMALIZZATORI = {
    SINGOLA: _singola,
    MULTIPLA: _multipla,
    MATRICE: _matrice,
    NUMERO: _numero,
    GRADUATORIA: _graduatoria,
    FILE: _file,
    DATA: _data,
    BLOCCO: _blocco,
}


def in_cifre(numero: float, decimali: int | None = None) -> str:
    """A number as it is written in Italian: 1.250,5."""
    if decimali is not None:
        testo = f"{numero:z,.{decimali}f}"  # never "-0,0"
    elif isinstance(numero, int) or math.floor(numero) == numero:
        testo = f"{int(numero):,}"
    else:
        testo = f"{Decimal(str(numero)):,f}"
    return testo.translate(str.maketrans(",.", ".,"))


def in_parole(domanda: Domanda, valore: Valore) -> list[str]:
    """An answer as lines to read; none when there is no answer.

    An answer given to an earlier version of the question is told as well as it can be, with its codes.
    """
    if valore is None or domanda.tipo == BLOCCO:
        return []
    detta = _PAROLE.get(domanda.tipo)
    try:
        return detta(domanda, valore) if detta else [str(valore)]
    except (TypeError, KeyError, AttributeError, ValueError):
        return [valore if isinstance(valore, str) else json.dumps(valore, ensure_ascii=False)]


def _voce(domanda: Domanda, codice: Any) -> str:
    return domanda.etichette.get(codice, str(codice))


def _scelte_in_parole(domanda: Domanda, valore: Valore) -> list[str]:
    if isinstance(valore, str):
        return [_voce(domanda, valore)]
    altro = [f"Altro: {valore['altro']}"] if valore["altro"] else []
    return [_voce(domanda, codice) for codice in valore["scelte"]] + altro


def _matrice_in_parole(domanda: Domanda, valore: Valore) -> list[str]:
    posto = {voce.codice: i for i, voce in enumerate(domanda.voci)}
    righe = sorted(valore.items(), key=lambda riga: posto.get(riga[0], len(posto)))
    return [f"{_voce(domanda, codice)}: {_grado_in_parole(domanda, grado)}" for codice, grado in righe]


def _grado_in_parole(domanda: Domanda, grado: int | None) -> str:
    return "Non so" if grado is None else domanda.gradi.get(grado, str(grado))


_PAROLE: dict[str, Callable[[Domanda, Valore], list[str]]] = {
    SINGOLA: _scelte_in_parole,
    MULTIPLA: _scelte_in_parole,
    MATRICE: _matrice_in_parole,
    NUMERO: lambda domanda, valore: [f"{in_cifre(valore)} {domanda.unita}".strip()],
    DATA: lambda domanda, valore: [data_in_cifre(valore)],
    GRADUATORIA: lambda domanda, valore: [
        f"{posto}. {_voce(domanda, codice)}" for posto, codice in enumerate(valore, 1)
    ],
    FILE: lambda domanda, valore: [f["nome"] for f in valore],
}


def uguali(uno: Valore, altro: Valore) -> bool:
    """Whether two normal answers are the same (1 and True, 0 and False apart)."""
    return json.dumps(uno, sort_keys=True) == json.dumps(altro, sort_keys=True)
