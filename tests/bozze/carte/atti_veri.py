"""Three acts as offices really send them in Word, each with its own disorder; what each should become stands beside it."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.bozze.carte.convenzioni import Convenzione

_COMMENTI = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Atto(Convenzione):
    """A document written piece by piece, in Word's own marks where they matter."""

    def p(self, dentro: str, *, livello: int | None = None, stile: str = "", fine: str = "") -> None:
        """A paragraph: words, or runs already marked; ``fine`` is what was done to its end ("del", "ins")."""
        numero = f'<w:numPr><w:ilvl w:val="{livello}"/><w:numId w:val="88"/></w:numPr>'
        proprieta = (
            (f'<w:pStyle w:val="{stile}"/>' if stile else "")
            + (numero if livello is not None else "")
            + (f'<w:rPr><w:{fine} w:id="9" w:author="Ufficio"/></w:rPr>' if fine else "")
        )
        corse = dentro if dentro.startswith("<") else corsa(dentro)
        xml = f"<w:p {nsdecls('w')}><w:pPr>{proprieta}</w:pPr>{corse}</w:p>"
        self.documento.element.body.insert_element_before(parse_xml(xml), "w:sectPr")

    def righe_tabella(self, *righe: tuple[str, ...]) -> None:
        """A table with these cells."""
        tabella = self.documento.add_table(len(righe), len(righe[0]))
        for riga, celle in zip(tabella.rows, righe, strict=True):
            for cella, testo in zip(riga.cells, celle, strict=True):
                cella.text = testo

    def commenti(self, **detti: str) -> None:
        """The comments that somebody left in: who, and what."""
        voci = "".join(
            f'<w:comment w:id="{n}" w:author="{chi}"><w:p>{corsa(cosa)}</w:p></w:comment>'
            for n, (chi, cosa) in enumerate(detti.items())
        )
        xml = f"<w:comments {nsdecls('w')}>{voci}</w:comments>".encode()
        parte = Part(PackURI("/word/comments.xml"), _COMMENTI, xml, self.documento.part.package)
        self.documento.part.relate_to(parte, RELATIONSHIP_TYPE.COMMENTS)


def corsa(testo: str, modo: str = "") -> str:
    """A run of words; ``modo`` is a property of the run ("smallCaps", "vanish")."""
    return (
        f'<w:r><w:rPr>{f"<w:{modo}/>" if modo else ""}</w:rPr><w:t xml:space="preserve">{testo}</w:t></w:r>'
    )


def tolto(testo: str) -> str:
    return f'<w:del w:id="3" w:author="Ufficio"><w:r><w:delText xml:space="preserve">{testo}</w:delText></w:r></w:del>'


def messo(testo: str) -> str:
    return f'<w:ins w:id="4" w:author="Ufficio">{corsa(testo)}</w:ins>'


def con_revisioni() -> bytes:
    """Left with its tracked changes and comments; articles, commi and letters counted by Word; a table and a note."""
    c = Atto(1)
    c.documento.styles.add_style("toc 1", 1)
    c.pagine()
    c.p("Convenzione per il servizio di vigilanza")
    c.p("Art. 1 - Oggetto\t2", stile=c.documento.styles["toc 1"].style_id)
    c.p("Art. 2 - Durata\t3", stile=c.documento.styles["toc 1"].style_id)
    c.p("Oggetto", livello=0)
    c.p(
        corsa("Le parti gestiscono insieme ") + tolto("la vigilanza") + messo("il presidio") + corsa("."),
        livello=1,
    )
    c.p(tolto("Il comando è unico."), livello=1, fine="del")
    c.p(messo("Il comando ha sede a Barga."), livello=1, fine="ins")
    c.p(corsa("Ogni Comune"), livello=1, fine="del")
    c.p(messo(" versa la sua quota:"), livello=1)
    c.p("per le auto;", livello=2)
    c.p(corsa("per le divise") + corsa(" nota interna", "vanish") + corsa("."), livello=2)
    c.righe_tabella(("Comune", "Quota"), ("Barga", "1.000 euro"))
    c.due_colonne()
    c.p("Durata", livello=0)
    c.nota()
    c.commenti(Rossi="Da rivedere con il Segretario")
    return c.byte()


CON_REVISIONI = """
articolo Oggetto
. comma Le parti gestiscono insieme il presidio.
. comma Il comando ha sede a Barga.
. comma Ogni Comune versa la sua quota:
. . lettera per le auto;
. . lettera per le divise.
. . paragrafo Comune | Quota
. . paragrafo Barga | 1.000 euro
articolo Durata
. comma parola10 parola11 parola12.
"""


def a_mano() -> bytes:
    """Typed by hand over the years: small capitals, two articles in one paragraph, hyphens and spaces that do not show."""
    c = Atto(2)
    c.p("PROTOCOLLO D\u2019INTESA")
    c.p("PREMESSO CHE")
    c.p("1) i Comuni collabo\u00adrano;")
    c.p("2) la Provincia coordina;")
    c.p("TUTTO CIÒ PREMESSO SI CONVIENE QUANTO SEGUE")
    c.p(corsa("Art.\u00a01 \u2013 ") + corsa("Oggetto", "smallCaps"))
    c.p("<w:r><w:t>1.1 Le parti gestiscono in</w:t><w:softHyphen/><w:t>sieme le scuole.</w:t></w:r>")
    c.p("1.2\u00a0Le scuole sono aperte.")
    spezzato = "</w:t><w:br/><w:t>".join(
        (
            "Art. 2 (Durata)",
            "1. Dura tre anni.",
            "2. Si rinnova:",
            "a) una volta;",
            "b) poi basta.",
            "Art. 3 [Recesso]",
            "Si recede con un preavviso",
            "di tre mesi.",
        )
    )
    c.p(corsa(spezzato))
    c.p("Articolo quarto")
    c.p("\u00abRisorse\u00bb")
    c.p("1 Le risorse sono comuni.")
    c.p("2 Restano tali.")
    c.p("ART. 5 CONTROVERSIE")
    c.p("Decide il Tribunale di Lucca.")
    c.p("Art. 6 Foro competente")
    c.p("Comma 1. Quello di Lucca.")
    c.riquadro()
    return c.byte()


A_MANO = """
premesso Premesso che
. lettera i Comuni collaborano;
. lettera la Provincia coordina;
formula TUTTO CIÒ PREMESSO SI CONVIENE QUANTO SEGUE
articolo Oggetto
. comma Le parti gestiscono insieme le scuole.
. comma Le scuole sono aperte.
articolo Durata
. comma Dura tre anni.
. comma Si rinnova:
. . lettera una volta;
. . lettera poi basta.
articolo Recesso
. comma Si recede con un preavviso di tre mesi.
articolo Risorse
. comma Le risorse sono comuni.
. comma Restano tali.
articolo Controversie
. comma Decide il Tribunale di Lucca.
articolo Foro competente
. comma Quello di Lucca.
. . paragrafo parola4 parola5.
. . paragrafo parola1 parola2 parola3.
"""


def con_allegati() -> bytes:
    """Articles laid out in a table, annexes that are tables, signatures in two columns."""
    c = Atto(3)
    c.p("Accordo per la biblioteca di valle")
    c.p("Art. 1 - Oggetto")
    c.righe_tabella(("1.", "Le parti aprono la biblioteca."), ("2.", "La biblioteca:"))
    c.righe_tabella(("a)", "presta libri;"), ("b)", "fa letture."))
    c.p("Art. 2 - Quote")
    c.p("Le quote sono nell'allegato A.")
    c.p("Letto, confermato e sottoscritto")
    c.righe_tabella(("Per il Comune di Barga", "Per la Provincia"), ("Il Sindaco", "Il Presidente"))
    c.p("ALLEGATO A")
    c.p("Le quote")
    c.righe_tabella(("Comune", "Abitanti", "Euro"), ("Barga", "9.500", "1.000"), ("Lucca", "88.000", "9.000"))
    c.p("Allegato B - Gli orari")
    c.p("1. La mattina.")
    c.p("2. La sera.")
    return c.byte()


CON_ALLEGATI = """
articolo Oggetto
. comma Le parti aprono la biblioteca.
. comma La biblioteca:
. . lettera presta libri;
. . lettera fa letture.
articolo Quote
. comma Le quote sono nell'allegato A.
paragrafo Letto, confermato e sottoscritto
paragrafo Per il Comune di Barga | Per la Provincia
paragrafo Il Sindaco | Il Presidente
allegato Le quote
. paragrafo Comune | Abitanti | Euro
. paragrafo Barga | 9.500 | 1.000
. paragrafo Lucca | 88.000 | 9.000
allegato Gli orari
. comma La mattina.
. comma La sera.
"""
