"""Taking typed values out of nested JSON, noting in words what is wrong instead of stopping at it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from questionari import valori

CODICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,49}\Z")


class DefinizioneNonValida(Exception):
    """The JSON is not a questionnaire; `errori` says all that is wrong with it."""

    def __init__(self, errori: list[str]) -> None:
        super().__init__("\n".join(errori))
        self.errori = errori


class Lettore:
    """Reads one value at a time; what does not fit is noted with its path, and its empty value given back."""

    def __init__(self, tipi_ente: Iterable[str] = (), *, in_costruzione: bool = False) -> None:
        self.errori: list[str] = []
        self.in_costruzione = in_costruzione
        """What is still missing (texts, options, questions) is no error; what is there must fit all the same."""
        self.tipi_ente = frozenset(tipi_ente)

    def errore(self, dove: str, che_cosa: str) -> None:
        """Note what is wrong, and where."""
        self.errori.append(f"{dove}: {che_cosa}")

    def testo(self, dati: Mapping[str, Any], chiave: str, dove: str, *, obbligatorio: bool = False) -> str:
        """A text, without spaces around it."""
        valore = dati.get(chiave, "")
        if not isinstance(valore, str):
            self.errore(f"{dove}.{chiave}", "deve essere un testo")
            return ""
        if obbligatorio and not self.in_costruzione and not valore.strip():
            self.errore(f"{dove}.{chiave}", "manca")
        return valore.strip()

    def codice(self, dati: Mapping[str, Any], dove: str, visti: set[str]) -> str:
        """A code that none of `visti` has yet; it is added to them."""
        codice = self.testo(dati, "codice", dove)
        if not codice:
            self.errore(f"{dove}.codice", "manca")
        if codice and not CODICE.match(codice):
            self.errore(f"{dove}.codice", f"«{codice}» non è un codice: servono lettere, cifre, - e _")
        elif codice in visti:
            self.errore(f"{dove}.codice", f"«{codice}» è usato due volte")
        visti.add(codice)
        return codice

    def booleano(self, dati: Mapping[str, Any], chiave: str, dove: str) -> bool:
        """True or false; false if it is not there."""
        valore = dati.get(chiave, False)
        if not isinstance(valore, bool):
            self.errore(f"{dove}.{chiave}", "deve essere true o false")
        return valore is True

    def intero(
        self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int = 0, massimo: int = 100_000
    ) -> int | None:
        """A whole number, None if it is not there."""
        valore = dati.get(chiave)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int) or valore < minimo:
            self.errore(f"{dove}.{chiave}", f"deve essere un numero intero, almeno {minimo}")
            return None
        if valore > massimo:
            self.errore(f"{dove}.{chiave}", f"deve essere al massimo {massimo}")
            return None
        return valore

    def limite(self, dati: Mapping[str, Any], chiave: str, dove: str) -> float | None:
        """A number, None if it is not there."""
        valore = dati.get(chiave)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int | float) or not abs(valore) < 10**15:
            self.errore(f"{dove}.{chiave}", "deve essere un numero")
            return None
        return valore

    def elenco(self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int = 0) -> list[Any]:
        """A list of at least so many."""
        valore = dati.get(chiave, [])
        if not isinstance(valore, list):
            self.errore(f"{dove}.{chiave}", "deve essere un elenco")
            return []
        if len(valore) < minimo and not self.in_costruzione:
            self.errore(f"{dove}.{chiave}", f"servono almeno {minimo} elementi" if minimo > 1 else "è vuoto")
        return valore

    def oggetti(
        self, dati: Mapping[str, Any], chiave: str, dove: str, *, minimo: int = 0
    ) -> list[tuple[str, dict[str, Any]]]:
        """The objects of a list, each with its path."""
        validi = []
        for i, elemento in enumerate(self.elenco(dati, chiave, dove, minimo=minimo)):
            percorso = f"{dove}.{chiave}[{i}]"
            if isinstance(elemento, dict):
                validi.append((percorso, elemento))
            else:
                self.errore(percorso, "deve essere un oggetto")
        return validi

    def parole(self, dati: Mapping[str, Any], chiave: str, dove: str) -> tuple[str, ...]:
        """A list of texts (numbers are taken as texts: objectives are written 1 or "1")."""
        parole = []
        for i, elemento in enumerate(self.elenco(dati, chiave, dove)):
            if isinstance(elemento, str | int) and not isinstance(elemento, bool):
                parole.append(str(elemento))
            else:
                self.errore(f"{dove}.{chiave}[{i}]", "deve essere un testo")
        return tuple(parole)

    def giorno(self, dati: Mapping[str, Any], chiave: str, dove: str) -> str:
        """A day, ISO; empty if it is not there."""
        scritto = dati.get(chiave)
        if scritto in (None, ""):
            return ""
        data = valori.giorno(scritto) if isinstance(scritto, str) else None
        if data is None:
            self.errore(f"{dove}.{chiave}", "deve essere una data, come 2026-03-31")
            return ""
        return data.isoformat()
