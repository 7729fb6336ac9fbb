"""The questionnaire on paper, and what changed between two sendings."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from questionari import cambiamenti
from questionari.models import Invio
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = [pytest.mark.django_db, pytest.mark.una_volta]


@pytest.fixture
def aperto(scena: Scena) -> Scena:
    fabbriche.apri(scena)
    return scena


def _url(nome: str, *args: str) -> str:
    return reverse(f"questionari:{nome}", args=["prova", *args])


def _di(utente) -> Client:
    client = Client()
    client.force_login(utente)
    return client


def _testo(contenuto: bytes) -> str:
    lettore = PdfReader(io.BytesIO(contenuto))
    assert lettore.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(pagina.extract_text() for pagina in lettore.pages).split())


def test_in_bianco_per_il_proprio_tipo(aperto: Scena) -> None:
    risposta = _di(aperto.referente).get(_url("bianco_pdf"))
    assert risposta["Content-Type"] == "application/pdf"
    testo = _testo(risposta.content)
    assert "Questionario in bianco per comune" in testo
    assert "Numerate in ordine di importanza" in testo
    assert "Una crocetta per riga" in testo
    assert "Da compilare se" in testo
    assert _di(aperto.coordinatore).get(_url("bianco_pdf"), {"tipo": "prefettura"}).status_code == 200
    assert _di(aperto.coordinatore).get(_url("bianco_pdf"), {"tipo": "castello"}).status_code == 404


def test_le_risposte_come_sono_ora(aperto: Scena) -> None:
    propria = fabbriche.completa(aperto)
    testo = _testo(_di(aperto.rappresentante).get(_url("risposte_pdf")).content)
    assert "non sono ancora state inviate" in testo
    assert "Testo di prova numero 0" in testo
    assert propria.ente.denominazione in testo


def test_che_cosa_e_cambiato(aperto: Scena) -> None:
    fabbriche.inviata(aperto)
    fabbriche.invia_di_nuovo(
        aperto, {"D06": "alto", "D16": "Testo di prova, numero 12 e basta", "D36": None, "D20": "no"}
    )
    primo, secondo = Invio.objects.order_by("numero")
    trovati = {c.domanda.codice: c for _, elenco in cambiamenti.confronta(primo, secondo) for c in elenco}
    assert {"D06", "D16", "D36"} <= set(trovati)
    assert (trovati["D06"].prima, trovati["D06"].dopo) == (("Molto basso",), ("Alto",))
    assert "".join(s.testo for s in trovati["D16"].parole if s.segno != "tolto").endswith("12 e basta")
    assert trovati["D36"].genere == cambiamenti.TOLTA
    assert cambiamenti.uguali(primo, secondo) == len(primo.dati["risposte"]) - sum(
        c.genere != cambiamenti.AGGIUNTA for c in trovati.values()
    )
    assert cambiamenti.confronta(primo, primo) == []
    pagina = _di(aperto.rappresentante).get(_url("cambiamenti")).text
    assert "Molto basso" in pagina
    assert "Risposta tolta" in pagina
    guida = _di(aperto.coordinatore)
    assert "Molto basso" in guida.get(_url("cambiamenti_ente", "comune-alfa")).text
    assert guida.get(_url("cambiamenti_ente", "comune-beta")).status_code == 404
    assert _di(aperto.referente).get(_url("cambiamenti"), {"prima": "1", "dopo": "7"}).status_code == 404
    assert _di(aperto.referente_altro).get(_url("cambiamenti")).status_code == 404


def test_con_un_solo_invio_non_c_e_niente_da_confrontare(aperto: Scena) -> None:
    fabbriche.inviata(aperto)
    assert _di(aperto.referente).get(_url("cambiamenti")).status_code == 404
