"""What the panel on a body's page says to do next: one sentence, one button, in every state."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accordo.approvazione import attivita, servizi
from accordo.approvazione.models import Passaggio, Turno
from accordo.approvazione.prossimo import prossimo
from accordo.approvazione.stati import StatoApprovazione
from accordo.base import orologio
from accordo.enti.models import Ente
from tests.approvazione.fabbriche import approvano, avvia, di, file_pdf, registra


@pytest.fixture
def aperta(scena):
    avvia(scena)
    scena.sindaco, scena.ufficio = scena.agente(scena.rappresentante), scena.agente(scena.referente)
    scena.guida = scena.agente(scena.coordinatore)
    return scena


def _dice(scena, chi=None):
    trovato = prossimo(di(scena.ente_a), chi or scena.sindaco)
    return (trovato.frase, trovato.azione) if trovato else None


def test_prima_l_atto_poi_la_firma(aperta):
    aperta.scadenza("approvazione", orologio.oggi() + timedelta(days=9))
    frase, azione = _dice(aperta)
    assert "organo che lo approva" in frase
    assert azione == "Registra l'atto"
    assert prossimo(di(aperta.ente_a), aperta.sindaco).entro == orologio.oggi() + timedelta(days=9)
    assert _dice(aperta, aperta.agente(aperta.rappresentante_altro)) is None, "another body's"
    assert _dice(aperta, aperta.guida) is None, "who leads has a section of its own"
    registra(di(aperta.ente_a), aperta.ufficio, esecutivita_immediata=False, esecutivo_dal=date(2099, 1, 1))
    frase, azione = _dice(aperta)
    assert azione == "Carica il testo firmato"
    assert "dal 01/01/2099" in frase
    frase, azione = _dice(aperta, aperta.ufficio)
    assert "Ora firma, per l'ente: " in frase
    assert azione == ""


def test_dopo_il_termine_si_fa_lo_stesso(aperta):
    aperta.scadenza("approvazione", date(2026, 1, 2))
    trovato = prossimo(di(aperta.ente_a), aperta.sindaco)
    assert "Il termine era il 02/01/2026" in trovato.frase
    assert (trovato.azione, trovato.entro) == ("Registra l'atto", None)


def test_un_atto_su_un_altra_versione_si_corregge(aperta):
    from bozze.models import Versione

    registra(di(aperta.ente_a), aperta.ufficio, impronta_testo=Versione.objects.get(numero=1).impronta)
    frase, azione = _dice(aperta)
    assert "un'altra versione" in frase
    assert azione == "Correggi l'atto"
    assert _azioni(aperta, aperta.sindaco) == ["Correggi l'atto"], "not: sign"


def test_rinviato_aspetta_chi_coordina(aperta, client):
    servizi.rinvia(di(aperta.ente_a), motivazione="Manca.", da=aperta.sindaco)
    frase, azione = _dice(aperta)
    assert "ora deve rispondere chi coordina" in frase
    assert azione == ""
    assert _azioni(aperta, aperta.sindaco) == []
    client.force_login(aperta.rappresentante)
    pagina = client.get(di(aperta.ente_a).get_absolute_url()).content.decode()
    assert "btn btn-primary" not in pagina, "nothing presses while who leads has the word"
    assert "Registra l’atto" in pagina, "yet the act can be registered"
    approvazione = di(aperta.ente_a)
    servizi.rispondi(approvazione, testo="C'è.", revisione=approvazione.revisione, da=aperta.guida)
    assert _dice(aperta)[1] == "Registra l'atto"
    servizi.non_approvare(di(aperta.ente_a), motivazione="No.", da=aperta.sindaco)
    assert "può riprendere l'istruttoria" in _dice(aperta)[0]


def test_firmato_dice_quanti_mancano_e_poi_che_e_finita(aperta):
    type(di(aperta.ente_a)).objects.filter(ente=aperta.ente_a).update(stato=StatoApprovazione.FIRMATO)
    assert "Mancano le firme di altri 2 enti" in _dice(aperta)[0]
    aperta.porta_a("sottoscritto")
    assert "non c'è altro da fare" in _dice(aperta)[0]


def _azioni(scena, agente):
    return [a.azione for a in attivita.attivita(scena.accordo, agente) if a.fatta_il is None]


def test_a_turno_si_aspetta_il_proprio(a_turno, client):
    approvano(a_turno)
    (_, primo), (ente, secondo), _ = a_turno.firmano
    assert "Tocca al tuo ente" in prossimo(di(a_turno.ente_a), primo).frase
    assert f"ora è di: {a_turno.ente_a.denominazione}" in prossimo(di(ente), secondo).frase
    assert _azioni(a_turno, primo) == ["Carica il testo firmato"]
    assert _azioni(a_turno, secondo) == [], "who waits has nothing to do"
    Turno.objects.update(scade_il=orologio.oggi() - timedelta(days=1))
    assert "Chiedi una proroga" in prossimo(di(a_turno.ente_a), primo).frase
    assert _azioni(a_turno, primo) == []
    assert prossimo(di(ente), secondo).url == reverse("approvazione:quadro", args=[a_turno.accordo.slug])
    assert _azioni(a_turno, secondo) == ["Vai al quadro delle firme"]
    client.force_login(a_turno.rappresentante)
    pagina = client.get(reverse("approvazione:firma", args=[a_turno.accordo.slug, a_turno.ente_a.codice]))
    assert "Il turno del tuo ente è scaduto" in pagina.content.decode()
    assert "Carica il testo firmato</button>" not in pagina.content.decode()


def test_un_passaggio_si_corregge_senza_perdere_il_documento(aperta, client):
    Ente.objects.filter(pk=aperta.ente_a.pk).update(tipo="prefettura")
    dati = {"tipo": "comitato", "data": date(2026, 3, 1), "riferimento": "Verbale 4"}
    servizi.registra_passaggio(di(aperta.ente_a), **dati, file=file_pdf(), da=aperta.sindaco)
    client.force_login(aperta.rappresentante)
    indirizzo = reverse(
        "approvazione:passaggio", args=[aperta.accordo.slug, aperta.ente_a.codice, "comitato"]
    )
    pagina = client.get(indirizzo).content.decode()
    assert 'value="Verbale 4"' in pagina
    assert "resta quello di prima" in pagina
    client.post(indirizzo, {"giorno": "2026-03-01", "riferimento": "Verbale 5"})
    ora = Passaggio.objects.get(sostituito_il=None)
    assert (ora.riferimento, bool(ora.file), len(ora.file_sha256)) == ("Verbale 5", True, 64)
    pagina = client.get(di(aperta.ente_a).get_absolute_url()).content.decode()
    assert "Verbale 5)" in pagina, "the story says which step"
