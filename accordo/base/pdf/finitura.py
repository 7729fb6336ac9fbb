"""What PDF/UA-1 still asks of the pdf/a-2a file that WeasyPrint 70 writes.

WeasyPrint offers one variant at a time and leaves three things undone: header cells without `/Scope`, margin boxes
(running title, page number) as content outside the tag tree, and links without a description. This runs on the
objects in memory, just before they are written.
"""

import base64
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pydyf

IDENTIFICAZIONE_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF>"""


class _Albero:
    """The structure tree of a document, by object number."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.oggetti: dict[int, Any] = {oggetto.number: oggetto for oggetto in pdf.objects}
        self.elementi = [o for o in pdf.objects if _tipo(o) == "/StructElem"]
        self.radice = next(o for o in pdf.objects if _tipo(o) == "/StructTreeRoot")

    def punta(self, riferimento: Any) -> Any:
        numero = _numero(riferimento)
        return None if numero is None else self.oggetti[numero]

    def figli(self, elemento: Any) -> Iterator[Any]:
        for riferimento in elemento.get("K", ()):
            figlio = self.punta(riferimento)
            if _tipo(figlio) == "/StructElem":
                yield figlio

    def raggiunti(self, cima: Iterable[Any]) -> set[int]:
        visti: set[int] = set()
        coda = list(cima)
        while coda:
            elemento = coda.pop()
            if elemento.number not in visti:
                visti.add(elemento.number)
                coda.extend(self.figli(elemento))
        return visti


def rifinisci(documento: object, pdf: pydyf.PDF, nomi: Mapping[str, str]) -> None:
    """WeasyPrint's `finisher`: change the PDF in place. `nomi`: what stands at each anchor, in words."""
    albero = _Albero(pdf)
    _dichiara_intestazioni(albero)
    _margini_come_artefatti(albero, pdf)
    _descrivi_collegamenti(albero, nomi)
    _ordine_di_tabulazione(pdf)
    _dichiara_ua(pdf)
    _comprimi(pdf)
    _nomi_a_parte(pdf)
    # An empty form, ready for signature fields: whoever compares a signed copy with this file finds only additions.
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array()})


def _tipo(oggetto: Any) -> Any:
    return oggetto.get("Type") if isinstance(oggetto, dict) else None


def _numero(riferimento: Any) -> int | None:
    return (
        int(riferimento.split()[0])
        if isinstance(riferimento, bytes) and riferimento.endswith(b" R")
        else None
    )


def _dichiara_intestazioni(albero: _Albero) -> None:
    """A header cell of `thead` heads its column, one of the body its row."""
    for gruppo in albero.elementi:
        if gruppo["S"] not in {"/THead", "/TBody", "/TFoot"}:
            continue
        ambito = "/Column" if gruppo["S"] == "/THead" else "/Row"
        for riga in albero.figli(gruppo):
            for cella in albero.figli(riga):
                if cella["S"] == "/TH":
                    cella["A"]["Scope"] = ambito


def _margini_come_artefatti(albero: _Albero, pdf: pydyf.PDF) -> None:
    """Marked content that the tree does not reach is the page's furniture: say so in its content stream."""
    vivi = albero.raggiunti(e for e in albero.elementi if e["S"] == "/Document")
    coppie = albero.punta(albero.radice["ParentTree"])["Nums"]
    for indice, vettore in zip(coppie[::2], coppie[1::2], strict=True):
        if not isinstance(vettore, list):
            continue
        fuori = {mcid for mcid, riferimento in enumerate(vettore) if _numero(riferimento) not in vivi}
        for mcid in fuori:
            vettore[mcid] = "null"
        pagina = albero.punta(pdf.page_references[indice])
        flusso = albero.punta(pagina["Contents"]).stream
        for posto, operatore in enumerate(flusso):
            if operatore == b"BDC" and flusso[posto - 1].get("MCID") in fuori:
                flusso[posto - 2 : posto] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _descrivi_collegamenti(albero: _Albero, nomi: Mapping[str, str]) -> None:
    """A link inside the document says what it leads to, not the name of the anchor."""
    for oggetto in albero.oggetti.values():
        if isinstance(oggetto, dict) and oggetto.get("Subtype") == "/Link":
            meta = oggetto.get("Contents")
            ancora = meta.string if isinstance(meta, pydyf.String) else ""
            if ancora in nomi:
                oggetto["Contents"] = pydyf.String(f"Vai a: {nomi[ancora]}")


def _ordine_di_tabulazione(pdf: pydyf.PDF) -> None:
    for oggetto in pdf.objects:
        if _tipo(oggetto) == "/Page":
            oggetto["Tabs"] = "/S"


def _dichiara_ua(pdf: pydyf.PDF) -> None:
    """PDF/UA identification inside the one rdf:RDF (the xmp_metadata option would append a second one)."""
    for oggetto in pdf.objects:
        if isinstance(oggetto, pydyf.Stream) and oggetto.extra.get("Type") == "/Metadata":
            oggetto.stream = [b"".join(oggetto.stream).replace(b"</rdf:RDF>", IDENTIFICAZIONE_UA)]
            oggetto.compress = False  # the metadata of a PDF/A file are read without unpacking


def _nomi_a_parte(pdf: pydyf.PDF) -> None:
    """Every signature writes the catalog again: the anchors, hundreds of them, in an object of their own stay out of that."""
    nomi = pdf.catalog.get("Names")
    if isinstance(nomi, pydyf.Dictionary) and nomi.number is None:
        pdf.add_object(nomi)
        pdf.catalog["Names"] = nomi.reference


def _comprimi(pdf: pydyf.PDF) -> None:
    """Compress here what pydyf would compress as it writes, so that no stream ends in a line break.

    Such a stream is right, its /Length says where it ends; but who reads up to the keyword `endstream` counts one byte
    less, and takes the file for a broken one. The few that would end so (the last byte is a sum of all the others) are
    written in the characters of ASCII85, which end in "~>": what they say, a picture or an included file, stays whole.
    """
    for oggetto in pdf.objects:
        if not isinstance(oggetto, pydyf.Stream) or oggetto.extra.get("Type") == "/Metadata":
            continue
        dati = b"\n".join(_in_byte(pezzo) for pezzo in oggetto.stream)
        if oggetto.compress:
            dati = zlib.compress(dati, 9)
            oggetto.extra["Filter"] = "/FlateDecode"
        if dati[-1:] in {b"\r", b"\n"}:
            dati = base64.a85encode(dati) + b"~>"
            _prima_ascii85(oggetto.extra)
        oggetto.stream, oggetto.compress = [dati], False


def _prima_ascii85(extra: dict[str, Any]) -> None:
    """Say that the stream is ASCII85 outside, whatever it was before inside."""
    if "Filter" not in extra:
        extra["Filter"] = "/ASCII85Decode"
        return
    extra["Filter"] = pydyf.Array(["/ASCII85Decode", extra["Filter"]])
    if "DecodeParms" in extra:
        extra["DecodeParms"] = pydyf.Array(["null", extra["DecodeParms"]])


def _in_byte(pezzo: Any) -> bytes:
    """What pydyf writes for a piece of a stream."""
    if isinstance(pezzo, bytes):
        return pezzo
    scritto: bytes = pydyf._to_bytes(pezzo)
    return scritto
