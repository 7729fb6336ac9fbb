"""What the survey tells the procedure: what is missing, how far each body is, what is asked of whom."""

from datetime import timedelta

import pytest

from accordo.base import orologio
from accordo.base.parole import Parola
from accordo.enti.models import Utente
from questionari import attivita, avanzamento, requisiti, servizi
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db


def _titoli(scena: Scena, chi: Utente, che_cosa=attivita.questionario) -> list[tuple[str, bool]]:
    return [(a.titolo, a.fatta_il is not None) for a in che_cosa(scena.accordo, scena.agente(chi))]


def _parole(scena: Scena, che_cosa=avanzamento.questionario) -> list[Parola]:
    parole = che_cosa(scena.accordo)
    return [parole[e.pk] for e in (scena.provincia, scena.ente_a, scena.ente_b, scena.ente_osservatore)]


def test_prima(scena: Scena) -> None:
    assert [m.testo for m in requisiti.questionario_caricato(scena.accordo)] == [
        "Manca il questionario da proporre agli enti."
    ]
    assert _parole(scena) == [Parola.NON_PREVISTO, Parola.PIU_AVANTI, Parola.PIU_AVANTI, Parola.NON_PREVISTO]
    assert _titoli(scena, scena.referente) == []


def test_durante(scena: Scena) -> None:
    fabbriche.apri(scena)
    assert not list(requisiti.questionario_caricato(scena.accordo))
    assert _parole(scena)[1] == Parola.DA_FARE
    assert _titoli(scena, scena.referente) == [("Rispondi al questionario", False)]
    assert _titoli(scena, scena.rappresentante) == []
    assert _titoli(scena, scena.coordinatore) == [("Segui le risposte al questionario", False)]
    assert _titoli(scena, scena.osservatore) == []
    fabbriche.in_convalida(scena)
    assert _titoli(scena, scena.referente) == []
    assert _titoli(scena, scena.rappresentante) == [("Convalida il questionario", False)]
    servizi.rimanda(
        fabbriche.compilazione(scena), da=scena.agente(scena.rappresentante), nota="Le telecamere"
    )
    assert _titoli(scena, scena.referente) == [("Correggi il questionario", False)]
    assert _parole(scena)[1] == Parola.IN_CORSO
    scena.scadenza("questionario", orologio.oggi() - timedelta(days=1))
    assert _parole(scena)[1] == Parola.IN_RITARDO


def test_dopo(scena: Scena) -> None:
    fabbriche.apri(scena)
    fabbriche.inviata(scena)
    assert _titoli(scena, scena.rappresentante) == [("Questionario inviato", True)]
    scena.porta_a("restituzione")
    servizi.avvia_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))
    assert _parole(scena) == [Parola.NON_PREVISTO, Parola.FATTO, Parola.NON_FATTO, Parola.NON_PREVISTO]
    esiti = attivita.restituzione
    assert _titoli(scena, scena.coordinatore, esiti) == [("Pubblica gli esiti del questionario", False)]
    assert _titoli(scena, scena.referente, esiti) == []
    assert set(_parole(scena, avanzamento.restituzione)) == {Parola.PIU_AVANTI}
    servizi.pubblica_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))
    assert _titoli(scena, scena.referente, esiti) == [("Leggi gli esiti del questionario", False)]
    servizi.segna_letti(scena.accordo, da=scena.agente(scena.referente))
    assert _titoli(scena, scena.rappresentante, esiti) == [("Esiti del questionario letti", True)]
    assert _parole(scena, avanzamento.restituzione) == [
        Parola.FATTO,
        Parola.FATTO,
        Parola.DA_FARE,
        Parola.DA_FARE,
    ]


@pytest.mark.parametrize("quanti", [1, 3])
def test_query_costanti(scena: Scena, django_assert_num_queries, quanti: int) -> None:
    fabbriche.altri_enti(scena, quanti)
    fabbriche.apri(scena)
    with django_assert_num_queries(3):
        avanzamento.questionario(scena.accordo)
    with django_assert_num_queries(3):
        avanzamento.restituzione(scena.accordo)
    with django_assert_num_queries(2):
        list(requisiti.questionari_inviati(scena.accordo))


def test_dopo_il_termine_le_pagine_si_leggono(scena: Scena, client) -> None:
    fabbriche.apri(scena)
    fabbriche.completa(scena)
    scena.scadenza("questionario", orologio.oggi() - timedelta(days=1))
    client.force_login(scena.referente)
    base = "/accordi/prova/questionario/"
    assert client.get(base + "sezioni/S2/").status_code == 302
    assert "serve una proroga" in client.get(base).text
    assert client.get(base + "riepilogo/").status_code == 200
    tardi = client.post(base + "sezioni/S2/", {"D06-rev": "1", "D06": "alto"})
    assert tardi.status_code == 409
    assert "Il termine è scaduto" in tardi.text
