"""What goes wrong while somebody writes: nothing that was typed disappears, nothing is stored twice or by halves."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accordo.base import orologio
from questionari import servizi
from questionari.models import AllegatoRisposta, Invio, VersioneRisposta
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def aperto(scena: Scena) -> Scena:
    fabbriche.apri(scena)
    return scena


@pytest.fixture
def referente(aperto: Scena) -> Client:
    client = Client()
    client.force_login(aperto.referente)
    return client


def _url(nome: str, *args: Any) -> str:
    return reverse(f"questionari:{nome}", args=["prova", *args])


def _ieri(scena: Scena) -> None:
    scena.scadenza("questionario", orologio.oggi() - timedelta(days=1))


def test_il_termine_passa_e_il_testo_resta_sulla_pagina(aperto: Scena, referente: Client) -> None:
    _ieri(aperto)
    dati = {
        "D14-rev": "0",
        "D14": "7",
        "D15-rev": "0",
        "D16-rev": "0",
        "D16": "Un lungo lavoro\nsu due righe",
    }
    risposta = referente.post(_url("sezione", "S3"), dati)
    assert risposta.status_code == 409
    assert "Il termine è scaduto" in risposta.text
    assert "Un lungo lavoro\nsu due righe" in risposta.text
    assert 'value="7"' in risposta.text
    assert 'hx-post="/accordi/prova/questionario/sezioni/S3/domande' not in risposta.text
    assert fabbriche.compilazione(aperto).valori == {}


def test_il_termine_passa_mentre_un_campo_si_salva(aperto: Scena, referente: Client) -> None:
    _ieri(aperto)
    risposta = referente.post(_url("domanda", "S3", "D14"), {"D14-rev": "0", "D14": "7"}, headers=HTMX)
    assert (risposta.status_code, risposta["X-Salvata"]) == (409, "no")
    assert "Il termine è scaduto" in risposta.text
    assert "resta su questo dispositivo" in risposta.text


def test_passato_alla_convalida_da_un_collega(aperto: Scena, referente: Client) -> None:
    fabbriche.in_convalida(aperto)
    risposta = referente.post(_url("sezione", "S3"), {"D16-rev": "1", "D16": "Ancora una cosa"})
    assert risposta.status_code == 409
    assert "Ancora una cosa" in risposta.text


def test_due_volte_lo_stesso_salvataggio(aperto: Scena, referente: Client) -> None:
    for _ in range(2):
        risposta = referente.post(_url("domanda", "S3", "D14"), {"D14-rev": "0", "D14": "7"}, headers=HTMX)
        assert risposta["X-Salvata"] == "si"
    assert VersioneRisposta.objects.count() == 1


def test_due_volte_invia(aperto: Scena, referente: Client) -> None:
    fabbriche.completa(aperto)
    assert referente.post(_url("invia_alla_convalida")).status_code == 302
    assert referente.post(_url("invia_alla_convalida")).status_code == 409
    sindaca = Client()
    sindaca.force_login(aperto.rappresentante)
    assert sindaca.post(_url("convalida")).status_code == 302
    assert sindaca.post(_url("convalida")).status_code == 409
    assert Invio.objects.count() == 1


def test_diecimila_caratteri(aperto: Scena, referente: Client) -> None:
    struttura = fabbriche.compilazione(aperto).questionario.struttura
    massimo = struttura.per_codice["D16"].max_caratteri or 10_000
    lungo = "è" * massimo
    risposta = referente.post(_url("domanda", "S3", "D16"), {"D16-rev": "0", "D16": lungo}, headers=HTMX)
    assert risposta["X-Salvata"] == "si"
    troppo = referente.post(
        _url("domanda", "S3", "D16"), {"D16-rev": "1", "D16": lungo + "é" * 10_000}, headers=HTMX
    )
    assert troppo["X-Salvata"] == "no"
    assert "al massimo" in troppo.text
    assert fabbriche.compilazione(aperto).valori["D16"] == lungo
    pagina = referente.post(_url("sezione", "S3"), {"D16-rev": "1", "D16": lungo + "fine"})
    assert pagina.status_code == 422
    assert f"{lungo}fine" in pagina.text, "what was typed is shown again"


def test_un_valore_inventato_non_rompe_niente(aperto: Scena, referente: Client) -> None:
    for dati in (
        {"D06-rev": "abc", "D06": "castello"},
        {"D06-rev": "-1", "D06": "alto\x00"},
        {"D06-rev": "0", "D06-mia": "{rotto", "D06-tieni": "mia"},
        {"D06-rev": "0", "D06-mia": '"alto"', "D06-tieni": "boh"},
    ):
        risposta = referente.post(_url("domanda", "S2", "D06"), dati, headers=HTMX)
        assert risposta.status_code in (200, 404)
    assert "D06" not in fabbriche.compilazione(aperto).valori


@pytest.mark.parametrize(
    ("nome", "contenuto", "parole"),
    [
        ("rotto.pdf", b"MZ\x90\x00 un programma", "contenuto"),
        ("vuoto.pdf", b"", "vuoto"),
        ("programma.exe", b"MZ", "di tipo"),
        ("enorme.pdf", b"%PDF-1.7" + b"0" * (11 * 1024 * 1024), "MB"),
    ],
)
def test_file_che_non_vanno(
    aperto: Scena, referente: Client, nome: str, contenuto: bytes, parole: str
) -> None:
    servizi.salva_risposte(fabbriche.compilazione(aperto), {"D10": "si"}, da=aperto.agente(aperto.referente))
    dati = {
        "azione": "D11:allega",
        "D11": SimpleUploadedFile(nome, contenuto),
        "D06-rev": "0",
        "D06": "alto",
    }
    risposta = referente.post(_url("sezione", "S2"), dati)
    assert risposta.status_code == 422
    assert parole in risposta.text
    assert not AllegatoRisposta.objects.exists()
    assert fabbriche.compilazione(aperto).valori["D06"] == "alto", "the other answers of the page are saved"


def test_sostituire_un_file_non_perde_quello_di_prima(aperto: Scena, referente: Client) -> None:
    propria, io = fabbriche.compilazione(aperto), aperto.agente(aperto.referente)
    servizi.salva_risposte(propria, {"D10": "si"}, da=io)
    primo = servizi.allega(propria, "D11", SimpleUploadedFile("a.pdf", b"%PDF-1.7 a"), da=io)
    url = _url("domanda", "S2", "D11")
    tolto = referente.post(url, {"azione": f"D11:togli:{primo.pk}"}, headers=HTMX)
    assert "a.pdf" not in tolto.text
    dati = {"azione": "D11:allega", "D11": SimpleUploadedFile("b.pdf", b"%PDF-1.7 b")}
    assert "b.pdf" in referente.post(url, dati, headers=HTMX).text
    assert AllegatoRisposta.objects.count() == 2
    storia = referente.get(_url("storia", "D11")).text
    assert "a.pdf" in storia
    assert "b.pdf" in storia
    risposta = referente.get(_url("allegato", primo.pk))
    assert risposta.getvalue() == b"%PDF-1.7 a"


def test_un_file_di_un_altra_domanda_non_si_toglie(aperto: Scena, referente: Client) -> None:
    propria, io = fabbriche.compilazione(aperto), aperto.agente(aperto.referente)
    servizi.salva_risposte(propria, {"D10": "si", "D27": "si"}, da=io)
    altro = servizi.allega(propria, "D28", SimpleUploadedFile("b.pdf", b"%PDF-1.7 b"), da=io)
    url = _url("domanda", "S2", "D11")
    assert referente.post(url, {"azione": f"D11:togli:{altro.pk}"}, headers=HTMX).status_code == 404
    assert AllegatoRisposta.objects.filter(rimosso_il=None).count() == 1


def test_le_presenze(aperto: Scena, referente: Client) -> None:
    from tests.fabbriche import IncaricoFactory

    paolo = IncaricoFactory(ente=aperto.ente_a, utente__nome="Paolo", utente__cognome="Santini").utente
    collega = Client()
    collega.force_login(paolo)
    collega.post(_url("presenze", "S3"), {"domanda": "D14"})
    pagina = referente.get(_url("sezione", "S3"))
    assert "Sta compilando anche Paolo Santini, alla domanda 3.3" in " ".join(pagina.text.split())
    stato = pagina.context["stato_presenze"]
    assert referente.post(_url("presenze", "S3"), {"stato": stato}).status_code == 204
    with orologio.fermo(orologio.adesso() + timedelta(minutes=5)):
        assert "Paolo Santini" not in referente.post(_url("presenze", "S3"), {"stato": stato}).text
