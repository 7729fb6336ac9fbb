"""Two people save the same field at the same moment: one answer is stored, the other comes back as a conflict."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections

from questionari import servizi
from questionari.models import Compilazione, Risposta, VersioneRisposta
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db(transaction=True)

QUANTI = 6


def _insieme(lavori: list[Any]) -> list[Any]:
    """Run all at once, each in its own thread with its own connection."""
    via = threading.Barrier(len(lavori))

    def uno(lavoro: Any) -> Any:
        try:
            via.wait(timeout=20)
            return lavoro()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(lavori)) as squadra:
        return list(squadra.map(uno, lavori))


@pytest.fixture
def _su_file() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip(
            "threads share one connection to a database in memory: this runs on PostgreSQL and on a file"
        )


def _scrive(scena: Scena, domanda: str, valore: int, revisione: int) -> Any:
    agente = scena.agente(scena.referente)

    def lavoro() -> servizi.EsitoSalvataggio:
        with servizi.in_scrittura(agente, "prova", "S3") as compilazione:
            return servizi.salva_risposte(
                compilazione, {domanda: valore}, da=agente, revisioni={domanda: revisione}, rigoroso=False
            )

    return lavoro


@pytest.mark.usefixtures("_su_file")
@pytest.mark.parametrize("prima", [None, 1])
def test_stesso_campo(scena: Scena, prima: int | None) -> None:
    fabbriche.apri(scena)
    compilazione = fabbriche.compilazione(scena)
    servizi.salva_risposte(compilazione, {"D20": "si"}, da=scena.agente(scena.referente))
    if prima is not None:
        servizi.salva_risposte(compilazione, {"D14": prima}, da=scena.agente(scena.referente))
    vista = 0 if prima is None else 1
    esiti = _insieme([_scrive(scena, "D14", 10 + n, vista) for n in range(QUANTI)])
    vinti = [e for e in esiti if e.salvate]
    persi = [e for e in esiti if e.conflitti]
    assert (len(vinti), len(persi)) == (1, QUANTI - 1)
    risposta = Risposta.objects.get(compilazione=compilazione, domanda="D14")
    assert risposta.revisione == vista + 1
    assert VersioneRisposta.objects.filter(risposta=risposta).count() == vista + 1
    assert {e.conflitti["D14"].loro for e in persi} == {risposta.valore}
    assert len({e.conflitti["D14"].mio for e in persi} | {risposta.valore}) == QUANTI, "no answer was lost"


@pytest.mark.usefixtures("_su_file")
def test_prima_risposta_in_assoluto(scena: Scena) -> None:
    """Nobody has begun: all begin together, once."""
    fabbriche.apri(scena)
    esiti = _insieme([_scrive(scena, "D14", 10 + n, 0) for n in range(QUANTI)])
    assert sum(bool(e.salvate) for e in esiti) == 1
    assert Compilazione.objects.get(ente=scena.ente_a).stato == "in_compilazione"


@pytest.mark.usefixtures("_su_file")
def test_campi_diversi(scena: Scena) -> None:
    fabbriche.apri(scena)
    compilazione = fabbriche.compilazione(scena)
    servizi.salva_risposte(compilazione, {"D20": "si"}, da=scena.agente(scena.referente))
    esiti = _insieme([_scrive(scena, "D14", 9, 0), _scrive(scena, "D21", 14, 0)] * 2)
    assert not [e for e in esiti if e.conflitti], "the same value is no conflict"
    assert Risposta.objects.filter(compilazione=compilazione, domanda__in=["D14", "D21"]).count() == 2
