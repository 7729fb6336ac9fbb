"""The text of an accord as a tree of dispositions, each with an identifier it keeps for life.

Numbers are not here: they are derived (``numerazione``). Values are frozen; changing a tree makes a new one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar


class Tipo(StrEnum):
    PREMESSO = "premesso"
    VISTO = "visto"
    CONSIDERATO = "considerato"
    FORMULA = "formula"
    TITOLO = "titolo"
    CAPO = "capo"
    ARTICOLO = "articolo"
    COMMA = "comma"
    LETTERA = "lettera"
    NUMERO = "numero"
    TRATTINO = "trattino"
    PARAGRAFO = "paragrafo"
    ALLEGATO = "allegato"


GRUPPI_PREMESSE = (Tipo.PREMESSO, Tipo.VISTO, Tipo.CONSIDERATO)
CON_RUBRICA = (Tipo.TITOLO, Tipo.CAPO, Tipo.ARTICOLO, Tipo.ALLEGATO)

_VOCI = (Tipo.LETTERA, Tipo.TRATTINO, Tipo.PARAGRAFO)

FIGLI_AMMESSI: Mapping[Tipo | None, tuple[Tipo, ...]] = {
    None: (
        *GRUPPI_PREMESSE,
        Tipo.FORMULA,
        Tipo.TITOLO,
        Tipo.CAPO,
        Tipo.ARTICOLO,
        Tipo.PARAGRAFO,
        Tipo.ALLEGATO,
    ),
    Tipo.PREMESSO: _VOCI,
    Tipo.VISTO: _VOCI,
    Tipo.CONSIDERATO: _VOCI,
    Tipo.FORMULA: (),
    Tipo.ALLEGATO: (Tipo.TITOLO, Tipo.CAPO, Tipo.ARTICOLO, Tipo.COMMA, *_VOCI),
    Tipo.TITOLO: (Tipo.CAPO, Tipo.ARTICOLO, Tipo.PARAGRAFO),
    Tipo.CAPO: (Tipo.ARTICOLO, Tipo.PARAGRAFO),
    Tipo.ARTICOLO: (Tipo.COMMA,),
    Tipo.COMMA: _VOCI,
    Tipo.LETTERA: (Tipo.NUMERO, Tipo.TRATTINO, Tipo.PARAGRAFO),
    Tipo.NUMERO: (Tipo.TRATTINO, Tipo.PARAGRAFO),
    Tipo.TRATTINO: (Tipo.PARAGRAFO,),
    Tipo.PARAGRAFO: (),
}
"""Which kinds may stand under which (``None`` is the text itself). A parent always ranks above its children, so that no
chain of moves can put a disposition inside itself."""


@dataclass(frozen=True, slots=True)
class Documento:
    """The file that an annex is: how it is called, how long it is, and the SHA-256 of its bytes. The bytes are elsewhere."""

    nome: str
    byte: int
    impronta: str

    def __str__(self) -> str:
        quanti = f"{self.byte:,}".replace(",", ".")
        return f"Documento «{self.nome}», {quanti} byte, impronta SHA-256 {self.impronta}"

    def in_dati(self) -> dict[str, Any]:
        return {"nome": self.nome, "byte": self.byte, "impronta": self.impronta}

    @classmethod
    def da_dati(cls, dati: Mapping[str, Any]) -> "Documento":
        """Raise ``KeyError`` or ``ValueError`` if the data are not those of a file."""
        impronta = str(dati["impronta"])
        if len(impronta) != 64 or impronta.strip("0123456789abcdef"):
            raise ValueError("impronta")
        return cls(str(dati["nome"]), int(dati["byte"]), impronta)


@dataclass(frozen=True, slots=True)
class Disposizione:
    """One node. ``testo`` is its own words (for a comma with letters, the lead-in), ``rubrica`` its heading.

    ``documento``: of an annex that is a file. ``obiettivi``: the codes of the objectives that it says it serves, sorted.
    Both stand in the canonical JSON, so that the text's hash holds them.
    """

    id: str
    tipo: Tipo
    testo: str = ""
    rubrica: str = ""
    figli: tuple["Disposizione", ...] = ()
    documento: Documento | None = None
    obiettivi: tuple[str, ...] = ()

    def discendenti(self) -> Iterator["Disposizione"]:
        """This disposition and everything below it, in the order of the text."""
        yield self
        for figlio in self.figli:
            yield from figlio.discendenti()

    def con(self, **campi: Any) -> "Disposizione":
        """A copy with other values."""
        return replace(self, **campi)

    def in_dati(self) -> dict[str, Any]:
        dati: dict[str, Any] = {
            "id": self.id,
            "tipo": self.tipo.value,
            "testo": self.testo,
            "rubrica": self.rubrica,
            "figli": [figlio.in_dati() for figlio in self.figli],
        }
        if self.documento:
            dati["documento"] = self.documento.in_dati()
        if self.obiettivi:
            dati["obiettivi"] = list(self.obiettivi)
        return dati

    @classmethod
    def da_dati(cls, dati: Mapping[str, Any]) -> "Disposizione":
        """Raise ``KeyError`` or ``ValueError`` if the data are not a disposition."""
        return cls(
            id=str(dati["id"]),
            tipo=Tipo(dati["tipo"]),
            testo=str(dati.get("testo", "")),
            rubrica=str(dati.get("rubrica", "")),
            figli=tuple(cls.da_dati(figlio) for figlio in dati.get("figli", ())),
            documento=Documento.da_dati(dati["documento"]) if dati.get("documento") else None,
            obiettivi=codici(dati.get("obiettivi") or ()),
        )


def codici(dati: Iterable[Any]) -> tuple[str, ...]:
    """Codes of objectives, each once, in their order: 2 before 10, 1.2 after 1."""
    if isinstance(dati, str):
        raise ValueError("obiettivi")
    return tuple(sorted({str(codice) for codice in dati}, key=_posto_del_codice))


def _posto_del_codice(codice: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(parte) if parte.isdecimal() else 0, parte) for parte in codice.split("."))


@dataclass(frozen=True, slots=True)
class Posto:
    """Where a disposition stands: under which parent (``None``: the text itself), at which place among its siblings."""

    nodo: Disposizione
    genitore: Disposizione | None
    indice: int
    ordine: int
    """The place in the order of the whole text."""


@dataclass(frozen=True)
class Testo:
    """A whole text: the title, what follows it, and the dispositions at the top."""

    __test__: ClassVar[bool] = False  # pytest takes what begins with "Test" for its own

    titolo: str = ""
    sottotitolo: str = ""
    radici: tuple[Disposizione, ...] = field(default=())
    fissi: tuple[tuple[str, str], ...] = ()
    """Bare numbers that dispositions keep (id, number), sorted by id: a text amended without renumbering, where what is
    new is bis, ter. Empty: all is numbered in order."""

    @cached_property
    def indice(self) -> dict[str, Posto]:
        """Every disposition by its identifier, in the order of the text."""
        posti: dict[str, Posto] = {}

        def visita(figli: tuple[Disposizione, ...], genitore: Disposizione | None) -> None:
            for indice, nodo in enumerate(figli):
                posti[nodo.id] = Posto(nodo, genitore, indice, len(posti))
                visita(nodo.figli, nodo)

        visita(self.radici, None)
        return posti

    def disposizioni(self) -> Iterator[Disposizione]:
        """All dispositions, in the order of the text."""
        for radice in self.radici:
            yield from radice.discendenti()

    def trova(self, id: str) -> Disposizione | None:
        posto = self.indice.get(id)
        return posto.nodo if posto else None

    def genitore(self, id: str) -> Disposizione | None:
        return self.indice[id].genitore

    def fratelli(self, id: str) -> tuple[Disposizione, ...]:
        """The dispositions under the same parent, this one among them."""
        genitore = self.indice[id].genitore
        return genitore.figli if genitore else self.radici

    def cammino(self, id: str) -> tuple[Disposizione, ...]:
        """From the top down to the disposition itself; empty if it is not in the text."""
        cammino: list[Disposizione] = []
        posto = self.indice.get(id)
        while posto:
            cammino.append(posto.nodo)
            posto = self.indice[posto.genitore.id] if posto.genitore else None
        return tuple(reversed(cammino))

    def antenati(self, id: str) -> tuple[Disposizione, ...]:
        """From the top down to the parent."""
        return self.cammino(id)[:-1]

    def articolo_di(self, id: str) -> Disposizione | None:
        """The article the disposition belongs to (or is), if any."""
        return next((nodo for nodo in self.cammino(id) if nodo.tipo is Tipo.ARTICOLO), None)

    def articoli(self) -> tuple[Disposizione, ...]:
        return tuple(nodo for nodo in self.disposizioni() if nodo.tipo is Tipo.ARTICOLO)

    def in_dati(self) -> dict[str, Any]:
        dati: dict[str, Any] = {
            "titolo": self.titolo,
            "sottotitolo": self.sottotitolo,
            "radici": [radice.in_dati() for radice in self.radici],
        }
        return {**dati, "fissi": dict(self.fissi)} if self.fissi else dati

    @classmethod
    def da_dati(cls, dati: Mapping[str, Any]) -> "Testo":
        return cls(
            titolo=str(dati.get("titolo", "")),
            sottotitolo=str(dati.get("sottotitolo", "")),
            radici=tuple(Disposizione.da_dati(radice) for radice in dati.get("radici", ())),
            fissi=tuple(sorted((str(id), str(numero)) for id, numero in dati.get("fissi", {}).items())),
        )

    def in_json(self) -> bytes:
        """Canonical JSON: sorted keys, no spaces, UTF-8. What the hash is computed on."""
        return json.dumps(self.in_dati(), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @classmethod
    def da_json(cls, sorgente: bytes | str) -> "Testo":
        return cls.da_dati(json.loads(sorgente))

    @property
    def impronta(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.in_json()).hexdigest()


def convalida(testo: Testo) -> list[str]:
    """What is wrong with the shape of a tree, in words; empty if it is sound."""
    errori: list[str] = []
    visti: set[str] = set()

    def visita(figli: tuple[Disposizione, ...], genitore: Disposizione | None) -> None:
        for nodo in figli:
            if not nodo.id:
                errori.append(f"C'è una disposizione di tipo {nodo.tipo} senza identificativo.")
            elif nodo.id in visti:
                errori.append(f"L'identificativo {nodo.id} compare due volte.")
            visti.add(nodo.id)
            if nodo.documento and nodo.tipo is not Tipo.ALLEGATO:
                errori.append("Un documento può essere solo un allegato.")
            if nodo.tipo not in FIGLI_AMMESSI[genitore.tipo if genitore else None]:
                sopra = genitore.tipo.value if genitore else "testo"
                errori.append(
                    f"Un elemento di tipo {nodo.tipo} non può stare direttamente in un elemento di tipo {sopra}."
                )
            visita(nodo.figli, nodo)

    visita(testo.radici, None)
    return errori
