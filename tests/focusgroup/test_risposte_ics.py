"""The answers that calendars send by mail, recorded by the coordinator; and files that are nothing of the kind."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.iter.models import Evento
from focusgroup import servizi
from tests.fabbriche import IncaricoFactory
from tests.focusgroup import mani
from tests.matrice.focusgroup_date import risposta_ics

pytestmark = pytest.mark.django_db


@pytest.fixture
def da(scena):
    scena.riunione = mani.convocata(scena)
    return scena.agente(scena.coordinatore)


def mia(scena):
    return scena.riunione.convocazioni.get(ente=scena.ente_a)


def test_accetta_rifiuta_e_forse(scena, da):
    ics = risposta_ics(scena)
    servizi.registra_risposta(scena.riunione, ics, da=da)
    assert (mia(scena).risposta, mia(scena).partecipante) == ("accettata", "Rappresentante Prova")
    assert (mia(scena).persona, mia(scena).risposta_da) == (scena.rappresentante, scena.coordinatore)
    for partstat, risposta in (("TENTATIVE", "forse"), ("DECLINED", "declinata")):
        with orologio.fermo(orologio.adesso() + timedelta(seconds=2)):
            altra = risposta_ics(scena).replace(b"ACCEPTED", partstat.encode())
            servizi.registra_risposta(scena.riunione, altra, da=da)
        scena.riunione.convocazioni.filter(ente=scena.ente_a).update(
            risposta_il=orologio.adesso() - timedelta(1)
        )
        assert mia(scena).risposta == risposta
    assert Evento.objects.filter(verbo="registra_risposta").count() == 3


def test_chi_non_ha_un_accesso_ma_e_stato_indicato(scena, da):
    chi = servizi.DatiPartecipante(nome="Ada", email="Ada@example.invalid", titolo="delegato")
    servizi.rispondi_convocazione(mia(scena), "forse", chi=chi, da=scena.agente(scena.referente))
    with orologio.fermo(orologio.adesso() + timedelta(minutes=1)):
        ics = risposta_ics(scena).replace(b"rappresentante@", b"ada@")
        servizi.registra_risposta(scena.riunione, ics, da=da)
    assert (mia(scena).risposta, mia(scena).partecipante) == ("accettata", "Ada")


@pytest.mark.parametrize(
    ("vecchio", "nuovo", "parole"),
    [
        (b"METHOD:REPLY", b"METHOD:REQUEST", "non è la risposta"),
        (b"UID:", b"UID:altra-", "altra riunione"),
        (b"rappresentante@", b"sconosciuto@", "non parla per un ente"),
        (b"PARTSTAT=ACCEPTED", b"PARTSTAT=DELEGATED", "non è la risposta"),
        (b"BEGIN:VCALENDAR", b"\x00\xff", "non è la risposta"),
        (b"SEQUENCE:0", b"SEQUENCE:uno", "non è la risposta"),
    ],
)
def test_che_cosa_si_rifiuta(scena, da, vecchio, nuovo, parole):
    with pytest.raises(ErroreDominio, match=parole):
        servizi.registra_risposta(scena.riunione, risposta_ics(scena).replace(vecchio, nuovo), da=da)
    assert mia(scena).risposta == "in_attesa"


def test_quella_per_la_data_di_prima_o_piu_vecchia_non_conta(scena, da):
    prima = risposta_ics(scena)
    with orologio.fermo(orologio.adesso() + timedelta(minutes=1)):
        servizi.rispondi_convocazione(mia(scena), "declinata", da=scena.agente(scena.referente))
        with pytest.raises(ErroreDominio, match="vale l'ultima risposta"):
            servizi.registra_risposta(scena.riunione, prima, da=da)
    servizi.fissa_riunione(
        scena.riunione, inizio=mani.domani() + timedelta(days=3), luogo="Barga", motivazione="Neve.", da=da
    )
    with pytest.raises(ErroreDominio, match="data di prima"):
        servizi.registra_risposta(scena.riunione, prima, da=da)
    assert mia(scena).risposta == "in_attesa"


def test_chi_parla_per_due_enti_o_non_coordina(scena, da):
    with pytest.raises(NonAutorizzato):
        servizi.registra_risposta(scena.riunione, risposta_ics(scena), da=scena.agente(scena.referente))
    IncaricoFactory(utente=scena.rappresentante, ente=scena.ente_b, ruolo="referente")
    with pytest.raises(ErroreDominio, match="più enti"):
        servizi.registra_risposta(scena.riunione, risposta_ics(scena), da=da)


def test_dal_browser(scena, da, client):
    client.force_login(scena.coordinatore)
    url = scena.riunione.url("carica_risposta")
    assert "Carica una risposta" in client.get(scena.riunione.url()).content.decode()
    assert client.post(url, {}).status_code == 422
    for contenuto in (b"nulla", b"x" * 300_000):
        assert client.post(url, {"file": SimpleUploadedFile("r.ics", contenuto)}).status_code == 422
    buona = SimpleUploadedFile("r.ics", risposta_ics(scena))
    assert client.post(url, {"file": buona}).status_code == 302
    assert mia(scena).risposta == "accettata"
