"""What every printed document is: archivable, accessible, the same bytes each time, and made of our files only."""

import re
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from accordo.base.pdf import componi
from accordo.base.pdf.composizione import StampaFallita, impagina

CORPO = """<html lang="it"><head><meta charset="utf-8"><title>Prova d'archivio</title>
<link rel="stylesheet" href="css/stampa/base.css"></head>
<body data-corrente="Prova" data-piede="Impronta abc" data-marca="">
<h1>Prova</h1><p><a href="#tab">La tabella è qui</a></p><img src="{qr}" alt="Un quadrato">
<table id="tab"><caption>Enti</caption><thead><tr><th scope="col">Ente</th><th scope="col">Atti</th></tr></thead>
<tbody><tr><th scope="row">Barga</th><td>3</td></tr></tbody></table>
<h2>Fine</h2></body></html>"""
QUADRATO = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAxIDEiPjxwYXRoIGQ9Ik0wIDBoMXYxeiIvPjwvc3ZnPg=="


@cache
def documento() -> bytes:
    return impagina(CORPO.format(qr=QUADRATO))


@pytest.fixture
def lettore() -> PdfReader:
    return PdfReader(BytesIO(documento()))


def elementi(lettore: PdfReader):
    """All structure elements of the tag tree."""
    coda = [lettore.trailer["/Root"]["/StructTreeRoot"]["/K"][0]]
    while coda:
        elemento = coda.pop().get_object()
        if isinstance(elemento, dict) and elemento.get("/Type") == "/StructElem":
            yield elemento
            coda += [figlio for figlio in elemento.get("/K", ()) if not isinstance(figlio, int)]


def test_stessi_byte_ogni_volta():
    assert impagina(CORPO.format(qr=QUADRATO)) == documento()


def test_pdf_a_e_pdf_ua_in_una_sola_dichiarazione(lettore):
    xmp = lettore.trailer["/Root"]["/Metadata"].get_data()
    assert xmp.count(b"<rdf:RDF") == 1
    assert re.search(
        rb'pdfaid:part="2"[^>]*pdfaid:conformance="A"|pdfaid:conformance="A"[^>]*pdfaid:part="2"', xmp
    )
    assert b'pdfuaid:part="1"' in xmp
    assert "Prova d'archivio" in xmp.decode()


def test_lingua_titolo_segnalibri_e_ordine(lettore):
    radice = lettore.trailer["/Root"]
    assert radice["/Lang"] == "it"
    assert radice["/MarkInfo"]["/Marked"]
    assert radice["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [voce["/Title"] for voce in lettore.outline if isinstance(voce, dict)] == ["Prova"]
    assert all(pagina["/Tabs"] == "/S" for pagina in lettore.pages)


def test_ogni_carattere_e_incorporato(lettore):
    for carattere in lettore.pages[0]["/Resources"]["/Font"].values():
        discendente = carattere["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in discendente["/FontDescriptor"]
        assert "/ToUnicode" in carattere
        assert "Titillium" in discendente["/BaseFont"]


def test_intestazioni_di_tabella_con_il_loro_ambito(lettore):
    ambiti = [e["/A"]["/Scope"] for e in elementi(lettore) if e["/S"] == "/TH"]
    assert sorted(ambiti) == ["/Column", "/Column", "/Row"]


def test_figure_con_testo_alternativo(lettore):
    assert [e["/Alt"] for e in elementi(lettore) if e["/S"] == "/Figure"] == ["Un quadrato"]


def test_collegamenti_descritti(lettore):
    [nota] = [nota.get_object() for nota in lettore.pages[0]["/Annots"]]
    assert nota["/Contents"].startswith("Vai a: Enti")


def test_margini_fuori_dall_albero_sono_artefatti(lettore):
    """Every marked content is either reached by the tag tree or an artifact."""
    raggiunti = {figlio for e in elementi(lettore) for figlio in e.get("/K", ()) if isinstance(figlio, int)}
    flusso = lettore.pages[0].get_contents().get_data()
    marcati = {int(n) for n in re.findall(rb"/MCID (\d+)", flusso)}
    assert marcati == raggiunti
    assert b"/Artifact" in flusso


def test_modulo_vuoto_pronto_per_le_firme(lettore):
    assert list(lettore.trailer["/Root"]["/AcroForm"]["/Fields"]) == []
    assert isinstance(
        lettore.trailer["/Root"].raw_get("/Names"), IndirectObject
    )  # signatures do not write it again


@pytest.mark.parametrize(
    "indirizzo",
    [
        "https://example.invalid/foglio.css",
        "file:///etc/passwd",
        "css/stampa/che-non-ce.css",
        "../accordo/settings.py",
        "css/stampa/../../../manage.py",
    ],
)
def test_niente_rete_e_niente_altri_file(indirizzo):
    with pytest.raises(StampaFallita):
        impagina(f'<html lang="it"><title>x</title><link rel="stylesheet" href="{indirizzo}"><p>x</p></html>')


def test_componi_mette_titolo_ente_e_data():
    creato = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    contesto = {
        "ente": "Provincia di Prova",
        "sommario": "Una ricevuta",
        "piede": "Impronta 12",
        "marca": "BOZZA",
    }
    lettore = PdfReader(BytesIO(componi("stampa/base.html", contesto, titolo="Ricevuta", creato=creato)))
    assert (lettore.metadata.title, lettore.metadata.author) == ("Ricevuta", "Provincia di Prova")
    assert lettore.metadata.creation_date == creato
    testo = lettore.pages[0].extract_text()
    assert "Una ricevuta" in testo
    assert "Pagina 1 di 1" in testo
