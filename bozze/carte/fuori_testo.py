"""What a Word file holds besides its text, told in words: nothing that somebody wrote is left out in silence."""

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from bozze.testo.parole import parole

_ULTIME = 6
"""How many words before a note say where it stood."""

_FUORI_DAL_TESTO = (
    ("{http://schemas.openxmlformats.org/officeDocument/2006/math}t", "Le formule non sono nel testo"),
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/main}t",
        "Le parole dentro i disegni non sono nel testo",
    ),
)
_ALTRE_PARTI = (
    ("endnotes", "Le note di chiusura non sono nel testo"),
    ("header", "L'intestazione delle pagine non è nel testo"),
    ("footer", "Il piè di pagina non è nel testo"),
)


class Rapporto:
    """Gathers, while the text is read, what is not in it."""

    def __init__(self, documento: Any) -> None:
        self._documento = documento
        self.tabelle = 0
        self._indice: list[str] = []
        self._nascoste: dict[Any, str] = {}
        self._dopo: dict[str, str] = {}

    def di_indice(self, testo: str) -> None:
        """A line of the table of contents."""
        self._indice.append(testo)

    def nascosto(self, elemento: Any) -> None:
        """Words that do not show on paper."""
        self._nascoste[elemento] = elemento.text or ""

    def nota_dopo(self, numero: str, testo: str) -> None:
        """Where a note is called."""
        self._dopo[numero] = " ".join(testo.split()[-_ULTIME:])

    def avvisi(self) -> tuple[str, ...]:
        """All that is to be told, in the order of how much it matters."""
        return tuple(" ".join(avviso.split()) for avviso in self._tutti())

    def _tutti(self) -> Iterator[str]:
        corpo = self._documento.element.body
        if self.tabelle == 1:
            yield "C'è una tabella: ogni riga è diventata un capoverso."
        elif self.tabelle:
            yield f"Ci sono {self.tabelle} tabelle: ogni riga è diventata un capoverso."
        tolte = " … ".join(e.text or "" for e in corpo.iter(qn("w:delText")))
        yield from _detto("Le parole che nel file erano già segnate come tolte non sono nel testo", tolte)
        nascoste = " … ".join(self._nascoste.values())
        yield from _detto("Le parole nascoste, che in Word non si vedono, non sono nel testo", nascoste)
        yield from _detto("L'indice del documento non è nel testo", " … ".join(self._indice))
        for tag, che_cosa in _FUORI_DAL_TESTO:
            yield from _detto(che_cosa, " ".join(e.text or "" for e in corpo.iter(tag) if not _copia(e)))
        if next(corpo.iter(qn("w:altChunk")), None) is not None:
            yield "Il file ne contiene un altro, che non si legge: incolla il suo testo."
        yield from self._note()
        yield from self._commenti()
        for parte, che_cosa in _ALTRE_PARTI:
            for testo in dict.fromkeys(_testo(radice) for radice in self._parti(parte)):
                yield from _detto(che_cosa, testo)
        if immagini := sum(1 for _ in corpo.iter(qn("w:drawing"), qn("w:pict"))):
            yield f"Immagini e disegni non sono nel testo: {immagini}."

    def _note(self) -> Iterator[str]:
        """One by one, with the words after which each stood."""
        for radice in self._parti("footnotes"):
            for nota in radice.iter(qn("w:footnote")):
                dopo = self._dopo.get(nota.get(qn("w:id"), ""), "")
                dove = f", dopo «{dopo}»," if dopo else ""
                yield from _detto(f"Una nota a piè di pagina{dove} non è nel testo", _testo(nota))

    def _commenti(self) -> Iterator[str]:
        for radice in self._parti("comments"):
            for commento in radice.iter(qn("w:comment")):
                di = commento.get(qn("w:author"), "").strip()
                chi = f"Il commento di {di}" if di else "Un commento"
                yield from _detto(f"{chi} non è nel testo", _testo(commento))

    def _parti(self, parte: str) -> Iterator[Any]:
        """Every part of a kind: the notes, the headers, the comments."""
        for relazione in self._documento.part.rels.values():
            if relazione.is_external or not relazione.reltype.endswith(f"/{parte}"):
                continue
            radice = getattr(relazione.target_part, "element", None)
            yield parse_xml(relazione.target_part.blob) if radice is None else radice


def _testo(radice: Any) -> str:
    paragrafi = list(radice.iter(qn("w:p")))
    return " ".join(
        "".join(_pezzo(e) for e in p.iter(qn("w:t"), qn("w:tab"), qn("w:delText"))) for p in paragrafi
    )


def _pezzo(elemento: Any) -> str:
    return " " if elemento.tag == qn("w:tab") else elemento.text or ""


def _detto(che_cosa: str, testo: str) -> Iterator[str]:
    if parole(testo):
        yield f"{che_cosa}: «{' '.join(testo.split())}»."


def _copia(elemento: Any) -> bool:
    """Whether it stands in the copy that Word keeps for older programs."""
    return any(antenato.tag.endswith("}Fallback") for antenato in elemento.iterancestors())
