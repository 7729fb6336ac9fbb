"""Two people at the same moment, on a database that lets them (PostgreSQL)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from accordo.base.errori import ErroreDominio
from bozze.models import Emendamento
from bozze.servizi import emendamenti as servizi
from bozze.servizi import esame
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, sopprimi, versione
from tests.scena import costruisci

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def _insieme(*azioni):
    """Run the actions at the same moment; return what each gave, or its refusal."""
    partenza = Barrier(len(azioni))

    def corri(azione):
        try:
            partenza.wait()
            return azione()
        except ErroreDominio as errore:
            return errore
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(azioni)) as pool:
        return list(pool.map(corri, azioni))


def test_due_enti_presentano_insieme_e_i_numeri_sono_diversi():
    scena = costruisci()
    versione(scena)
    uno = emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    altro = emendamento(scena, cambia("ogni due anni", "ogni mese"), chi="altro", presenta=False)
    chi, chi_altro = scena.agente(scena.rappresentante), scena.agente(scena.rappresentante_altro)
    _insieme(
        lambda: servizi.presenta_emendamento(uno, da=chi),
        lambda: servizi.presenta_emendamento(altro, da=chi_altro),
    )
    assert sorted(e.sigla for e in Emendamento.objects.all()) == ["1.1", "1.2"]


def test_due_decisioni_opposte_insieme_ne_resta_una():
    scena = costruisci()
    versione(scena)
    em = emendamento(scena, sopprimi("La partecipazione"))
    scena.porta_a("proposta_definitiva")
    viste = [Emendamento.objects.get(pk=em.pk) for _ in range(2)]
    da = scena.agente(scena.coordinatore)
    esiti = _insieme(
        lambda: esame.decidi_emendamento(viste[0], "accolto", "Sì.", da=da),
        lambda: esame.decidi_emendamento(viste[1], "respinto", "No.", da=da),
    )
    assert sum(isinstance(esito, ErroreDominio) for esito in esiti) == 1


def test_due_che_si_scontrano_accolti_insieme_ne_passa_uno():
    scena = costruisci()
    versione(scena)
    uno = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    altro = emendamento(scena, cambia("ogni due anni", "ogni mese"), chi="altro")
    scena.porta_a("proposta_definitiva")
    da = scena.agente(scena.coordinatore)
    _insieme(
        lambda: esame.decidi_emendamento(uno, "accolto", "Sì.", da=da),
        lambda: esame.decidi_emendamento(altro, "accolto", "Sì.", da=da),
    )
    assert sorted(Emendamento.objects.values_list("stato", flat=True)) == ["accantonato", "accolto"]
