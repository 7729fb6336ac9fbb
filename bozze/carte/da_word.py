"""Word (.docx) → plain text, one paragraph a line, with the automatic numbers written out.

Word keeps "Art. 5", "2." and "a)" as numbering, not as words: here they become words again, so that the reader of plain
text (``bozze.testo.lettura``) finds them. What cannot stand in the text (notes, headers, comments, pictures) is not
lost in silence: the report says what it was and what it said (``fuori_testo``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn

from bozze.carte.fuori_testo import Rapporto
from bozze.carte.numeri_word import Numeratore
from bozze.carte.tabelle_word import in_una_riga, riga_di_celle

MAX_BYTE = 60 * 1024 * 1024
"""Of all that the file holds, unpacked: a real act of 100 pages is under one megabyte without its pictures."""
MAX_VOCI = 2000
MAX_PAROLE = 400_000

_VIA = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}


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
        self._corpo = documento.element.body
        self._numeratore = Numeratore(documento)
        self._rapporto = Rapporto(documento)
        self._di_indice = {stile.style_id for stile in documento.styles if _di_indice(stile.name or "")}
        self._in_riga: set[Any] = set()
        self._sospeso = ""

    def leggi(self) -> TestoWord:
        righe: list[str] = []
        quante = 0
        for riga in self._righe():
            quante += riga.count(" ") + 1
            if quante > MAX_PAROLE:
                raise NonLeggibile("Il documento è troppo lungo per essere un accordo: dividilo.")
            righe.append(riga)
        return TestoWord("\n\n".join(righe), self._rapporto.avvisi())

    def _righe(self) -> Iterator[str]:
        for elemento in self._corpo.iter(qn("w:p"), qn("w:tbl"), qn("w:tr")):
            if elemento.tag == qn("w:tbl"):
                self._rapporto.tabelle += 1
            elif elemento.tag == qn("w:tr"):
                if riga := self._riga(elemento):
                    yield riga
            elif elemento not in self._in_riga and (riga := self._paragrafo(elemento)):
                yield riga
        if self._sospeso:
            yield self._sospeso

    def _riga(self, riga: Any) -> str:
        """The row of a table as one line; empty if its cells are to be read one by one."""
        celle = riga.findall(qn("w:tc"))
        if any(cella.find(qn(nome)) is not None for cella in celle for nome in ("w:tbl", "w:sdt")):
            return ""
        testi = [[self._testo(p) for p in cella.findall(qn("w:p"))] for cella in celle]
        if not in_una_riga(testi):
            return ""
        paragrafi = [p for cella in celle for p in cella.findall(qn("w:p"))]
        self._in_riga.update(paragrafi)
        segni = [self._numeratore.segno(p) for p in paragrafi]
        piene = [" ".join(testo.split()) for cella in testi for testo in cella]
        return riga_di_celle([f"{s} {t}".strip() for s, t in zip(segni, piene, strict=True) if t])

    def _paragrafo(self, paragrafo: Any) -> str:
        """The words with their number; none yet if the end of the paragraph was struck out: it goes on in the next."""
        testo = self._testo(paragrafo)
        if _ripetuto(paragrafo) or (not testo and _senza_fine(paragrafo)):
            return ""
        segno = self._numeratore.segno(paragrafo)
        if testo and self._e_indice(paragrafo):
            self._rapporto.di_indice(testo)
            return ""
        if self._sospeso:
            segno, testo, self._sospeso = "", f"{self._sospeso} {testo}".strip(), ""
        riga = f"{segno} {testo}" if segno and testo else testo
        if riga and _senza_fine(paragrafo):
            self._sospeso = riga
            return ""
        return riga

    def _testo(self, paragrafo: Any) -> str:
        if _ripetuto(paragrafo):
            return ""
        return "\n".join(riga.strip() for riga in self._parole(paragrafo).split("\n")).strip()

    def _parole(self, paragrafo: Any) -> str:
        pezzi: list[str] = []
        for elemento in paragrafo.iter(*_SCRITTURE, _NOTA):
            if _altrove(elemento, paragrafo):
                continue
            if elemento.tag == _NOTA:
                self._rapporto.nota_dopo(elemento.get(qn("w:id"), ""), "".join(pezzi))
            elif elemento.tag == qn("w:t") and _nascosto(elemento):
                self._rapporto.nascosto(elemento)
            else:
                pezzi.append(_SCRITTURE[elemento.tag] or elemento.text or "")
        return "".join(pezzi)

    def _e_indice(self, paragrafo: Any) -> bool:
        stile = paragrafo.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return stile is not None and stile.get(qn("w:val")) in self._di_indice


_SCRITTURE: dict[str, str] = {
    qn("w:t"): "",
    qn("w:tab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_NOTA = qn("w:footnoteReference")


def _di_indice(nome: str) -> bool:
    """Whether it is the style of a line of the table of contents, in Word ("toc 1") or LibreOffice ("Contents 1")."""
    inizio, _, livello = nome.lower().partition(" ")
    return inizio in {"toc", "contents"} and livello.isdecimal()


def _altrove(elemento: Any, paragrafo: Any) -> bool:
    """Whether the words are struck out, in a box (which has paragraphs of its own), or a tab of the paragraph's style."""
    for antenato in elemento.iterancestors():
        if antenato is paragrafo:
            return False
        if antenato.tag in _VIA or antenato.tag == qn("w:pPr"):
            return True
    return False


def _nascosto(elemento: Any) -> bool:
    """Whether the words are in the file but not on paper."""
    segno = elemento.getparent().find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return segno is not None and segno.get(qn("w:val"), "true") not in {"0", "false", "off"}


def _senza_fine(paragrafo: Any) -> bool:
    """Whether the end of the paragraph is struck out: what it says, if anything, goes on in the next."""
    segni = paragrafo.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return segni is not None and any(segni.find(qn(nome)) is not None for nome in ("w:del", "w:moveFrom"))


def _ripetuto(paragrafo: Any) -> bool:
    """Whether it is the second copy that Word keeps, of a box, for programs that do not know boxes; or struck out."""
    return any(
        antenato.tag.endswith("}Fallback") or antenato.tag == qn("w:del")
        for antenato in paragrafo.iterancestors()
    )
