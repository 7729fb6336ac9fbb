"""Conventions as offices write them in Word: everything that can go wrong, in files made here, small or of thirty pages."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO
from random import Random
from xml.etree import ElementTree

from docx import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bozze.testo.parole import parole, pulisci

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPAZI = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
_LIVELLI = (("decimal", "Art. %1 -"), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"))


class Convenzione:
    """A Word document being written; its words are all different, so that one that is lost has a name."""

    def __init__(self, seme: int, massimo: int = 7) -> None:
        self._massimo = massimo
        self.dado = Random(seme)
        self.documento = Document()
        self._note: list[str] = []
        self._conta = 0
        self._numeri()

    def frase(self, quante: int = 0) -> str:
        """Some words that are nowhere else."""
        fatte = []
        for _ in range(quante or self.dado.randint(2, self._massimo)):
            self._conta += 1
            fatte.append(f"parola{self._conta}")
        return " ".join(fatte)

    def riga(self, testo: str, livello: int | None = None) -> None:
        """A paragraph, with Word's own number if it has a level; cut in runs where nobody expects it."""
        paragrafo = self.documento.add_paragraph()
        taglio = self.dado.randint(0, len(testo))
        paragrafo.add_run(testo[:taglio])
        paragrafo.add_run(testo[taglio:]).bold = True
        if livello is not None:
            numero = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{livello}"/><w:numId w:val="88"/></w:numPr>'
            paragrafo._p.get_or_add_pPr().append(parse_xml(numero))

    def tabella(self, righe: int = 2, colonne: int = 2) -> None:
        tabella = self.documento.add_table(righe, colonne)
        for riga in tabella.rows:
            for cella in riga.cells:
                cella.text = f"{self.frase(2)}."
        if righe > 1:
            tabella.cell(0, 0).merge(tabella.cell(0, 1))

    def nota(self) -> None:
        """A footnote on a paragraph."""
        self._note.append(self.frase(3))
        paragrafo = self.documento.add_paragraph(f"{self.frase()}.")
        rinvio = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{len(self._note) + 1}"/></w:r>'
        paragrafo._p.append(parse_xml(rinvio))

    def revisione(self) -> None:
        """Words struck out, words put in, words moved, in one paragraph."""
        paragrafo = self.documento.add_paragraph(f"{self.frase(2)} ")
        spostate = self.frase(2)
        for marca, tag, cosa in (
            ("del", "delText", self.frase(2)),
            ("ins", "t", self.frase(2)),
            ("moveFrom", "t", spostate),
            ("moveTo", "t", spostate),
        ):
            pezzo = f'<w:{marca} {nsdecls("w")} w:id="1"><w:r><w:{tag} xml:space="preserve">{cosa} </w:{tag}></w:r></w:{marca}>'
            paragrafo._p.append(parse_xml(pezzo))

    def riquadro(self) -> None:
        """A text box, with the copy that Word keeps for programs that do not know it."""
        dentro = f"<w:txbxContent><w:p><w:r><w:t>{self.frase(3)}.</w:t></w:r></w:p></w:txbxContent>"
        nuovo = (
            f'<w:r {nsdecls("w")} {_SPAZI}><mc:AlternateContent><mc:Choice Requires="wps">{dentro}</mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{dentro}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        self.documento.add_paragraph(f"{self.frase(2)}.")._p.append(parse_xml(nuovo))

    def controllo(self) -> None:
        """A field to fill in, a link, a field of Word's: their words are words."""
        paragrafo = self.documento.add_paragraph(f"{self.frase(1)} ")
        for pezzo in (
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>{self.frase(1)} </w:t></w:r></w:sdtContent></w:sdt>",
            f"<w:hyperlink {nsdecls('w')} w:anchor='x'><w:r><w:t>{self.frase(1)} </w:t></w:r></w:hyperlink>",
            f'<w:fldSimple {nsdecls("w")} w:instr=" REF x "><w:r><w:t>{self.frase(1)}</w:t></w:r></w:fldSimple>',
        ):
            paragrafo._p.append(parse_xml(pezzo))

    def formula(self) -> None:
        """An equation, and words in a drawing: they cannot stand in the text."""
        equazione = (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            f"<m:r><m:t>{self.frase(1)}</m:t></m:r></m:oMath>"
        )
        disegno = (
            f'<w:r {nsdecls("w")}><w:drawing><a:p xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f"<a:r><a:t>{self.frase(2)}</a:t></a:r></a:p></w:drawing></w:r>"
        )
        paragrafo = self.documento.add_paragraph(f"{self.frase(1)} ")
        for pezzo in (equazione, disegno):
            paragrafo._p.append(parse_xml(pezzo))

    def due_colonne(self) -> None:
        """What follows is in two columns."""
        sezione = self.documento.add_section(WD_SECTION.CONTINUOUS)
        sezione._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2"/>'))

    def pagine(self) -> None:
        """A header and a footer."""
        sezione = self.documento.sections[0]
        sezione.header.paragraphs[0].text = self.frase(3)
        sezione.footer.paragraphs[0].text = self.frase(3)

    def byte(self) -> bytes:
        if self._note:
            note = "".join(
                f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{testo}</w:t></w:r></w:p></w:footnote>'
                for n, testo in enumerate(self._note, start=2)
            )
            xml = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>".encode()
            tipo = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
            parte = Part(PackURI("/word/footnotes.xml"), tipo, xml, self.documento.part.package)
            self.documento.part.relate_to(parte, RELATIONSHIP_TYPE.FOOTNOTES)
        uscita = BytesIO()
        self.documento.save(uscita)
        return uscita.getvalue()

    def _numeri(self) -> None:
        voci = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{forma}"/><w:lvlText w:val="{modello}"/></w:lvl>'
            for i, (forma, modello) in enumerate(_LIVELLI)
        )
        radice = self.documento.part.numbering_part.element
        radice.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="88">{voci}</w:abstractNum>')
        )
        radice.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="88"/></w:num>'))


def a_caso(seme: int, *, articoli: int = 0, massimo: int = 7) -> bytes:
    """A convention of any make: with numbers typed, or Word's, or none; the rubrica where it pleases; odd things anywhere."""
    c = Convenzione(seme, massimo)
    dado = c.dado
    if dado.random() < 0.5:
        c.pagine()
    c.riga(dado.choice(["CONVENZIONE ", "Accordo ", "PROTOCOLLO D'INTESA "]) + c.frase(3))
    if dado.random() < 0.7:
        c.riga(dado.choice(["PREMESSO CHE", "Premesso che:", "VISTI", "Richiamati:"]))
        for _ in range(dado.randint(1, 3)):
            c.riga(dado.choice(["- ", "a) ", "", "– ", "• "]) + f"{c.frase()};")
        if dado.random() < 0.5:
            c.riga(f"Visto il decreto {c.frase(3)};")
        c.riga(dado.choice(["si conviene e si stipula quanto segue", "TUTTO CIÒ PREMESSO", c.frase(4)]))
    automatici = dado.random() < 0.4
    for numero in range(1, (articoli or dado.randint(1, 4)) + 1):
        _articolo(c, numero, automatici)
        if dado.random() < 0.5:
            dado.choice([c.tabella, c.nota, c.revisione, c.riquadro, c.controllo, c.formula, c.due_colonne])()
    if dado.random() < 0.5:
        c.riga(dado.choice(["ALLEGATO A - ", "Allegato 1: ", "ALLEGATO "]) + c.frase(2))
        c.riga(f"{c.frase()}.")
        c.tabella()
    c.riga("Letto, approvato e sottoscritto")
    c.riga(f"Lì, {c.frase(1)}")
    c.riga(f"Il Sindaco {c.frase(2)}\tIl Prefetto {c.frase(2)}")
    return c.byte()


def _articolo(c: Convenzione, numero: int, automatici: bool) -> None:
    dado, rubrica = c.dado, c.frase(2)
    suffisso = dado.choice(["", "", "", "-bis", " ter"])
    if automatici:
        c.riga(rubrica, 0)
    else:
        capo = dado.choice(
            ["Art. {n} - {r}", "Articolo {n}", "ART. {n}", "Articolo {n} ({r})", "Art. {n}. {r}"]
        )
        detto = capo.format(n=f"{numero}{suffisso}", r=rubrica)
        c.riga(detto)
        if rubrica not in detto:
            c.riga(dado.choice([rubrica, f"({rubrica})", rubrica.upper()]))
    numerati = dado.choice(["{n}. ", "{n}) ", ""])
    for comma in range(1, dado.randint(1, 3) + 1):
        segno = "" if automatici else numerati.format(n=comma)
        c.riga(f"{segno}{c.frase()}:", 1 if automatici else None)
        for voce in range(dado.choice([0, 0, 2])):
            lettera = dado.choice([f"{chr(97 + voce)}) ", "- ", f"{voce + 1}) ", "— "])
            c.riga(("" if automatici else lettera) + f"{c.frase()};", 2 if automatici else None)


def parole_del_file(contenuto: bytes) -> Counter[str]:
    """Every word that the file holds, read without our reader: of the text, notes, headers, footers and comments, struck
    out or not; not the copies that Word keeps for old programs, nor where moved words were."""
    conta: Counter[str] = Counter()
    with zipfile.ZipFile(BytesIO(contenuto)) as archivio:
        for nome in archivio.namelist():
            if re.fullmatch(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", nome):
                radice = ElementTree.fromstring(archivio.read(nome))
                conta.update(p.casefold() for p in parole(pulisci(_testo(radice))))
    return conta


def _testo(elemento: ElementTree.Element) -> str:
    if elemento.tag.endswith("}Fallback") or elemento.tag == f"{W}moveFrom":
        return ""
    if elemento.tag in {f"{W}t", f"{W}delText"}:
        return elemento.text or ""
    if elemento.tag.endswith(("/math}t", "/main}t")):
        return f" {elemento.text} "
    dentro = "".join(_testo(figlio) for figlio in elemento)
    a_capo = elemento.tag in {f"{W}p", f"{W}tab", f"{W}br", f"{W}footnoteReference"}
    confine = elemento.tag in {f"{W}del", f"{W}txbxContent"}
    return f" {dentro} " if confine else f"{dentro} " if a_capo else dentro
