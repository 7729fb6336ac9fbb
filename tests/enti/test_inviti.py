"""Invitations: one link, one use, one fortnight; whoever has an account gets the role at once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti import servizi
from accordo.enti.agente import agenti_di
from accordo.enti.models import Incarico, Invito, Ruolo, Utente
from accordo.enti.servizi import DatiIncarico
from tests.fabbriche import EnteFactory, IncaricoFactory, UtenteFactory

pytestmark = pytest.mark.django_db
PASSWORD = "mela-verde-7-colli"


def dati(**altri) -> DatiIncarico:
    base = {"email": "anna.neri@example.invalid", "nome": "Anna", "cognome": "Neri", "ruolo": Ruolo.REFERENTE}
    return DatiIncarico(**{**base, **altri})


def invita(ente=None, **altri):
    return servizi.invita(ente or EnteFactory(), dati(**altri), da=None)


def gettone_dalla_posta(numero: int = -1) -> str:
    trovato = re.search(r"/invito/([\w-]+)/", mail.outbox[numero].body)
    assert trovato
    return trovato.group(1)


@pytest.fixture
def posta(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        yield mail.outbox


def test_dal_messaggio_alle_attivita(client: Client, django_capture_on_commit_callbacks) -> None:
    ente = EnteFactory()
    with django_capture_on_commit_callbacks(execute=True):
        invito = invita(ente)
    assert isinstance(invito, Invito)
    gettone = gettone_dalla_posta()
    assert gettone not in repr(invito.__dict__)
    url = reverse("enti:invito", args=[gettone])
    pagina = client.get(url)
    assert pagina.status_code == 200
    assert "Anna" in pagina.content.decode()
    risposta = client.post(url, {"password1": PASSWORD, "password2": PASSWORD})
    assert risposta["Location"] == "/attivita/"
    anna = Utente.objects.get(email="anna.neri@example.invalid")
    assert anna.check_password(PASSWORD)
    assert [(a.ente, a.ruoli) for a in agenti_di(anna)] == [(ente, {"referente"})]
    invito.refresh_from_db()
    assert invito.accettato_da == anna
    assert Client().get(url).status_code == 410, "the link works once"
    assert (
        Client().post(url, {"password1": "altra-parola-9", "password2": "altra-parola-9"}).status_code == 410
    )


def test_gettone_sbagliato_scaduto_annullato(client: Client, django_capture_on_commit_callbacks) -> None:
    assert client.get(reverse("enti:invito", args=["inventato"])).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        invito = invita()
    url = reverse("enti:invito", args=[gettone_dalla_posta()])
    with orologio.fermo(orologio.adesso() + timedelta(days=15)):
        assert client.get(url).status_code == 410
        with pytest.raises(ErroreDominio):
            servizi.accetta_invito(gettone_dalla_posta(), PASSWORD)
    assert client.get(url).status_code == 200
    servizi.annulla_invito(invito)
    assert client.get(url).status_code == 410
    with pytest.raises(ErroreDominio, match="annullato"):
        servizi.reinvia(invito)


def test_mandato_di_nuovo_vale_solo_l_ultimo(client: Client, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invito = invita()
    primo = gettone_dalla_posta()
    with django_capture_on_commit_callbacks(execute=True):
        servizi.reinvia(invito)
    assert client.get(reverse("enti:invito", args=[primo])).status_code == 410
    assert client.get(reverse("enti:invito", args=[gettone_dalla_posta()])).status_code == 200


@pytest.mark.parametrize("password", ["12345678901", "corta", "password", "anna.neri@example"])
def test_password_debole(client: Client, django_capture_on_commit_callbacks, password: str) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invita()
    url = reverse("enti:invito", args=[gettone_dalla_posta()])
    risposta = client.post(url, {"password1": password, "password2": password})
    assert risposta.status_code == 422
    assert not Utente.objects.exists()
    with pytest.raises(ValidationError):
        servizi.accetta_invito(gettone_dalla_posta(), password)
    assert not Utente.objects.exists()


def test_password_diverse(client: Client, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invita()
    url = reverse("enti:invito", args=[gettone_dalla_posta()])
    risposta = client.post(url, {"password1": PASSWORD, "password2": PASSWORD + "x"})
    assert "sono diverse" in risposta.content.decode()


def test_chi_ha_un_account_riceve_l_incarico_subito(django_capture_on_commit_callbacks) -> None:
    anna = UtenteFactory(email="anna.neri@example.invalid")
    with django_capture_on_commit_callbacks(execute=True):
        esito = invita(email="Anna.Neri@Example.invalid")
    assert isinstance(esito, Incarico)
    assert esito.utente == anna
    assert "Hai un nuovo incarico" in mail.outbox[-1].subject
    assert not Invito.objects.exists()


def test_due_inviti_si_accettano_insieme(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invita()
        invita(ruolo=Ruolo.RAPPRESENTANTE)
    anna = servizi.accetta_invito(gettone_dalla_posta(), PASSWORD)
    assert anna.incarichi.count() == 2
    assert not Invito.objects.aperti().exists()


def test_non_due_volte_lo_stesso(django_capture_on_commit_callbacks) -> None:
    ente = EnteFactory()
    invita(ente)
    with pytest.raises(ErroreDominio, match="già un invito aperto"):
        invita(ente, email="ANNA.neri@example.invalid")
    incarico = IncaricoFactory(ente=ente)
    with pytest.raises(ErroreDominio, match="è già referente"):
        invita(ente, email=incarico.utente.email)


def test_un_incarico_concluso_non_vale_piu_ma_resta(django_capture_on_commit_callbacks) -> None:
    oggi = IncaricoFactory(dal=orologio.oggi())
    for incarico in (oggi, IncaricoFactory()):
        servizi.concludi_incarico(incarico)
        incarico.refresh_from_db()
        assert incarico.al == orologio.oggi()
        assert agenti_di(incarico.utente) == []
        with pytest.raises(ErroreDominio, match="già concluso"):
            servizi.concludi_incarico(incarico)
    servizi.affida(oggi.utente, oggi.ente, oggi.ruolo)
    assert Incarico.objects.filter(utente=oggi.utente).count() == 2


def test_chi_coordina_da_solo_non_si_toglie() -> None:
    solo = IncaricoFactory(ruolo=Ruolo.COORDINATORE)
    with pytest.raises(ErroreDominio, match="unica persona che coordina"):
        servizi.concludi_incarico(solo)
    IncaricoFactory(ruolo=Ruolo.COORDINATORE, ente=solo.ente)
    servizi.concludi_incarico(solo)


def test_incarico_dal_al() -> None:
    oggi = orologio.oggi()
    futuro = IncaricoFactory(dal=oggi + timedelta(days=3))
    passato = IncaricoFactory(al=oggi - timedelta(days=1))
    ultimo_giorno = IncaricoFactory(al=oggi)
    assert set(Incarico.objects.in_corso()) == {ultimo_giorno}
    assert {futuro, passato} <= set(Incarico.objects.in_corso(oggi + timedelta(days=3))) | {passato}


def test_un_incarico_che_comincera_non_ferma_l_invito(django_capture_on_commit_callbacks) -> None:
    ente = EnteFactory()
    with django_capture_on_commit_callbacks(execute=True):
        invita(ente)
    anna = UtenteFactory(email="anna.neri@example.invalid")
    servizi.affida(anna, ente, Ruolo.REFERENTE, dal=orologio.oggi() + timedelta(days=9))
    assert servizi.accetta_invito(gettone_dalla_posta(), "") == anna
    assert anna.incarichi.count() == 1


def test_chi_ha_gia_l_account_conferma_e_poi_entra(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invita()
    UtenteFactory(email="anna.neri@example.invalid")
    url = reverse("enti:invito", args=[gettone_dalla_posta()])
    assert "hai già un account" in client.get(url).content.decode()
    assert client.post(url)["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session, "the link alone does not log in"
