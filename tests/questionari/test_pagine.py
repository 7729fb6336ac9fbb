"""The pages, as each person finds them."""

import json
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accordo.enti.models import Utente
from questionari import servizi
from questionari.models import AllegatoRisposta, Restituzione
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db


def _di(utente: Utente) -> Client:
    client = Client()
    client.force_login(utente)
    return client


def _url(nome: str, *args: Any) -> str:
    return reverse(f"questionari:{nome}", args=["prova", *args])


@pytest.fixture
def aperto(scena: Scena) -> Scena:
    fabbriche.apri(scena)
    return scena


def test_prima_che_si_apra(scena: Scena) -> None:
    assert "non è ancora aperto" in _di(scena.referente).get(_url("questionario")).text
    assert "non è ancora stato caricato" in _di(scena.coordinatore).get(_url("questionario")).text
    servizi.carica_questionario(scena.accordo, fabbriche.DATI)
    assert _di(scena.coordinatore).get(_url("anteprima")).status_code == 200
    assert _di(scena.referente).get(_url("anteprima")).status_code == 404


def test_la_panoramica_per_ciascuno(aperto: Scena) -> None:
    assert "Inizia a compilare" in _di(aperto.referente).get(_url("questionario")).text
    assert "Inizia a compilare" not in _di(aperto.rappresentante).get(_url("questionario")).text
    assert "non è chiesto di rispondere" in _di(aperto.osservatore).get(_url("questionario")).text
    elenco = _di(aperto.coordinatore).get(_url("questionario")).text
    assert "Hanno risposto 0 enti" in elenco
    assert "Sollecita chi manca" in elenco


def test_non_si_riapre_cio_che_non_e_inviato(aperto: Scena) -> None:
    risposta = _di(aperto.coordinatore).get(_url("riapri", "comune-alfa"), follow=True)
    assert risposta.redirect_chain == [(_url("ente", "comune-alfa"), 302)]
    assert "non c'è niente da riaprire" in risposta.text.replace("’", "'").replace("&#x27;", "'")


def test_compilare_senza_javascript(aperto: Scena) -> None:
    client = _di(aperto.referente)
    pagina = client.get(_url("sezione", "S2")).text
    assert "Nel complesso, come giudicate" in pagina
    assert 'id="q-D11" hidden' in pagina
    assert 'style="' not in pagina
    posta = {"D06-rev": "0", "D06": "alto", "D10-rev": "0", "D10": "si", "D09-rev": "0", "D09-vicinato": "4"}
    risposta = client.post(_url("sezione", "S2"), posta)
    assert (risposta.status_code, risposta.headers["Location"]) == (302, _url("sezione", "S3"))
    pagina = client.get(_url("sezione", "S2")).text
    assert "Questa domanda compare perché hai risposto «Sì» alla 2.5" in pagina
    assert fabbriche.compilazione(aperto).valori == {"D06": "alto", "D10": "si", "D09": {"vicinato": 4}}
    ultima = client.post(_url("sezione", "S6"), {})
    assert ultima.headers["Location"] == _url("riepilogo")


def test_un_errore_resta_sulla_pagina(aperto: Scena) -> None:
    risposta = _di(aperto.referente).post(_url("sezione", "S1"), {"D03-rev": "0", "D03": "tanti"})
    assert risposta.status_code == 422
    assert "«tanti» non è un numero" in risposta.text
    assert 'value="tanti"' in risposta.text


def test_la_graduatoria_a_tasti(aperto: Scena) -> None:
    client = _di(aperto.referente)
    for codice in ("video", "scuole", "anziani"):
        attuale = fabbriche.compilazione(aperto)
        risposta = client.post(
            _url("sezione", "S6"),
            {
                "D31-rev": str(attuale.per_domanda["D31"].revisione if "D31" in attuale.per_domanda else 0),
                "D31": attuale.valori.get("D31", []),
                "azione": f"D31:aggiungi:{codice}",
            },
        )
        assert risposta.headers["Location"].endswith("#q-D31")
    client.post(
        _url("sezione", "S6"),
        {"D31-rev": "3", "D31": ["video", "scuole", "anziani"], "azione": "D31:su:anziani"},
    )
    assert fabbriche.compilazione(aperto).valori["D31"] == ["video", "anziani", "scuole"]


def test_salvare_un_campo_con_htmx(aperto: Scena) -> None:
    client = _di(aperto.referente)
    risposta = client.post(
        _url("domanda", "S2", "D10"), {"D10-rev": "0", "D10": "si"}, headers={"HX-Request": "true"}
    )
    assert "Salvato alle" in risposta.text
    assert 'id="rev-D10" value="1" hx-swap-oob="true"' in risposta.text
    assert 'id="q-D11" hx-swap-oob="true"' in risposta.text, "what depends on it appears at once"
    assert "Se disponibile, allegate" in risposta.text
    senza = client.post(_url("domanda", "S2", "D10"), {"D10-rev": "1", "D10": "no"})
    assert senza.status_code == 302


def test_conflitto_sulla_pagina(aperto: Scena) -> None:
    client = _di(aperto.referente)
    url = _url("domanda", "S3", "D14")
    client.post(url, {"D14-rev": "0", "D14": "9"})
    risposta = client.post(url, {"D14-rev": "0", "D14": "6"}, headers={"HX-Request": "true"})
    assert risposta.headers["HX-Retarget"] == "#q-D14"
    assert "9 aree" in risposta.text
    assert "6 aree" in risposta.text
    assert "checked" not in risposta.text, "nothing is chosen beforehand"
    senza_scelta = client.post(_url("sezione", "S3"), {"D14-rev": "1", "D14-mia": "6"})
    assert senza_scelta.status_code == 422
    client.post(_url("sezione", "S3"), {"D14-rev": "1", "D14-mia": "6", "D14-tieni": "mia"})
    assert fabbriche.compilazione(aperto).valori["D14"] == 6
    assert "9 aree" in client.get(_url("storia", "D14")).text


def test_allegati(aperto: Scena) -> None:
    client = _di(aperto.referente)
    client.post(_url("sezione", "S2"), {"D10-rev": "0", "D10": "si"})
    finto = {"D11": SimpleUploadedFile("a.pdf", b"boh"), "D11-rev": "0", "azione": "D11:allega"}
    assert "il contenuto è di un altro tipo" in client.post(_url("sezione", "S2"), finto).text
    vero = {"D11": SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"), "azione": "D11:allega"}
    client.post(_url("sezione", "S2"), vero)
    allegato = AllegatoRisposta.objects.get()
    for chi, stato in (
        ("referente", 200),
        ("coordinatore", 200),
        ("referente_altro", 404),
        ("osservatore", 404),
    ):
        risposta = _di(getattr(aperto, chi)).get(_url("allegato", allegato.pk))
        assert risposta.status_code == stato, chi
        risposta.close()
    client.post(_url("sezione", "S2"), {"azione": f"D11:togli:{allegato.pk}"})
    assert fabbriche.compilazione(aperto).valori["D11"] is None


def test_dal_referente_alla_ricevuta(aperto: Scena) -> None:
    fabbriche.completa(aperto)
    referente, sindaca = _di(aperto.referente), _di(aperto.rappresentante)
    assert referente.get(_url("invia_alla_convalida")).status_code == 200
    assert referente.get(_url("ricevuta")).status_code == 404
    referente.post(_url("invia_alla_convalida"))
    assert "Leggi e convalida" in sindaca.get(_url("questionario")).text
    riepilogo = sindaca.get(_url("riepilogo")).text
    assert "Convalida e invia" in riepilogo
    assert "Molto basso" in riepilogo
    assert sindaca.post(_url("rimanda"), {"motivazione": ""}).status_code == 422
    assert sindaca.get(_url("convalida")).status_code == 200
    assert sindaca.post(_url("convalida")).headers["Location"] == _url("ricevuta")
    invio = fabbriche.compilazione(aperto).invii.get()
    assert invio.impronta in sindaca.get(_url("ricevuta")).text
    assert b"".join(sindaca.get(_url("ricevuta_pdf", 1)).streaming_content).startswith(b"%PDF")
    assert referente.get(_url("ricevuta_dati", 1)).content == invio.canonico.encode()
    assert _di(aperto.referente_altro).get(_url("ricevuta_pdf", 1)).status_code == 404
    anonimo = Client().get(_url("verifica"), {"impronta": invio.impronta.upper()})
    assert "Comune di Alfa" in anonimo.text
    assert "Molto basso" not in anonimo.text
    assert "Non corrisponde" in Client().get(_url("verifica"), {"impronta": "0" * 64}).text
    assert Client().get(_url("verifica"), {"impronta": "abc"}).status_code == 422


def test_ogni_pagina_dopo_l_invio(aperto: Scena) -> None:
    fabbriche.inviata(aperto)
    assert "Leggi la ricevuta" in _di(aperto.referente).get(_url("questionario")).text
    assert _di(aperto.referente).get(_url("sezione", "S1")).status_code == 302
    guida = _di(aperto.coordinatore)
    assert "Riapri il questionario" in guida.get(_url("ente", "comune-alfa")).text
    assert "Molto basso" not in guida.get(_url("ente", "comune-beta")).text
    assert guida.get(_url("riapri", "comune-alfa")).status_code == 200
    guida.post(_url("riapri", "comune-alfa"), {"motivazione": "Lo chiede l'ente."})
    assert fabbriche.compilazione(aperto).stato == "in_compilazione"


def _popola(scena: Scena, quanti: int) -> None:
    for seme, ente in enumerate(fabbriche.altri_enti(scena, quanti)):
        servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))
        fabbriche.ente_che_invia(scena, ente, seme)


def test_gli_esiti(aperto: Scena) -> None:
    _popola(aperto, 3)
    guida, sindaca = _di(aperto.coordinatore), _di(aperto.rappresentante)
    assert "provvisori" in guida.get(_url("esiti")).text
    assert "non sono ancora pubblicati" in sindaca.get(_url("esiti")).text
    assert sindaca.get(_url("esiti_sezione", "S1")).status_code == 404
    aperto.porta_a("restituzione")
    servizi.avvia_restituzione(aperto.accordo, da=aperto.agente(aperto.coordinatore))
    assert guida.get(_url("pubblica")).status_code == 200
    with patch("questionari.relazione.stampa", return_value=b"%PDF-1.7 di prova"):
        guida.post(_url("pubblica"), {"nota": "Grazie a tutti."})
    assert Restituzione.objects.get().pubblicata_il
    pagina = sindaca.get(_url("esiti")).text
    assert "Grazie a tutti." in pagina
    assert "Ho letto gli esiti" in pagina
    sindaca.post(_url("segna_letti"))
    assert "Lo ha segnato" in sindaca.get(_url("esiti")).text
    sezioni = {s: sindaca.get(_url("esiti_sezione", s)).text for s in ("S1", "S2", "S3", "S4", "S5", "S6")}
    for pagina in sezioni.values():
        assert 'style="' not in pagina
        assert "<style" not in pagina
    assert '<svg class="grafico"' in sezioni["S1"]
    assert "Testo di prova" not in sezioni["S1"], "a riservata text is never shown"
    assert "Leggi " in sezioni["S3"], "a pubblica text is read on the reading list"
    assert "Testo di prova" not in sezioni["S6"], "an aggregata text is only counted"


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize(
    ("chi", "nome", "args", "attese"),
    [
        ("coordinatore", "questionario", (), 16),
        ("coordinatore", "esiti", (), 20),
        ("coordinatore", "esiti_sezione", ("S1",), 14),
        ("referente", "questionario", (), 14),
        ("referente", "sezione", ("S1",), 14),
        ("referente", "riepilogo", (), 12),
    ],
)
def test_query_costanti(
    aperto: Scena,
    django_assert_max_num_queries: Any,
    quanti: int,
    chi: str,
    nome: str,
    args: tuple[str, ...],
    attese: int,
) -> None:
    fabbriche.completa(aperto, seme=quanti)
    _popola(aperto, quanti)
    client = _di(getattr(aperto, chi))
    with django_assert_max_num_queries(attese):
        assert client.get(_url(nome, *args)).status_code == 200


def test_salvare_un_campo_costa_poco(aperto: Scena, django_assert_max_num_queries: Any) -> None:
    fabbriche.completa(aperto)
    client = _di(aperto.referente)
    with django_assert_max_num_queries(20):
        client.post(
            _url("domanda", "S2", "D06"), {"D06-rev": "1", "D06": "alto"}, headers={"HX-Request": "true"}
        )
    assert json.dumps(fabbriche.compilazione(aperto).valori["D06"]) == '"alto"'
