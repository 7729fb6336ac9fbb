"""The receipt: printed once with its data inside, checked by anybody, from the page and from the command."""

import hashlib
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from questionari import servizi, verifica
from questionari.models import Invio, Ricevuta
from questionari.servizi.ricevute import stampa_ricevuta
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db


@pytest.fixture
def invio(scena: Scena) -> Invio:
    fabbriche.apri(scena)
    return fabbriche.inviata(scena)


def _pdf(invio: Invio) -> bytes:
    with servizi.ricevuta_di(invio).file.open("rb") as file:
        return bytes(file.read())


def _scritto(pdf: PdfWriter) -> bytes:
    uscita = io.BytesIO()
    pdf.write(uscita)
    return uscita.getvalue()


def test_i_dati_sono_dentro_la_ricevuta(invio: Invio) -> None:
    lettore = PdfReader(io.BytesIO(_pdf(invio)))
    [dati] = lettore.attachments["questionario-comune-alfa-1.json"]
    assert hashlib.sha256(dati).hexdigest() == invio.impronta, "what sha256sum says"
    xmp = lettore.trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in xmp or "<pdfaid:part>3" in xmp
    assert 'pdfuaid:part="1"' in xmp
    assert lettore.trailer["/Root"]["/AF"][0].get_object()["/AFRelationship"] == "/Data"
    assert invio.impronta in "".join(pagina.extract_text() for pagina in lettore.pages)


def test_si_stampa_una_volta_sola(invio: Invio) -> None:
    prima = _pdf(invio)
    assert stampa_ricevuta(invio) == prima, "the same sending gives the same bytes"
    assert _pdf(invio) == prima
    assert Ricevuta.objects.count() == 1


def test_pdf_dati_e_impronta_corrispondono(invio: Invio) -> None:
    pdf = verifica.controlla(verifica.leggi(_pdf(invio)), accordo="prova")
    assert (pdf.corrisponde, pdf.originale) == (True, True)
    for dati in (invio.canonico.encode(), json.dumps(invio.dati, indent=2).encode()):
        esito = verifica.controlla(verifica.leggi(dati))
        assert (esito.corrisponde, esito.originale, esito.invio) == (True, None, invio)
    assert not verifica.controlla(verifica.leggi(_pdf(invio)), accordo="un-altro").corrisponde


def test_una_ricevuta_cambiata(invio: Invio) -> None:
    ritoccata = PdfWriter(clone_from=io.BytesIO(_pdf(invio)))
    ritoccata.add_blank_page()
    esito = verifica.controlla(verifica.leggi(_scritto(ritoccata)))
    assert (esito.corrisponde, esito.originale) == (True, False), "the data are the same, the pages are not"

    altri = PdfWriter(clone_from=io.BytesIO(_pdf(invio)))
    del altri.root_object["/Names"]
    altri.add_attachment("questionario.json", invio.canonico.replace("molto-basso", "alto").encode())
    letta = verifica.leggi(_scritto(altri))
    assert not letta.coerente
    assert not verifica.controlla(letta).corrisponde

    dati = invio.dati | {"da": "Qualcun Altro"}
    assert verifica.controlla(verifica.leggi(json.dumps(dati).encode())).invio is None


@pytest.mark.parametrize(
    "contenuto",
    [
        b"",
        b"ciao",
        b"[]",
        b'{"a": 1}',
        b"%PDF-1.7 rotto",
        b"[" * 200_000,
        b"\xff\xfe\x00",
        b"%PDF-1.7\n" + b"0" * 5000,
    ],
)
def test_file_che_non_sono_ricevute(contenuto: bytes) -> None:
    with pytest.raises(verifica.RicevutaIllegibile):
        verifica.leggi(contenuto)


def test_bomba_e_file_enorme() -> None:
    bomba = PdfWriter()
    bomba.add_blank_page(100, 100)
    bomba.add_attachment("questionario.json", b" " * (verifica.MAX_DATI + 1)).content  # noqa: B018
    bomba.compress_identical_objects()
    for oggetto in bomba._objects:
        if hasattr(oggetto, "flate_encode") and (oggetto or {}).get("/Type") == "/EmbeddedFile":
            bomba._objects[bomba._objects.index(oggetto)] = oggetto.flate_encode()
    with pytest.raises(verifica.RicevutaIllegibile):
        verifica.leggi(_scritto(bomba))
    with pytest.raises(verifica.RicevutaIllegibile, match="troppo grande"):
        verifica.leggi(b"%PDF-" + b"0" * verifica.MAX_FILE)


def _url(nome: str = "verifica") -> str:
    return reverse(f"questionari:{nome}", args=["prova"])


def test_la_pagina_e_di_tutti(invio: Invio) -> None:
    chiunque = Client()
    file = SimpleUploadedFile("r.pdf", _pdf(invio), content_type="application/pdf")
    pagina = chiunque.post(_url(), {"ricevuta": file})
    assert pagina.status_code == 200
    assert "Corrisponde" in pagina.text
    assert "rilasciato dal portale, identico" in pagina.text
    assert "Molto basso" not in pagina.text
    storto = chiunque.post(_url(), {"ricevuta": SimpleUploadedFile("r.pdf", b"non un pdf")})
    assert storto.status_code == 422
    assert chiunque.post(_url(), {}).status_code == 422


def test_comando(invio: Invio, tmp_path, capsys) -> None:
    pdf, dati = tmp_path / "r.pdf", tmp_path / "r.json"
    pdf.write_bytes(_pdf(invio))
    dati.write_text(invio.canonico, encoding="utf-8")
    for file in (pdf, dati):
        call_command("verifica_ricevuta", str(file))
        assert f"{invio.impronta}" in capsys.readouterr().out
    call_command("verifica_ricevuta", str(pdf), "--senza-archivio")
    assert "È quella che la ricevuta dichiara" in capsys.readouterr().out
    dati.write_text(invio.canonico.replace("molto-basso", "alto"), encoding="utf-8")
    for file, codice in ((dati, 1), (tmp_path / "manca.pdf", 2), (tmp_path, 2)):
        with pytest.raises(CommandError) as errore:
            call_command("verifica_ricevuta", str(file))
        assert errore.value.returncode == codice


def test_dopo_una_correzione_la_ricevuta_dice_la_sua_versione(scena: Scena, invio: Invio) -> None:
    assert invio.struttura is invio.compilazione.questionario.struttura
    assert invio.dati["questionario"]["versione"] == 1


def test_le_query_della_ricevuta(scena: Scena, invio: Invio, django_assert_max_num_queries) -> None:
    client = Client()
    client.force_login(scena.referente)
    client.get(reverse("questionari:ricevuta_pdf", args=["prova", 1])).close()
    with django_assert_max_num_queries(8):
        risposta = client.get(reverse("questionari:ricevuta_pdf", args=["prova", 1]))
        assert risposta.getvalue() == _pdf(invio)
