"""The table of bodies by phases."""

import dataclasses

import pytest

from accordo.base.parole import Parola
from accordo.cruscotto import avanzamento
from accordo.enti.models import TipoEnte
from accordo.iter.procedura import processo
from tests.fabbriche import EnteFactory, PartecipazioneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def con_parole(monkeypatch):
    """Return a function that gives every phase these words, by the body's key."""

    def imposta(parole):
        finto = processo()
        fasi = tuple(dataclasses.replace(f, avanzamento=lambda _: parole) for f in finto.fasi)
        monkeypatch.setattr(avanzamento, "processo", lambda: dataclasses.replace(finto, fasi=fasi))

    return imposta


def test_le_righe_stanno_sotto_la_loro_area_con_i_conti(scena, con_parole):
    con_parole({scena.ente_a.pk: Parola.FATTO, scena.ente_b.pk: Parola.DA_FARE})
    scena.porta_a("questionario")
    tutta = avanzamento.tavola(scena.accordo)
    assert [g.nome for g in tutta.gruppi] == ["Piana di Lucca", "Altre istituzioni"]
    conto = tutta.corrente
    assert (conto.fatti, conto.su, conto.tutti) == (1, 2, False)
    assert [r.ente for r in tutta.mancanti] == [scena.ente_b]
    assert [c.parola for c in tutta.mancanti[0].celle[2:]] == [Parola.PIU_AVANTI] * 6


def test_chi_rinuncia_non_compare(scena, con_parole):
    con_parole({})
    scena.accordo.partecipazioni.filter(ente=scena.ente_b).update(stato="non_partecipa")
    assert scena.ente_b not in [r.ente for r in avanzamento.tavola(scena.accordo).righe]


def test_la_composizione_di_un_area(scena, con_parole):
    con_parole({})
    unione = EnteFactory(
        tipo=TipoEnte.UNIONE_COMUNI, denominazione="Unione Comuni Valle", ambito=scena.ambito
    )
    scena.accordo.partecipazioni.filter(ente=scena.ente_osservatore).delete()
    PartecipazioneFactory(accordo=scena.accordo, ente=unione)
    assert avanzamento.tavola(scena.accordo).gruppi[0].composizione == "2 Comuni, 1 Unione"


def test_a_chi_la_fase_non_chiede_nulla_non_manca_nulla(scena, con_parole):
    con_parole({})
    tutta = avanzamento.tavola(scena.accordo)
    assert not tutta.mancanti
    assert tutta.corrente.su == 0


def test_da_sottoscritto_non_c_e_fase_corrente(scena, con_parole):
    con_parole({scena.ente_a.pk: Parola.FATTO})
    scena.porta_a("sottoscritto")
    tutta = avanzamento.tavola(scena.accordo)
    assert tutta.corrente is None
    assert all(c.quando == "passata" for c in tutta.colonne)
