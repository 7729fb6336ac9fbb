"""The text as a Word document: clean, or with what changes as real tracked changes.

Whoever accepts all the changes has the new text, whoever rejects them all has the old one, to the word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import cast

from docx import Document
from docx.document import Document as Documento
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from accordo.base.differenze import Segmento, Segno
from bozze.testo.albero import Testo
from bozze.testo.fronte import Coppia, Linea, Ruolo, Sorte, a_fronte, linee

CARATTERE = "Titillium Web"
STILI = {
    Ruolo.TITOLO_TESTO: "Title",
    Ruolo.SOTTOTITOLO: "Subtitle",
    Ruolo.PARTIZIONE: "Heading 1",
    Ruolo.ALLEGATO: "Heading 1",
    Ruolo.PREMESSA: "Heading 3",
    Ruolo.ARTICOLO: "Heading 2",
    Ruolo.TESTO: "Normal",
}
_CORPI = {"Title": 20, "Subtitle": 12, "Heading 1": 14, "Heading 2": 12, "Heading 3": 11, "Normal": 11}


@dataclass(frozen=True, slots=True)
class Revisore:
    """Whose changes they are, and of when: what Word shows beside each."""

    nome: str
    quando: datetime


@dataclass(frozen=True, slots=True)
class Intestazione:
    """What stands before the text of an amendment: lines, and the reason after it."""

    titolo: str
    righe: tuple[str, ...] = ()
    motivazione: str = ""


def word_testo(testo: Testo, *, quando: datetime, note: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """The text, clean. ``quando``: the day of the version, in the file's properties.

    ``note``: what to say beside a disposition, by its id, as comments of Word: the words stay those of the text.
    """
    documento = _nuovo(testo.titolo, quando)
    righe = linee(testo)
    ultima_di = {linea.id: posto for posto, linea in enumerate(righe)}
    for posto, linea in enumerate(righe):
        paragrafo = _paragrafo(documento, linea)
        _scrivi(paragrafo, _semplice(linea))
        if note and linea.id in note and ultima_di[linea.id] == posto:
            _annota(documento, paragrafo, note[linea.id], quando)
    return _byte(documento)


def _annota(documento: Documento, paragrafo: Paragraph, righe: Sequence[str], quando: datetime) -> None:
    """A comment on a paragraph, of the day of the version: the same file for the same text and notes."""
    corse = paragrafo.runs or [paragrafo.add_run("")]
    commento = documento.add_comment(corse, text="\n".join(righe), author="Da dove viene", initials="DV")
    commento._comment_elm.set(qn("w:date"), quando.strftime("%Y-%m-%dT%H:%M:%SZ"))


def word_confronto(prima: Testo, dopo: Testo, revisore: Revisore) -> bytes:
    """The whole text with the changes from one version to the other tracked."""
    documento = _nuovo(dopo.titolo or prima.titolo, revisore.quando)
    _Tracciato(documento, revisore).scrivi(a_fronte(prima, dopo))
    return _byte(documento)


def word_emendamento(
    prima: Testo, dopo: Testo, testata: Intestazione, revisore: Revisore, *, intorno: Iterable[str] = ()
) -> bytes:
    """One amendment: what it says, why, and the dispositions that it touches with the changes tracked.

    ``dopo`` is the text with the amendment alone; ``intorno`` are dispositions to show though they do not change.
    """
    documento = _nuovo(testata.titolo, revisore.quando)
    documento.add_paragraph(testata.titolo, style="Title")
    for riga in testata.righe:
        documento.add_paragraph(riga)
    documento.add_heading("Come diventa il testo", 2)
    mostrate = set(intorno)
    coppie = [c for c in a_fronte(prima, dopo) if c.cambiata or c.linea.id in mostrate]
    _Tracciato(documento, revisore).scrivi(coppie)
    if testata.motivazione:
        documento.add_heading("Perché", 2)
        for riga in testata.motivazione.splitlines():
            documento.add_paragraph(riga)
    return _byte(documento)


# ---------------------------------------------------------------------------------------------- tracked changes
class _Tracciato:
    """Writes lines with their changes; every mark has a number of its own, as Word wants."""

    def __init__(self, documento: Documento, revisore: Revisore) -> None:
        self._documento, self._revisore, self._numero = documento, revisore, 0

    def scrivi(self, coppie: Sequence[Coppia]) -> None:
        for coppia in coppie:
            paragrafo = _paragrafo(self._documento, coppia.linea)
            match coppia.sorte:
                case Sorte.AGGIUNTA | Sorte.ARRIVATA:
                    self._intero(paragrafo, coppia.linea, Segno.AGGIUNTO)
                case Sorte.SOPPRESSA | Sorte.PARTITA:
                    self._intero(paragrafo, coppia.linea, Segno.TOLTO)
                case _:
                    spazio = (Segmento(Segno.UGUALE, " "),) if coppia.numero and coppia.parole else ()
                    self._parti(paragrafo, (*coppia.numero, *spazio, *coppia.parole))

    def _intero(self, paragrafo: Paragraph, linea: Linea, segno: Segno) -> None:
        """The whole paragraph comes or goes, its end with it: accepting or rejecting leaves no empty line."""
        proprieta = paragrafo._p.get_or_add_pPr()
        fine = OxmlElement("w:rPr")
        fine.append(self._marca(segno))
        proprieta.append(fine)
        self._parti(paragrafo, [Segmento(segno, segmento.testo) for segmento in _semplice(linea)])

    def _parti(self, paragrafo: Paragraph, segmenti: Iterable[Segmento]) -> None:
        for segmento in segmenti:
            if segmento.segno is Segno.UGUALE:
                paragrafo.add_run(segmento.testo)
                continue
            corsa = paragrafo.add_run(segmento.testo)._r
            if segmento.segno is Segno.TOLTO:
                for parole in corsa.findall(qn("w:t")):
                    parole.tag = qn("w:delText")
                    parole.set(qn("xml:space"), "preserve")
            marca = self._marca(segmento.segno)
            corsa.addprevious(marca)
            marca.append(corsa)

    def _marca(self, segno: Segno) -> BaseOxmlElement:
        self._numero += 1
        marca = cast(BaseOxmlElement, OxmlElement("w:ins" if segno is Segno.AGGIUNTO else "w:del"))
        marca.set(qn("w:id"), str(self._numero))
        marca.set(qn("w:author"), self._revisore.nome)
        marca.set(qn("w:date"), self._revisore.quando.strftime("%Y-%m-%dT%H:%M:%SZ"))
        return marca


# ---------------------------------------------------------------------------------------------- the page
def _nuovo(titolo: str, quando: datetime) -> Documento:
    documento = Document()
    proprieta = documento.core_properties
    proprieta.title, proprieta.language, proprieta.author = titolo[:255], "it-IT", "Accordo"
    proprieta.created = proprieta.modified = quando.replace(tzinfo=None)
    proprieta.comments = ""
    pagina = documento.sections[0]
    pagina.page_width, pagina.page_height = Cm(21), Cm(29.7)
    pagina.left_margin = pagina.right_margin = Cm(2.5)
    for nome, corpo in _CORPI.items():
        _carattere(documento, nome, corpo)
    return documento


def _carattere(documento: Documento, nome: str, corpo: int) -> None:
    stile = documento.styles[nome]
    carattere = stile.font
    carattere.name, carattere.size = CARATTERE, Pt(corpo)
    carattere.color.rgb = RGBColor(0x17, 0x32, 0x4D)
    proprieta = stile.element.get_or_add_rPr()
    lingua = OxmlElement("w:lang")
    lingua.set(qn("w:val"), "it-IT")
    proprieta.append(lingua)
    for famiglia in proprieta.findall(qn("w:rFonts")):
        for attributo in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            famiglia.attrib.pop(qn(f"w:{attributo}"), None)


def _paragrafo(documento: Documento, linea: Linea) -> Paragraph:
    paragrafo = documento.add_paragraph(style=STILI[linea.ruolo])
    if linea.ruolo is Ruolo.TESTO:
        paragrafo.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragrafo.paragraph_format.left_indent = Cm(0.8 * linea.rientro)
    return paragrafo


def _scrivi(paragrafo: Paragraph, segmenti: Iterable[Segmento]) -> None:
    for segmento in segmenti:
        paragrafo.add_run(segmento.testo)


def _semplice(linea: Linea) -> list[Segmento]:
    return [Segmento(Segno.UGUALE, linea.intera)] if linea.intera else []


def _byte(documento: Documento) -> bytes:
    uscita = BytesIO()
    documento.save(uscita)
    return uscita.getvalue()
