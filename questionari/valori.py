"""One answer: from what a form or JSON brings to its normal form (`definizione.Valore`), and into words."""

import json
import math
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from questionari.definizione import (
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
    if not isinstance(grezzo, str):
        raise ValoreNonValido("Scegliete una sola risposta.")
    return _scelte(domanda, grezzo)[0]


def _multipla(domanda: Domanda, grezzo: Any) -> Valore:
    altro = ""
    if isinstance(grezzo, Mapping):
        altro = " ".join(str(grezzo.get("altro") or "").split())
        grezzo = grezzo.get("scelte") or []
    insieme = set(_scelte(domanda, grezzo))
    scelte = [voce.codice for voce in domanda.voci if voce.codice in insieme]
    if altro and not domanda.consenti_altro:
        raise ValoreNonValido("Qui si può scegliere solo tra le risposte elencate.")
    if len(altro) > MAX_ALTRO:
        raise ValoreNonValido(f"«Altro» può avere al massimo {MAX_ALTRO} caratteri.")
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
}


def in_cifre(numero: float, decimali: int | None = None) -> str:
    """A number as it is written in Italian: 1.250,5."""
    if decimali is not None:
        testo = f"{numero:,.{decimali}f}"
    elif isinstance(numero, int) or math.floor(numero) == numero:
        testo = f"{int(numero):,}"
    else:
        testo = f"{Decimal(str(numero)):,f}"
    return testo.translate(str.maketrans(",.", ".,"))


def in_parole(domanda: Domanda, valore: Valore) -> list[str]:
    """An answer as lines to read; none when there is no answer."""
    if valore is None:
        return []
    match domanda.tipo:
        case t if t == SINGOLA:
            return [domanda.etichette[valore]]
        case t if t == MULTIPLA:
            altro = [f"Altro: {valore['altro']}"] if valore["altro"] else []
            return [domanda.etichette[codice] for codice in valore["scelte"]] + altro
        case t if t == MATRICE:
            return [
                f"{voce.etichetta}: {_grado_in_parole(domanda, valore[voce.codice])}"
                for voce in domanda.voci
                if voce.codice in valore
            ]
        case t if t == NUMERO:
            return [f"{in_cifre(valore)} {domanda.unita}".strip()]
        case t if t == GRADUATORIA:
            return [f"{posto}. {domanda.etichette[codice]}" for posto, codice in enumerate(valore, 1)]
        case t if t == FILE:
            return [f["nome"] for f in valore]
    return [str(valore)]


def _grado_in_parole(domanda: Domanda, grado: int | None) -> str:
    return "Non so" if grado is None else domanda.gradi[grado]


def uguali(uno: Valore, altro: Valore) -> bool:
    """Whether two normal answers are the same (1 and True, 0 and False apart)."""
    return json.dumps(uno, sort_keys=True) == json.dumps(altro, sort_keys=True)
