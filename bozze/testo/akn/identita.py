"""The identifiers of the dispositions in Akoma Ntoso: eId from the number it has now, wId from the one it was born with.

Source: Akoma Ntoso Naming Convention, 5 (element identifiers).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bozze.testo.albero import GRUPPI_PREMESSE, Disposizione, Testo, Tipo
from bozze.testo.numerazione import Nome, nomi

_SIGLE = {
    Tipo.TITOLO: "title",
    Tipo.CAPO: "chp",
    Tipo.ARTICOLO: "art",
    Tipo.COMMA: "para",
    Tipo.LETTERA: "point",
    Tipo.NUMERO: "point",
    Tipo.TRATTINO: "indent",
    Tipo.PARAGRAFO: "alinea",
    Tipo.ALLEGATO: "att",
    Tipo.FORMULA: "formula",
    Tipo.VISTO: "cits",
    Tipo.PREMESSO: "recs",
    Tipo.CONSIDERATO: "recs",
}
_IN_ELENCO = (Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO)
"""What stands below one of these is in a list of its own."""


def identita(testo: Testo, nomi_testo: Mapping[str, Nome] | None = None) -> dict[str, str]:
    """The eId of every disposition, by its lasting identifier; each is unique in the document."""
    return _Anagrafe(nomi_testo or nomi(testo)).di(testo.radici)


def originari(versioni: Iterable[Testo]) -> dict[str, str]:
    """The eId with which every disposition was born, from the versions in their order (the wId of the standard)."""
    primi: dict[str, str] = {}
    for testo in versioni:
        for codice, eid in identita(testo).items():
            primi.setdefault(codice, eid)
    return primi


class _Anagrafe:
    def __init__(self, nomi_testo: Mapping[str, Nome]) -> None:
        self._nomi = nomi_testo
        self._dati: dict[str, str] = {}
        self._usati: set[str] = set()

    def di(self, radici: Sequence[Disposizione]) -> dict[str, str]:
        self._visita(radici, "", "")
        return self._dati

    def _visita(self, figli: Sequence[Disposizione], sopra: str, articoli: str) -> None:
        """``articoli`` is what stands before an article's eId: titoli do not, an annex does."""
        posti: Counter[str] = Counter()
        for nodo in figli:
            sigla = self._sigla(nodo, sopra)
            posti[sigla] += 1
            numero = self._nomi[nodo.id].nucleo.lower()
            if nodo.tipo in {Tipo.TRATTINO, Tipo.PARAGRAFO} or not numero:
                numero = str(posti[sigla])
            prefisso = articoli if nodo.tipo is Tipo.ARTICOLO else sopra
            eid = self._unico(f"{prefisso}__{sigla}_{numero}" if prefisso else f"{sigla}_{numero}")
            self._dati[nodo.id] = eid
            dentro = f"{eid}__list_1" if nodo.tipo in _IN_ELENCO else eid
            self._visita(nodo.figli, dentro, eid if nodo.tipo is Tipo.ALLEGATO else articoli)

    def _sigla(self, nodo: Disposizione, sopra: str) -> str:
        if nodo.tipo not in GRUPPI_PREMESSE and sopra.startswith(("recs_", "cits_")):
            if "__" in sopra:
                return "item"
            voce = "rec" if sopra.startswith("recs_") else "cit"
            return voce if nodo.tipo is Tipo.LETTERA else f"{voce}-{_SIGLE[nodo.tipo]}"
        if nodo.tipo is Tipo.PARAGRAFO and "__list_" not in sopra and not sopra.startswith("att_"):
            return "hcontainer"
        return _SIGLE[nodo.tipo]

    def _unico(self, eid: str) -> str:
        eid = eid.replace(" ", "-")
        scelto, volta = eid, 1
        while scelto in self._usati:
            volta += 1
            scelto = f"{eid}_{volta}"
        self._usati.add(scelto)
        return scelto
