"""The daily round: reminders only to who has not answered, once, and never for nothing."""

import pytest
from django.core import mail
from django.core.management import call_command

from accordo.base import orologio
from accordo.iter.models import Evento
from focusgroup import servizi
from tests.focusgroup import mani
from tests.focusgroup.test_sondaggio import fra, risponde

pytestmark = pytest.mark.django_db


@pytest.fixture
def giro(django_capture_on_commit_callbacks, capsys):
    def fai(**quando):
        mail.outbox.clear()
        with orologio.fermo(fra(**quando)), django_capture_on_commit_callbacks(execute=True):
            call_command("ricorda_riunioni")
        return sorted(m.to[0] for m in mail.outbox)

    return fai


def test_il_sondaggio_si_ricorda_vicino_al_termine_a_chi_non_ha_risposto(scena, aperto, giro):
    risponde(scena, "referente", "si", "si")
    assert giro(days=1) == []
    attesi = ["rappresentante_altro@example.invalid", "referente_altro@example.invalid"]
    assert giro(days=3, hours=1) == attesi
    assert giro(days=3, hours=2) == []
    assert giro(days=4, hours=2) == attesi
    assert giro(days=5, hours=1) == []
    evento = Evento.objects.filter(verbo="ricorda_sondaggio").first()
    assert (evento.utente, evento.dati["enti"]) == (None, ["comune-beta"])
    risponde(scena, "referente_altro", "si", "si")
    assert giro(days=4, hours=20) == []


def test_la_riunione_si_ricorda_una_volta_per_data(scena, giro):
    riunione = mani.convocata(scena)
    da = scena.agente(scena.coordinatore)
    mia = riunione.convocazioni.get(ente=scena.ente_a)
    servizi.rispondi_convocazione(mia, "forse", da=scena.agente(scena.referente))
    attesi = ["rappresentante_altro@example.invalid", "referente_altro@example.invalid"]
    assert giro() == attesi
    assert "Di' se il tuo ente partecipa" in mail.outbox[0].body
    assert giro(hours=1) == []
    servizi.fissa_riunione(
        riunione, inizio=fra(days=9), luogo="Lucca", motivazione="La sala è occupata.", da=da
    )
    assert giro() == []
    assert len(giro(days=7)) == 4  # all answer again after a move
    assert giro(days=10) == []


def test_un_ente_senza_riunioni_e_senza_sondaggi_non_riceve_nulla(scena, giro, capsys):
    assert giro() == []
    assert "Sondaggi ricordati: 0. Riunioni ricordate: 0." in capsys.readouterr().out
