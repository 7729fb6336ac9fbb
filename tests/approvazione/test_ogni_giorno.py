"""What the command of every day does in phase 8: expired turns pass on, written down and told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from accordo.approvazione import interrogazioni, servizi
from accordo.approvazione.models import DocumentoFinale, Turno
from accordo.base import orologio
from accordo.iter.models import Evento
from accordo.iter.registro import verifica
from tests.approvazione.fabbriche import avvia, di, pubblica, registra


@pytest.fixture
def a_turno(scena):
    """Two bodies with their act, the first holding the PDF."""
    guida = scena.agente(scena.coordinatore)
    servizi.scegli_regola(scena.accordo, modo="turno", giorni_turno=5, da=guida)
    avvia(scena)
    registra(di(scena.ente_a), scena.agente(scena.referente))
    registra(di(scena.ente_b), scena.agente(scena.referente_altro))
    return scena


def ogni_giorno(capsys, fra_giorni: int) -> str:
    mail.outbox.clear()
    with orologio.fermo(orologio.adesso() + timedelta(days=fra_giorni)):
        call_command("ricorda_scadenze")
    return capsys.readouterr().out


def aperto() -> Turno:
    return Turno.objects.get(chiuso_il__isnull=True)


def test_il_turno_scaduto_passa_da_se(a_turno, capsys, django_capture_on_commit_callbacks):
    assert "passati: 0" in ogni_giorno(capsys, 5)  # its last day is still its own
    assert aperto().approvazione.ente == a_turno.ente_a
    with django_capture_on_commit_callbacks(execute=True):
        uscita = ogni_giorno(capsys, 6)
    assert "passati: 1" in uscita
    assert "Alfa" in uscita
    assert aperto().approvazione.ente == a_turno.ente_b
    assert Evento.objects.filter(verbo="turno_scaduto").count() == 1
    detto = {m.to[0]: f"{m.subject} {m.body}" for m in mail.outbox}
    assert "quello che hai scaricato non vale più" in detto["rappresentante@example.invalid"]
    assert "Tocca al tuo ente firmare" in detto["rappresentante_altro@example.invalid"]
    assert "non ha firmato entro" in detto["coordinatore@example.invalid"]
    assert "passati: 0" in ogni_giorno(capsys, 6)
    assert verifica(a_turno.accordo) is None


def test_senza_altri_in_fila_il_turno_ricomincia(a_turno, capsys, django_capture_on_commit_callbacks):
    interrogazioni.approvazioni_di(DocumentoFinale.objects.get()).filter(ente=a_turno.ente_b).update(
        stato="in_istruttoria"
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert "passati: 1" in ogni_giorno(capsys, 6)
    assert aperto().approvazione.ente == a_turno.ente_a
    detto = [f"{m.to[0]} {m.body}" for m in mail.outbox]
    assert not any("non vale più" in testo for testo in detto)
    assert any("nuovo turno" in testo for testo in detto)


def test_il_turno_su_un_testo_riaperto_resta_storia(a_turno, capsys):
    pubblica(a_turno.accordo, 3, definitiva=True, variante=" Di nuovo.")
    servizi.avvia_approvazione(a_turno.accordo, da=a_turno.agente(a_turno.coordinatore))
    assert "passati: 0" in ogni_giorno(capsys, 6)
    assert aperto().approvazione.documento.versione.numero == 2
