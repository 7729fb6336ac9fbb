"""The draft act as a Word document that the offices adapt."""

from datetime import datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Documento
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from accordo.approvazione.dossier.schema import Schema

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CARATTERE = "Titillium Web"


def word_schema(schema: Schema, *, quando: datetime) -> bytes:
    """Return the draft as .docx, with real headings and lists. ``quando``: the day in the file's properties."""
    documento = _nuovo(schema, quando)
    documento.add_paragraph(schema.ente, style="Subtitle")
    documento.add_heading(schema.titolo, 0)
    _voce(documento, "Oggetto: ", schema.oggetto)
    documento.add_heading(schema.chi_decide, 1)
    for premessa in schema.premesse:
        documento.add_paragraph(premessa, style="List Bullet")
    if schema.pareri:
        documento.add_heading("Pareri", 2)
        for nome, parole in schema.pareri:
            _voce(documento, f"{nome}: ", parole)
    documento.add_heading(schema.verbo, 1)
    for punto in schema.dispositivo:
        documento.add_paragraph(punto, style="List Number")
    if schema.eseguibile:
        documento.add_paragraph(schema.eseguibile)
    documento.add_heading("Allegati", 2)
    documento.add_paragraph(schema.allegato)
    documento.add_heading("Formula di chi firma l'accordo", 2)
    documento.add_paragraph(schema.formula)
    documento.add_heading("Avvertenze per gli uffici (da togliere)", 2)
    for avvertenza in schema.avvertenze:
        documento.add_paragraph(avvertenza, style="List Bullet")
    uscita = BytesIO()
    documento.save(uscita)
    return uscita.getvalue()


def _nuovo(schema: Schema, quando: datetime) -> Documento:
    documento = Document()
    dati = documento.core_properties
    dati.title, dati.subject, dati.author = schema.titolo, schema.oggetto[:250], schema.ente
    dati.language, dati.comments, dati.last_modified_by = "it-IT", "", ""
    dati.created = dati.modified = quando.replace(tzinfo=None)
    for sezione in documento.sections:
        sezione.page_width, sezione.page_height = Cm(21), Cm(29.7)
        sezione.left_margin = sezione.right_margin = Cm(2.5)
        sezione.top_margin = sezione.bottom_margin = Cm(2.5)
    for nome, corpo in (
        ("Normal", 11),
        ("Title", 18),
        ("Subtitle", 12),
        ("Heading 1", 14),
        ("Heading 2", 12),
    ):
        stile = documento.styles[nome]
        stile.font.name, stile.font.size = CARATTERE, Pt(corpo)
    normale = documento.styles["Normal"].element.get_or_add_rPr()
    lingua = OxmlElement("w:lang")
    lingua.set(qn("w:val"), "it-IT")
    normale.append(lingua)
    return documento


def _voce(documento: Documento, nome: str, parole: str) -> None:
    paragrafo = documento.add_paragraph()
    paragrafo.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragrafo.add_run(nome).bold = True
    paragrafo.add_run(parole)
