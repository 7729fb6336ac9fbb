"""A tree while it is being read: its nodes still open to what comes next, and the path down to the last one."""

import uuid
from dataclasses import dataclass, field

from bozze.testo.albero import FIGLI_AMMESSI, GRUPPI_PREMESSE, Disposizione, Tipo

SPAZIO = uuid.UUID("6f0d5d9e-2f51-5c0e-9f0a-6a3d4c1b7e20")
"""The namespace of the identifiers given when the caller wants the same ones at every reading."""


@dataclass(slots=True)
class NodoInCostruzione:
    tipo: Tipo
    id: str
    testo: str = ""
    rubrica: str = ""
    numero: str = ""
    figli: list["NodoInCostruzione"] = field(default_factory=list)

    def congela(self) -> Disposizione:
        figli = tuple(figlio.congela() for figlio in self.figli)
        return Disposizione(self.id, self.tipo, self.testo, self.rubrica, figli)


class Costruzione:
    """Puts each new disposition under the nearest one open that can hold it."""

    def __init__(self, spazio: str) -> None:
        self._spazio = spazio
        self._quanti = 0
        self._radici: list[NodoInCostruzione] = []
        self._pila: list[NodoInCostruzione] = []

    def _nuovo(self, tipo: Tipo) -> NodoInCostruzione:
        self._quanti += 1
        id = uuid.uuid5(SPAZIO, f"{self._spazio}/{self._quanti}") if self._spazio else uuid.uuid4()
        return NodoInCostruzione(tipo, str(id))

    def _radice(self, tipo: Tipo) -> NodoInCostruzione:
        nodo = self._nuovo(tipo)
        self._radici.append(nodo)
        self._pila = [nodo]
        return nodo

    def _figlio(self, tipo: Tipo) -> NodoInCostruzione:
        nodo = self._nuovo(tipo)
        self._pila[-1].figli.append(nodo)
        self._pila.append(nodo)
        return nodo

    def _sotto(self, tipo: Tipo) -> NodoInCostruzione:
        """A new disposition of this kind under the nearest one open that can hold it."""
        while self._pila and not self._ammette(self._pila[-1], tipo):
            self._pila.pop()
        if not self._pila:
            if tipo in FIGLI_AMMESSI[None]:
                return self._radice(tipo)
            return self._radice(Tipo.PARAGRAFO)
        return self._figlio(tipo)

    def _ammette(self, nodo: NodoInCostruzione, tipo: Tipo) -> bool:
        if tipo not in FIGLI_AMMESSI[nodo.tipo]:
            return False
        if tipo is Tipo.TRATTINO and nodo.tipo is not Tipo.COMMA and nodo.tipo not in GRUPPI_PREMESSE:
            return nodo.testo.endswith(":") or any(figlio.tipo is tipo for figlio in nodo.figli)
        return not (
            tipo is Tipo.PARAGRAFO and nodo.tipo in {Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO, Tipo.COMMA}
        )
