"""The pages of the text: what they show, how many queries they cost."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bozze.interrogazioni import testo as interrogazioni
from bozze.models import LetturaVersione, NodoBozza, Versione
from bozze.servizi import testo as servizi
from bozze.testo.albero import Testo
from bozze.testo.lettura import leggi
from tests.bozze.carte.test_da_word import con_numeri
from tests.bozze.testo.fabbriche import BREVE, versione

pytestmark = pytest.mark.django_db


@pytest.fixture
def scritta(scena, client):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, BREVE, da=scena.agente(scena.coordinatore), spazio="prova")
    client.force_login(scena.coordinatore)
    return scena


def _url(nome, scena, *altro):
    return reverse(f"bozze:{nome}", args=[scena.accordo.slug, *altro])


def _corpo(risposta):
    return risposta.content.decode()


def _articoli(quanti):
    return "ACCORDO\n\n" + "\n".join(
        f"Art. {n} - Oggetto {n}\n1. Testo {n}.\n2. Altro {n}." for n in range(1, quanti + 1)
    )


def test_prima_che_ci_sia(scena, client):
    client.force_login(scena.referente)
    assert "Qui leggerai la bozza" in _corpo(client.get(_url("testo", scena)))


@pytest.mark.parametrize("articoli", [1, 30])
def test_la_pagina_costa_sempre_uguale(scena, client, django_assert_max_num_queries, articoli):
    versione(scena, sorgente=_articoli(articoli))
    scena.porta_a("osservazioni")
    client.force_login(scena.referente)
    client.get(_url("testo", scena))
    with django_assert_max_num_queries(26):
        corpo = _corpo(client.get(_url("testo", scena)))
    assert f"Testo {articoli}." in corpo


@pytest.mark.parametrize("quante", [2, 5])
def test_le_versioni_costano_sempre_uguale(scena, client, django_assert_max_num_queries, quante):
    for numero in range(1, quante + 1):
        versione(scena, numero=numero, sorgente=BREVE.replace("tre anni", f"{numero} anni"))
    client.force_login(scena.referente)
    client.get(_url("versioni", scena))
    with django_assert_max_num_queries(14):
        corpo = _corpo(client.get(_url("versioni", scena)))
    assert corpo.count("Impronta") == quante


@pytest.mark.parametrize("articoli", [1, 30])
def test_la_redazione_costa_sempre_uguale(scena, client, django_assert_max_num_queries, articoli):
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, _articoli(articoli), da=scena.agente(scena.coordinatore))
    client.force_login(scena.coordinatore)
    client.get(_url("redazione", scena))
    with django_assert_max_num_queries(16):
        client.get(_url("redazione", scena))


def test_carica_con_anteprima(scena, client):
    scena.porta_a("bozza")
    client.force_login(scena.coordinatore)
    file = SimpleUploadedFile("bozza.txt", BREVE.encode(), content_type="text/plain")
    anteprima = client.post(_url("carica", scena), {"file": file})
    assert "Che cosa ha capito" in _corpo(anteprima)
    assert "2 titoli, 3 articoli, 4 commi, 3 lettere" in _corpo(anteprima)
    assert interrogazioni.bozza_di(scena.accordo) is None
    client.post(_url("carica", scena), {"testo": anteprima.context["sorgente"], "conferma": "si"})
    assert len(interrogazioni.testo_in_lavoro(scena.accordo).testo.articoli()) == 3


def test_carica_da_word_e_corregge_una_riga(scena, client):
    scena.porta_a("bozza")
    client.force_login(scena.coordinatore)
    word = con_numeri(
        (None, "Convenzione"), (0, "- Oggetto"), (1, "Le parti collaborano."), (None, "Inoltre.")
    )
    anteprima = client.post(_url("carica", scena), {"file": SimpleUploadedFile("bozza.docx", word)})
    assert "1 articolo, 2 commi" in _corpo(anteprima) or "1 articolo, 1 comma" in _corpo(anteprima)
    numero = next(r["letta"].numero for r in anteprima.context["righe"] if r["letta"].sorgente == "Inoltre.")
    dati = {"testo": anteprima.context["sorgente"], f"come_{numero}": "articolo"}
    riletto = client.post(_url("carica", scena), dati)
    assert "2 articoli" in _corpo(riletto)
    client.post(_url("carica", scena), {**dati, "conferma": "si"})
    articoli = interrogazioni.testo_in_lavoro(scena.accordo).testo.articoli()
    assert [a.rubrica for a in articoli] == ["Oggetto", "Inoltre."]


def test_carica_il_json_di_una_versione(scena, client):
    scena.porta_a("bozza")
    client.force_login(scena.coordinatore)
    albero = Testo.da_json(versione(scena, 1).albero.in_json())
    file = SimpleUploadedFile("versione.json", albero.in_json())
    anteprima = client.post(_url("carica", scena), {"file": file})
    assert anteprima.status_code == 200
    client.post(_url("carica", scena), {"albero": anteprima.context["albero"], "conferma": "si"})
    assert interrogazioni.testo_in_lavoro(scena.accordo).testo == albero


@pytest.mark.parametrize(
    ("nome", "contenuto"), [("x.docx", b"PK\x03\x04"), ("x.json", b"[1]"), ("x.doc", b"abc"), ("x.txt", b"")]
)
def test_carica_dice_perche_rifiuta(scena, client, nome, contenuto):
    scena.porta_a("bozza")
    client.force_login(scena.coordinatore)
    risposta = client.post(_url("carica", scena), {"file": SimpleUploadedFile(nome, contenuto)})
    assert risposta.status_code == 422
    assert "Controlla i dati inseriti" in _corpo(risposta)


def test_carica_rifiuta_cio_che_non_e_testo(scena, client):
    scena.porta_a("bozza")
    client.force_login(scena.coordinatore)
    file = SimpleUploadedFile("bozza.txt", b"%PDF\x00\x01")
    assert client.post(_url("carica", scena), {"file": file}).status_code == 422
    assert client.post(_url("carica", scena), {}).status_code == 422


def test_html_incollato_resta_testo(scritta, client):
    nodo = NodoBozza.objects.get(testo__startswith="L'accordo dura")
    dati = {"testo": "<script>alert(1)</script> dura", "revisione": 0}
    assert client.post(_url("modifica", scritta, nodo.codice), dati).status_code == 302
    corpo = _corpo(client.get(_url("redazione", scritta)))
    assert "<script>alert(1)" not in corpo
    assert "&lt;script&gt;" in corpo


def test_conflitto_mostra_i_due_testi(scritta, client):
    nodo = NodoBozza.objects.get(testo__startswith="L'accordo dura")
    client.post(_url("modifica", scritta, nodo.codice), {"testo": "Dura quattro anni.", "revisione": 0})
    risposta = client.post(
        _url("modifica", scritta, nodo.codice), {"testo": "Dura cinque anni.", "revisione": 0}
    )
    assert risposta.status_code == 409
    assert "Dura quattro anni." in _corpo(risposta)
    assert "cinque" in _corpo(risposta)
    client.post(_url("modifica", scritta, nodo.codice), {"testo": "Dura cinque anni.", "revisione": 1})
    nodo.refresh_from_db()
    assert nodo.testo == "Dura cinque anni."


def test_aggiunge_un_articolo_con_il_primo_comma(scritta, client):
    nodo = NodoBozza.objects.get(rubrica="Oggetto")
    dati = {"dove": "dopo:articolo", "rubrica": "Nuovo", "testo": "Primo comma."}
    assert client.post(_url("aggiungi", scritta, nodo.codice), dati).status_code == 302
    nuovo = interrogazioni.testo_in_lavoro(scritta.accordo).testo.articoli()[1]
    assert (nuovo.rubrica, nuovo.figli[0].testo) == ("Nuovo", "Primo comma.")


def test_pubblica_con_conferma_e_si_legge(scritta, client):
    assert "Che cosa succede" in _corpo(client.get(_url("pubblica", scritta)))
    assert not Versione.objects.exists()
    senza_verbali = client.post(_url("pubblica", scritta), {"nota": "Ecco."})
    assert senza_verbali.status_code == 422  # no focus group has met: the reason is asked for
    assert not Versione.objects.exists()
    client.post(_url("pubblica", scritta), {"nota": "Ecco.", "motivazione": "Non ci sono stati incontri."})
    corpo = _corpo(client.get(_url("testo", scritta)))
    assert "Versione 1" in corpo
    assert "Le Parti collaborano per due anni." in corpo
    client.force_login(scritta.referente)
    client.post(_url("segna_letta", scritta, 1))
    assert LetturaVersione.objects.get().ente == scritta.ente_a


def test_confronto_in_redline(scena, client):
    versione(scena, 1)
    versione(scena, 2, BREVE.replace("tre anni", "sei anni"))
    client.force_login(scena.referente)
    corpo = _corpo(client.get(_url("confronto", scena), {"da": 1, "a": 2}))
    assert "<del><span" in corpo
    assert "1 disposizione cambiata" in corpo
    assert client.get(_url("confronto", scena), {"da": 1, "a": 1}).status_code == 422


def test_json_di_una_versione_ha_l_impronta_dichiarata(scena, client):
    pubblicata = versione(scena)
    client.force_login(scena.osservatore)
    contenuto = client.get(_url("versione_json", scena, 1)).content
    assert (
        hashlib.sha256(contenuto).hexdigest() == pubblicata.impronta == leggi(BREVE, "prova").testo.impronta
    )


def test_aperta_in_luogo(scena, client):
    pubblicata = versione(scena)
    scena.porta_a("osservazioni")
    client.force_login(scena.referente)
    id = next(d.id for d in pubblicata.albero.disposizioni() if d.testo.startswith("L'accordo dura"))
    corpo = _corpo(client.get(_url("testo", scena), {"apri": id}))
    assert "Da dove viene il comma 1" in corpo
    assert "Proponi un emendamento" in corpo
    assert "Proponi qui" not in corpo
    assert "Proponi qui" in _corpo(client.get(_url("testo", scena), {"proponi": "si"}))
    assert client.get(_url("testo", scena), {"apri": "non-esiste"}).status_code == 200
