"""What a field of every type costs when it is saved, for the referente and for a colleague with that section only."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.enti.models import Ruolo
from questionari import servizi
from questionari.definizione import AMMESSI, BLOCCO, TIPI
from questionari.models import Questionario, Risposta
from tests.fabbriche import IncaricoFactory
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db

APRIRE, SALVARE, ALLEGARE = 12, 8, 11
"""A file costs three queries more than a field: its own row, and the files there are, before and for the page."""
CHIESTI = tuple(tipo for tipo in TIPI if tipo != BLOCCO)
_DUE = [{"codice": "a", "etichetta": "Uno"}, {"codice": "b", "etichetta": "Due"}]
_PARTI: dict[str, dict[str, Any]] = {
    "singola": {"opzioni": _DUE, "consenti_altro": True},
    "multipla": {"opzioni": _DUE, "max_scelte": 2},
    "matrice": {
        "righe": _DUE,
        "scala": [{"valore": 1, "etichetta": "Poco"}, {"valore": 2, "etichetta": "Molto"}],
    },
    "graduatoria": {"voci": _DUE},
    "file": {"estensioni": ["pdf"], "max_file": 3},
}
SCRITTE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "singola": ({"Q": "a"}, {"Q": "b"}),
    "multipla": ({"Q": ["a"]}, {"Q": ["a", "b"]}),
    "matrice": ({"Q-a": "1"}, {"Q-a": "2", "Q-b": "1"}),
    "numero": ({"Q": "3"}, {"Q": "4"}),
    "testo": ({"Q": "Prima"}, {"Q": "Poi"}),
    "testo_lungo": ({"Q": "Prima"}, {"Q": "Poi"}),
    "data": ({"Q": "2026-03-01"}, {"Q": "2026-04-01"}),
    "graduatoria": ({"Q": ["a"]}, {"Q": ["b", "a"]}),
}
"""What the form sends the first time, and the second."""


def _questionario(tipo: str) -> dict[str, Any]:
    """A question of the type, with three that depend on it."""
    quella = {"codice": "Q", "tipo": tipo, "testo": "Quella", **_PARTI.get(tipo, {})}
    seguono = [
        {
            "codice": f"P{n}",
            "tipo": "testo",
            "testo": "Perché?",
            "visibile_se": {"domanda": "Q", "operatore": "risposto"},
        }
        for n in range(3)
    ]
    sezione = {"codice": "S1", "titolo": "Una", "domande": [quella, *seguono]}
    return {"codice": "prova", "titolo": "Prova", "lingua": "it", "sezioni": [sezione]}


def _costa(fai: Any, al_massimo: int) -> None:
    Questionario.objects.first()  # the connection is open
    with CaptureQueriesContext(connection) as catturate:
        risposta = fai()
    assert risposta.status_code == 200
    assert risposta.headers.get("X-Salvata", "si") == "si", risposta.text
    assert len(catturate) <= al_massimo, "\n".join(query["sql"] for query in catturate.captured_queries)


def test_ogni_tipo_e_provato() -> None:
    assert {*SCRITTE, "file"} == set(CHIESTI)
    assert all("risposto" in AMMESSI[tipo] for tipo in CHIESTI)


@pytest.mark.parametrize("affidata", [False, True], ids=["referente", "affidata"])
@pytest.mark.parametrize("tipo", CHIESTI)
def test_aprire_e_salvare(scena: Scena, tipo: str, affidata: bool) -> None:
    servizi.carica_questionario(scena.accordo, _questionario(tipo))
    scena.porta_a("questionario")
    servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))
    compilazione = fabbriche.compilazione(scena)
    chi = scena.referente
    if affidata:
        chi = scena.senza_incarico
        IncaricoFactory(utente=chi, ente=scena.ente_a, ruolo=Ruolo.COLLABORATORE)
        collega = servizi.Collega(nome="Ida", cognome="Pardini", email=chi.email)
        sezione = compilazione.questionario.struttura.sezioni[0]
        servizi.affida_sezione(compilazione, sezione, collega, da=scena.agente(scena.referente))
    client = Client()
    client.force_login(chi)

    def manda(dati: dict[str, Any]) -> Any:
        url = reverse("questionari:domanda", args=["prova", "S1", "Q"])
        return client.post(url, dati, headers={"HX-Request": "true"})

    def allega(nome: str) -> Any:
        pdf = SimpleUploadedFile(nome, b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n")
        return manda({"azione": "Q:allega", "Q": pdf})

    if tipo == "file":
        for nome in ("uno.pdf", "due.pdf"):
            _costa(lambda nome=nome: allega(nome), ALLEGARE)
    else:
        for revisione, dati in enumerate(SCRITTE[tipo]):
            _costa(lambda r=revisione, d=dati: manda({"Q-rev": str(r), **d}), SALVARE)
    assert Risposta.objects.get(compilazione=compilazione, domanda="Q").valore
    _costa(lambda: client.get(reverse("questionari:sezione", args=["prova", "S1"])), APRIRE)
