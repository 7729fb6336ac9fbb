"""The list of all public accords of the installation."""

import csv
import io
import json

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.approvazione import elenco_pubblico
from accordo.approvazione.models import Approvazione
from tests.approvazione.fabbriche import avvia, di
from tests.fabbriche import AccordoFactory


def url(coda: str = "") -> str:
    return reverse(f"approvazione:trasparenza_elenco{coda}")


def test_tutti_gli_accordi_pubblici_e_nessun_altro(client, scena):
    avvia(scena)
    Approvazione.objects.filter(ente=scena.ente_a).update(stato="firmato")
    AccordoFactory(slug="nascosto", pubblico=False, promotore=scena.provincia)
    AccordoFactory(slug="nuovo", titolo="=1+1", promotore=scena.provincia)
    pagina = client.get(url()).content.decode()
    assert "1 di 3" in pagina
    assert "testo non ancora definitivo" in pagina
    dati = json.loads(client.get(url("_json")).content)
    assert dati["schema"] == elenco_pubblico.SCHEMA
    per_titolo = {a["accordo"]: a for a in dati["accordi"]}
    assert set(per_titolo) == {"=1+1", "Accordo per la sicurezza"}
    aperto = per_titolo["Accordo per la sicurezza"]
    assert (aperto["enti"], aperto["enti_firmatari"]) == (3, 1)
    assert aperto["impronta_pdf"] == di(scena.ente_a).documento.sha256
    assert aperto["dati"].endswith("/accordi/prova/trasparenza/dati.json")
    righe = list(csv.DictReader(io.StringIO(client.get(url("_csv")).content.decode("utf-8-sig"))))
    assert list(righe[0]) == list(elenco_pubblico.COLONNE)
    assert {r["accordo"] for r in righe} == {"'=1+1", "Accordo per la sicurezza"}


def test_vuoto(client, db):
    assert "Quando una Provincia apre" in client.get(url()).content.decode()
    assert json.loads(client.get(url("_json")).content)["accordi"] == []


def test_tante_query_per_uno_quante_per_tre(client, scena):
    avvia(scena)

    def quante() -> list[int]:
        conti = []
        for coda in ("", "_csv", "_json"):
            with CaptureQueriesContext(connection) as fatte:
                assert client.get(url(coda)).status_code == 200
            conti.append(len(fatte))
        return conti

    prima = quante()
    for n in range(2):
        AccordoFactory(slug=f"altro-{n}", promotore=scena.provincia)
    assert quante() == prima
    assert max(prima) <= 4
