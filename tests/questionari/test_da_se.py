"""A village of five hundred people: the mayor answers alone, without handing anything to themself."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.models import Incarico, Ruolo
from accordo.iter.models import Evento
from questionari import servizi
from questionari.servizi import ricevute
from tests.questionari import fabbriche
from tests.scena import Scena

pytestmark = pytest.mark.django_db


def _url(scena: Scena, nome: str, *args: Any) -> str:
    return reverse(f"questionari:{nome}", args=[scena.accordo.slug, *args])


def test_chi_rappresenta_risponde_da_solo(
    scena: Scena, client: Client, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(ricevute, "stampa_ricevuta", lambda invio: b"%PDF-finta")
    fabbriche.apri(scena)
    Incarico.objects.filter(ente=scena.ente_a, ruolo=Ruolo.REFERENTE).delete()
    client.force_login(scena.rappresentante)
    pagina = client.get(_url(scena, "questionario")).content.decode()
    assert "Rispondo io" in pagina
    assert client.get(_url(scena, "rispondo_io")).status_code == 200
    assert client.post(_url(scena, "rispondo_io")).status_code == 302
    assert client.post(_url(scena, "rispondo_io")).status_code == 409  # a double press
    assert Evento.objects.get(verbo="affida_incarico").dati["ente"] == "Comune di Alfa"
    assert "Inizia a compilare" in client.get(_url(scena, "questionario")).content.decode()
    assert client.get(_url(scena, "sezione", "S1")).status_code == 200
    da_se = fabbriche.compilazione(scena)
    agente = scena.agente(scena.rappresentante)
    servizi.salva_risposte(da_se, {"D05": "La stazione"}, da=agente)
    assert "Convalida e invia</button>" not in client.get(_url(scena, "convalida")).content.decode()
    assert client.post(_url(scena, "convalida")).status_code == 409  # something is missing
    servizi.salva_risposte(da_se, fabbriche.risposte_complete(da_se.questionario.struttura), da=agente)
    assert "Rileggi e invia" in client.get(_url(scena, "questionario")).content.decode()
    riepilogo = client.get(_url(scena, "riepilogo")).content.decode()
    assert "Convalida e invia" in riepilogo
    assert "Invia alla convalida" not in riepilogo
    assert "Convalida e invia</button>" in client.get(_url(scena, "convalida")).content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(_url(scena, "convalida")).status_code == 302
    assert fabbriche.compilazione(scena).stato == "inviata"
    assert [m.subject for m in mail.outbox] == ["Questionario inviato: la ricevuta"]
    verbi = list(Evento.objects.order_by("numero").values_list("verbo", flat=True))
    assert verbi[-2:] == ["invia_alla_convalida", "convalida_e_invia"]


def test_dove_c_e_un_referente_scrive_lui(scena: Scena, client: Client) -> None:
    fabbriche.apri(scena)
    client.force_login(scena.rappresentante)
    assert "Rispondo io" not in client.get(_url(scena, "questionario")).content.decode()
    with pytest.raises(ErroreDominio):
        servizi.rispondo_io(fabbriche.compilazione(scena), da=scena.agente(scena.rappresentante))
    Incarico.objects.filter(ente=scena.ente_a, ruolo=Ruolo.REFERENTE).delete()
    for chi in (scena.rappresentante_altro, scena.coordinatore):
        with pytest.raises(NonAutorizzato):
            servizi.rispondo_io(fabbriche.compilazione(scena), da=scena.agente(chi))


def test_prima_di_cominciare_dice_che_cosa_manca(scena: Scena, client: Client) -> None:
    fabbriche.apri(scena)
    client.force_login(scena.referente)
    pagina = client.get(_url(scena, "invia_alla_convalida")).content.decode()
    assert "Che cosa manca" in pagina
    assert "manca la risposta" in pagina
