"""Thirty-nine bodies, as in the accord of Lucca: no page of the results asks the database more than 25 times."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.base.massa import travasa
from accordo.iter.models import Accordo
from accordo.iter.prestazioni import Territorio, costruisci
from questionari import prestazioni, servizi
from questionari.esiti.quadro import quadro_di
from questionari.models import Conteggio, Restituzione

pytestmark = pytest.mark.django_db

AL_MASSIMO = 25
ENTI = 39


@pytest.fixture
def trentanove() -> Territorio:
    """All have sent; the results are the coordinator's to look at."""
    mondo = costruisci(ENTI)
    servizi.carica_questionario(mondo.accordo, prestazioni.DEFINIZIONE.read_text(encoding="utf-8"))
    mondo.porta_a("questionario")
    servizi.avvia_questionario(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    prestazioni._riempi(mondo)
    servizi.allinea(mondo.accordo)
    mondo.porta_a("restituzione")
    servizi.avvia_restituzione(mondo.accordo, da=mondo.agente(mondo.coordinatore))
    return mondo


def _client(utente: object) -> Client:
    client = Client()
    client.force_login(utente)
    return client


def _conta(client: Client, url: str) -> None:
    with CaptureQueriesContext(connection) as query:
        risposta = client.get(url)
        b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
    assert risposta.status_code == 200, url
    detto = "\n".join(q["sql"][:200] for q in query.captured_queries)
    assert len(query) <= AL_MASSIMO, f"{url}: {len(query)}\n{detto}"


def test_ogni_pagina_degli_esiti_di_39_enti(trentanove: Territorio) -> None:
    """Index with rate and map, list with last activity, section, cross table, texts, page per body, files, citizens'."""
    ente = trentanove.enti[0].codice

    def url(nome: str, *argomenti: str, cosa: str = "") -> str:
        return reverse(f"questionari:{nome}", args=["prova", *argomenti]) + cosa

    pagine = [
        url("esiti"),
        *(
            url("esiti_sezione", f"S{n}", cosa=f"?per={per}")
            for n in (1, 3, 6)
            for per in ("ambito", "classe")
        ),
        url("esiti_incrocio", cosa="?righe=D06:&colonne=D34:"),
        url("esiti_punti"),
        url("esiti_testi", cosa="?cerca=frazioni"),
        url("esiti_ente", ente),
        url("esiti_dati", "csv"),
        url("esiti_dati", "risposte.csv"),
        url("esiti_dati", "xlsx"),
    ]
    coordina = _client(trentanove.coordinatore)
    for pagina in [url("questionario"), *pagine, url("esiti_sezione", "S4", cosa="?vista=segreteria")]:
        _conta(coordina, pagina)
    with patch("questionari.relazione.stampa", return_value=b"%PDF-1.7 di prova"):
        servizi.pubblica_restituzione(trentanove.accordo, da=trentanove.agente(trentanove.coordinatore))
    for pagina in pagine:
        _conta(_client(trentanove.referente), pagina)
    Accordo.objects.filter(pk=trentanove.accordo.pk).update(pubblico=True)
    trentanove.accordo.pubblico = True
    servizi.apri_ai_cittadini(trentanove.accordo, da=trentanove.agente(trentanove.coordinatore))
    for pagina in (
        url("risultati"),
        url("risultati_sezione", "S1"),
        url("risultati_dati", "csv"),
        url("risultati_dati", "xlsx"),
    ):
        _conta(Client(), pagina)


def test_i_conteggi_conservati_sono_quelli_contati(trentanove: Territorio) -> None:
    """What is kept with the publication, written by the database itself, is what would be counted."""
    quadro = quadro_di(trentanove.accordo, None)
    assert quadro is not None
    restituzione = Restituzione.objects.get(accordo=trentanove.accordo)
    campi = ("restituzione", "strato", "domanda", "voce", "valore", "quanti")
    righe = quadro.conta_celle(["D01", "D06", "D10"])
    assert travasa(Conteggio, campi, [restituzione.pk], righe) == len(righe)
    conservati = Conteggio.objects.filter(restituzione=restituzione)
    assert sorted(conservati.values_list(*campi[1:])) == sorted(righe)
