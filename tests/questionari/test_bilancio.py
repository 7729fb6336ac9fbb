"""What a request costs: every query from the session to the COMMIT, whatever the length of the questionnaire."""

import copy
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.enti.models import Ruolo
from questionari import servizi
from questionari.models import Compilazione, Questionario
from tests.fabbriche import IncaricoFactory
from tests.questionari import fabbriche
from tests.questionari.strategie import DATI
from tests.scena import Scena

pytestmark = pytest.mark.django_db(transaction=True)

APRIRE, SALVARE = 12, 8


def _lungo(volte: int) -> dict[str, Any]:
    """The real questionnaire with every section's questions repeated, so that it is `volte` times as long."""
    dati = copy.deepcopy(DATI)
    for sezione in dati["sezioni"]:
        originali = copy.deepcopy(sezione["domande"])
        for volta in range(1, volte):
            for domanda in copy.deepcopy(originali):
                domanda["codice"] += f"x{volta}"
                if "visibile_se" in domanda:
                    domanda["visibile_se"]["domanda"] += f"x{volta}"
                sezione["domande"].append(domanda)
    return dati


def _aperto(scena: Scena, volte: int, *, completo: bool = True) -> Compilazione:
    servizi.carica_questionario(scena.accordo, _lungo(volte))
    scena.porta_a("questionario")
    servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))
    return fabbriche.completa(scena) if completo else fabbriche.compilazione(scena)


def _url(nome: str, *args: str) -> str:
    return reverse(f"questionari:{nome}", args=["prova", *args])


def _conta(fai: Any, atteso: int = 200) -> list[str]:
    Questionario.objects.first()  # the connection is open
    with CaptureQueriesContext(connection) as catturate:
        assert fai().status_code == atteso
    return [query["sql"] for query in catturate.captured_queries]


@pytest.mark.parametrize("volte", [1, 4])
def test_quanto_costa(scena: Scena, volte: int) -> None:
    _aperto(scena, volte)
    client = Client()
    client.force_login(scena.referente)
    for sezione in ("S1", "S2", "S3", "S4", "S5", "S6"):
        query = _conta(lambda sezione=sezione: client.get(_url("sezione", sezione)))
        assert len(query) <= APRIRE, "\n".join(query)
    query = _conta(lambda: _salva(client, "S2", "D06", {"D06-rev": "1", "D06": "alto"}))
    assert len(query) <= SALVARE, "\n".join(query)
    query = _conta(lambda: _salva(client, "S4", "D20", {"D20-rev": "1", "D20": "no"}))
    assert len(query) <= SALVARE, "with questions that depend on it: " + "\n".join(query)
    query = _conta(lambda: _salva(client, "S4", "D20", {"D20-rev": "1", "D20": "si"}))
    assert len(query) <= SALVARE, "a conflict: " + "\n".join(query)
    query = _conta(lambda: client.post(_url("presenze", "S2"), {"stato": ""}))
    assert len(query) <= 7, "\n".join(query)


def _salva(client: Client, sezione: str, domanda: str, dati: dict[str, str]) -> Any:
    return client.post(_url("domanda", sezione, domanda), dati, headers={"HX-Request": "true"})


@pytest.mark.parametrize("volte", [1, 4])
def test_la_prima_risposta_di_tutte(scena: Scena, volte: int) -> None:
    """Nobody has written anything: the answer begins with this field, and the registro learns of it at the end."""
    _aperto(scena, volte, completo=False)
    client = Client()
    client.force_login(scena.referente)
    query = _conta(lambda: client.get(_url("sezione", "S2")))
    assert len(query) <= APRIRE, "\n".join(query)
    query = _conta(lambda: _salva(client, "S2", "D06", {"D06-rev": "0", "D06": "alto"}))
    assert len(query) <= SALVARE, "\n".join(query)
    compilazione = fabbriche.compilazione(scena)
    assert (compilazione.stato, compilazione.iniziata_da) == ("in_compilazione", scena.referente)
    assert compilazione.valori == {"D06": "alto"}


def test_la_prima_risposta_a_una_domanda(scena: Scena) -> None:
    fabbriche.apri(scena)
    compilazione = fabbriche.compilazione(scena)
    servizi.salva_risposte(compilazione, {"D06": "alto"}, da=scena.agente(scena.referente))
    client = Client()
    client.force_login(scena.referente)
    query = _conta(lambda: _salva(client, "S6", "D35", {"D35-rev": "0", "D35": "Una rete"}))
    assert len(query) <= SALVARE, "\n".join(query)
    assert compilazione.pk


def test_chi_ha_una_sezione_affidata(scena: Scena) -> None:
    compilazione = _aperto(scena, 1)
    IncaricoFactory(utente=scena.senza_incarico, ente=scena.ente_a, ruolo=Ruolo.COLLABORATORE)
    sezione = compilazione.questionario.struttura.sezioni[1]
    servizi.affida_sezione(
        compilazione,
        sezione,
        servizi.Collega(nome="S", cognome="I", email=scena.senza_incarico.email),
        da=scena.agente(scena.referente),
    )
    client = Client()
    client.force_login(scena.senza_incarico)
    query = _conta(lambda: client.get(_url("sezione", "S2")))
    assert len(query) <= APRIRE, "\n".join(query)
    query = _conta(lambda: _salva(client, "S2", "D06", {"D06-rev": "1", "D06": "alto"}))
    assert len(query) <= SALVARE, "\n".join(query)


def test_le_presenze_non_scrivono_se_niente_cambia(scena: Scena) -> None:
    _aperto(scena, 1)
    client = Client()
    client.force_login(scena.referente)
    risposta = client.get(_url("sezione", "S2"))
    stato = risposta.context["stato_presenze"]
    query = _conta(lambda: client.post(_url("presenze", "S2"), {"stato": stato}), 204)
    assert not [sql for sql in query if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
