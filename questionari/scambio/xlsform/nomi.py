"""Names that XLSForm takes: letters first, each once whatever its capitals."""

import re
from decimal import Decimal

_RISERVATI = frozenset(
    {"meta", "data", "instanceid", "instancename", "name", "audit", "entity", "deprecatedid"}
)
_CATTIVI = re.compile(r"[^A-Za-z0-9_-]")


def nome_xml(codice: str) -> str:
    """A code of ours as a name of XML."""
    nome = _CATTIVI.sub("_", codice)
    return nome if nome[:1].isalpha() else f"_{nome}"


def numero_xpath(numero: float) -> str:
    """A number in plain digits."""
    testo = format(Decimal(repr(numero)), "f")
    return testo.rstrip("0").rstrip(".") if "." in testo else testo


class Nomi:
    """Gives names not yet taken."""

    def __init__(self) -> None:
        self._presi: set[str] = set(_RISERVATI)

    def dai(self, codice: str, *, testa: str = "", con_altro: bool = False) -> str:
        """Return a name for a code; `con_altro` keeps "<name>_other" free for it, which pyxform will use."""
        base = nome_xml(codice)
        prova, giro = base, 1
        while not self._libero(prova, con_altro=con_altro):
            giro += 1
            prova = f"{testa}{base}" if testa and giro == 2 else f"{testa}{base}_{giro}"
        self._presi.add(prova.lower())
        if con_altro:
            self._presi.add(f"{prova}_other".lower())
        return prova

    def _libero(self, nome: str, *, con_altro: bool) -> bool:
        return nome.lower() not in self._presi and not (con_altro and f"{nome}_other".lower() in self._presi)
