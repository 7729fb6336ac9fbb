"""Signed files: what is accepted, and the many things that are not, each with its reason."""

import base64
from functools import cache
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from accordo.approvazione.firma_di_prova import firma_p7m, firma_pdf
from accordo.approvazione.firme import FirmaRifiutata, esamina
from accordo.base import orologio
from accordo.base.pdf.composizione import impagina

HTML = (
    '<html lang="it"><head><title>Testo</title></head><body><h1>Testo</h1><p><a href="#a">Articolo</a></p>'
    '<p id="a">{}</p></body></html>'
)


@cache
def congelato(parole: str = "Il testo definitivo.") -> bytes:
    return impagina(HTML.format(parole))


@cache
def pdf_firmato() -> bytes:
    return firma_pdf(congelato(), "Anna Rossi", codice_fiscale="RSSNNA80A41E715X")


@cache
def p7m() -> bytes:
    return firma_p7m(congelato(), "Anna Rossi", codice_fiscale="RSSNNA80A41E715X")


def legge(contenuto: bytes):
    return esamina(contenuto, congelato(), adesso=orologio.adesso())


def aggiornato(cambia) -> bytes:
    """The frozen file with an incremental update of its first page (or catalog)."""
    scrittore = IncrementalPdfFileWriter(BytesIO(congelato()))
    cambia(scrittore)
    uscita = BytesIO()
    scrittore.write(uscita)
    return uscita.getvalue()


def _ruota(scrittore):
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    pagina["/Rotate"] = generic.NumberObject(90)
    scrittore.update_container(pagina)


def _nota(scrittore):
    pagina = scrittore.root["/Pages"]["/Kids"][0]
    nota = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
            generic.pdf_name("/Contents"): generic.pdf_string("Un altro testo"),
        }
    )
    pagina["/Annots"].append(scrittore.add_object(nota))
    scrittore.update_container(pagina["/Annots"])
    scrittore.update_container(pagina)


def _azione(scrittore):
    scrittore.root["/OpenAction"] = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("1"),
        }
    )
    scrittore.update_root()


def _guasto(contenuto: bytes, dove: float) -> bytes:
    byte = bytearray(contenuto)
    byte[int(len(byte) * dove)] ^= 1
    return bytes(byte)


@pytest.mark.parametrize("contenuto", [pdf_firmato, p7m], ids=["PAdES", "CAdES"])
def test_firma_accettata(contenuto):
    esito = legge(contenuto())
    [firma] = esito.firme
    assert (firma.nome, firma.codice_fiscale, firma.algoritmo) == (
        "Anna Rossi",
        "RSSNNA80A41E715X",
        "SHA-256",
    )
    assert firma.quando is not None
    assert esito.avvertenze == ()
    assert esito.come_dati()["firme"][0]["emittente"] == "Autorità di prova senza valore"


def test_piu_firme_in_un_pdf_e_buste_annidate():
    assert [f.nome for f in legge(firma_pdf(pdf_firmato(), "Bea Verdi")).firme] == ["Anna Rossi", "Bea Verdi"]
    assert [f.nome for f in legge(firma_p7m(p7m(), "Bea Verdi")).firme] == ["Anna Rossi", "Bea Verdi"]


def test_busta_in_base64():
    assert legge(base64.encodebytes(p7m())).formato == "CAdES"


@pytest.mark.parametrize(
    ("crea", "ragione"),
    [
        (lambda: b"", "vuoto"),
        (lambda: congelato(), "non è firmato"),
        (lambda: congelato("Una scansione."), "nessuna firma digitale"),
        (lambda: b"\x89PNG\r\n\x1a\n....", "non è un documento firmato"),
        (lambda: b"Firmato: Anna Rossi", "non è un documento firmato"),
        (lambda: firma_pdf(congelato("Un altro testo."), "Anna"), "non è il testo definitivo"),
        (lambda: firma_p7m(congelato("Un altro testo."), "Anna"), "non è il testo definitivo"),
        (lambda: firma_pdf(aggiornato(_ruota), "Anna"), "oltre alla firma"),
        (lambda: firma_pdf(aggiornato(_nota), "Anna"), "oltre alla firma"),
        (lambda: firma_pdf(aggiornato(_azione), "Anna"), "oltre alla firma"),
        (lambda: pdf_firmato() + b"\n%aggiunto\n", "dopo la firma"),
        (lambda: _guasto(pdf_firmato(), 0.2), "non è il testo definitivo"),
        (lambda: _guasto(p7m(), 0.3), "cambiato dopo la firma"),
        (lambda: p7m()[:-30], "rovinato"),
        (lambda: pdf_firmato()[:-1200], "rovinato"),
        (lambda: b"\x30\x82\x01\x00aaaa", "rovinato"),
        (lambda: b"%PDF-1.7\nniente", "rovinato"),
        (lambda: b"x" * (30 * 1024 * 1024 + 1), "30 MB"),
    ],
)
def test_file_rifiutato_con_la_sua_ragione(crea, ragione):
    with pytest.raises(FirmaRifiutata, match=ragione):
        legge(crea())


def test_firma_separata_dal_documento():
    import asyncio

    from accordo.approvazione import firma_di_prova

    firmatario = firma_di_prova._firmatario("Anna", "")
    staccata = asyncio.run(firmatario.async_sign_general_data(congelato(), "sha256", detached=True)).dump()
    with pytest.raises(FirmaRifiutata, match="separata"):
        legge(staccata)


def test_algoritmo_non_ammesso():
    import asyncio

    from accordo.approvazione import firma_di_prova

    firmatario = firma_di_prova._firmatario("Anna", "")
    vecchia = asyncio.run(firmatario.async_sign_general_data(congelato(), "sha1", detached=False)).dump()
    with pytest.raises(FirmaRifiutata, match="non più ammesso"):
        legge(vecchia)


def test_data_futura_e_certificato_fuori_periodo_sono_avvertenze():
    from datetime import UTC, datetime

    with orologio.fermo(datetime(2046, 1, 1, tzinfo=UTC)):
        contenuto = firma_p7m(congelato(), "Anna")
    assert len(legge(contenuto).avvertenze) == 2
