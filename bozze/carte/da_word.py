"""Word (.docx) → plain text, one paragraph a line, with the automatic numbers written out.

Word keeps "Art. 5", "2." and "a)" as numbering, not as words: here they become words again, so that the reader of plain
text (``bozze.testo.lettura``) finds them. What cannot stand in the text (notes, headers, comments, pictures) is not
lost in silence: the report says what it was and what it said.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn

from bozze.carte.numeri_word import Numeratore
from bozze.testo.parole import parole

MAX_BYTE = 60 * 1024 * 1024
"""Of all that the file holds, unpacked: a real act of 100 pages is under one megabyte without its pictures."""
MAX_VOCI = 2000
MAX_PAROLE = 400_000

_VIA = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class NonLeggibile(ValueError):
    """The file cannot be read; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class TestoWord:
    """What a document says, as plain text, and what of it is not in there."""

    testo: str
    avvisi: tuple[str, ...]


def da_word(contenuto: bytes) -> TestoWord:
    """Read a .docx. Raise ``NonLeggibile`` for what is not one, or is too big to be an act."""
    _controlla(contenuto)
    try:
        documento = Document(BytesIO(contenuto))
        return _Lettore(documento).leggi()
    except NonLeggibile:
        raise
    except Exception as errore:  # a broken part fails in many ways, and each means the same to who sent it
        raise NonLeggibile(
            "Il file Word è rovinato e non si apre. Aprilo con Word o LibreOffice, salvalo di nuovo e riprova."
        ) from errore


def _controlla(contenuto: bytes) -> None:
    try:
        with ZipFile(BytesIO(contenuto)) as archivio:
            voci = archivio.infolist()
    except BadZipFile as errore:
        raise NonLeggibile(
            "Non è un documento Word (.docx). Se è un vecchio .doc, aprilo e salvalo come .docx."
        ) from errore
    if len(voci) > MAX_VOCI or sum(voce.file_size for voce in voci) > MAX_BYTE:
        raise NonLeggibile("Il documento è troppo grande: togli le immagini, o incolla il testo.")
    if "word/document.xml" not in {voce.filename for voce in voci}:
        raise NonLeggibile("Non è un documento Word (.docx): manca il testo.")


class _Lettore:
    def __init__(self, documento: Any) -> None:
        self._documento = documento
        self._numeratore = Numeratore(documento)
        self._avvisi: list[str] = []
        self._conta: Counter[str] = Counter()

    def leggi(self) -> TestoWord:
        righe: list[str] = []
        quante = 0
        for riga in self._righe():
            quante += riga.count(" ") + 1
            if quante > MAX_PAROLE:
                raise NonLeggibile("Il documento è troppo lungo per essere un accordo: dividilo.")
            righe.append(riga)
        self._riferisci()
        return TestoWord("\n\n".join(righe), tuple(self._avvisi))

    def _righe(self) -> Iterator[str]:
        corpo = self._documento.element.body
        for elemento in corpo.iter(qn("w:p"), qn("w:tbl")):
            if elemento.tag == qn("w:tbl"):
                self._conta["tabelle"] += 1
                continue
            riga = self._paragrafo(elemento)
            if riga:
                yield riga

    def _paragrafo(self, paragrafo: Any) -> str:
        if _ripetuto(paragrafo):
            return ""
        testo = "\n".join(riga.strip() for riga in self._parole(paragrafo).split("\n")).strip()
        segno = self._numeratore.segno(paragrafo)
        if not testo:
            return ""
        return f"{segno} {testo}" if segno else testo

    def _parole(self, paragrafo: Any) -> str:
        pezzi: list[str] = []
        for elemento in paragrafo.iter():
            if elemento.tag not in _SCRITTURE or _altrove(elemento, paragrafo):
                continue
            pezzi.append(_SCRITTURE[elemento.tag] or elemento.text or "")
        return "".join(pezzi)

    # ------------------------------------------------------------------ what is not in the text

    def _riferisci(self) -> None:
        corpo = self._documento.element.body
        if quante := self._conta["tabelle"]:
            cosa = (
                "C'è una tabella: ogni cella è" if quante == 1 else f"Ci sono {quante} tabelle: ogni cella è"
            )
            self._avvisi.append(f"{cosa} diventata un capoverso.")
        tolte = " ".join(e.text or "" for e in corpo.iter(qn("w:delText")))
        self._di("Le parole che nel file erano già segnate come tolte non sono nel testo", tolte)
        for tag, che_cosa in _FUORI_DAL_TESTO:
            self._di(che_cosa, " ".join(e.text or "" for e in corpo.iter(tag) if not _copia(e)))
        if sum(1 for _ in corpo.iter(qn("w:altChunk"))):
            self._avvisi.append("Il file ne contiene un altro, che non si legge: incolla il suo testo.")
        for parte, che_cosa in _ALTRE_PARTI:
            for testo in self._testi_di(parte):
                self._di(che_cosa, testo)
        immagini = sum(1 for _ in corpo.iter(qn("w:drawing"), qn("w:pict")))
        if immagini:
            self._avvisi.append(f"Immagini e disegni non sono nel testo: {immagini}.")

    def _testi_di(self, parte: str) -> Iterator[str]:
        """The words of every part of a kind: the notes, the headers, the comments."""
        visti: set[str] = set()
        for relazione in self._documento.part.rels.values():
            if relazione.is_external or not relazione.reltype.endswith(f"/{parte}"):
                continue
            radice = getattr(relazione.target_part, "element", None)
            if radice is None:
                radice = _radice(relazione.target_part.blob)
            testo = " ".join(e.text or "" for e in radice.iter(qn("w:t"))).strip()
            if testo and testo not in visti:
                visti.add(testo)
                yield testo

    def _di(self, che_cosa: str, testo: str) -> None:
        if parole(testo):
            self._avvisi.append(f"{che_cosa}: «{' '.join(testo.split())}».")


_SCRITTURE: dict[str, str] = {
    qn("w:t"): "",
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_FUORI_DAL_TESTO = (
    ("{http://schemas.openxmlformats.org/officeDocument/2006/math}t", "Le formule non sono nel testo"),
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/main}t",
        "Le parole dentro i disegni non sono nel testo",
    ),
)
_ALTRE_PARTI = (
    ("footnotes", "Le note a piè di pagina non sono nel testo"),
    ("endnotes", "Le note di chiusura non sono nel testo"),
    ("header", "L'intestazione delle pagine non è nel testo"),
    ("footer", "Il piè di pagina non è nel testo"),
    ("comments", "I commenti non sono nel testo"),
)


def _altrove(elemento: Any, paragrafo: Any) -> bool:
    """Whether the words are struck out, in a box (which has paragraphs of its own), or a tab of the paragraph's style."""
    for antenato in elemento.iterancestors():
        if antenato is paragrafo:
            return False
        if antenato.tag in _VIA or antenato.tag == qn("w:pPr"):
            return True
    return False


def _ripetuto(paragrafo: Any) -> bool:
    """Whether it is the second copy that Word keeps, of a box, for programs that do not know boxes; or struck out."""
    return any(
        antenato.tag.endswith("}Fallback") or antenato.tag == qn("w:del")
        for antenato in paragrafo.iterancestors()
    )


def _copia(elemento: Any) -> bool:
    """Whether it stands in the copy that Word keeps for older programs."""
    return any(antenato.tag.endswith("}Fallback") for antenato in elemento.iterancestors())


def _radice(blob: bytes) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(blob)
