"""Logging in: by e-mail, no sign-up, a lockout, the demo's people only in development; choosing the body to act for."""

import json

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accordo.enti.models import Ruolo
from tests.fabbriche import EnteFactory, IncaricoFactory, UtenteFactory

pytestmark = pytest.mark.django_db
PASSWORD = "una-parola-lunga-9"


@pytest.fixture(autouse=True)
def _tentativi_da_capo():
    cache.clear()


def entra(client: Client, utente, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": utente.email, "password": password})


def test_si_entra_con_l_indirizzo_e_si_arriva_alle_attivita(client: Client) -> None:
    risposta = entra(client, UtenteFactory())
    assert (risposta.status_code, risposta["Location"]) == (302, "/attivita/")


def test_password_sbagliata(client: Client) -> None:
    risposta = entra(client, UtenteFactory(), "sbagliata")
    assert risposta.status_code == 200
    assert 'role="alert"' in risposta.content.decode()


def test_dopo_troppi_errori_si_aspetta(client: Client) -> None:
    utente = UtenteFactory()
    for _ in range(6):
        entra(client, utente, "sbagliata")
    risposta = entra(client, utente)
    assert risposta.status_code != 302, "the right password does not get in during the lockout"
    assert "_auth_user_id" not in client.session


def test_non_ci_si_iscrive(client: Client) -> None:
    pagina = client.get(reverse("account_signup"))
    assert "Si entra su invito" in pagina.content.decode()
    client.post(
        reverse("account_signup"),
        {"email": "x@example.invalid", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not type(UtenteFactory.build()).objects.exists()


def test_le_persone_inventate_entrano_solo_in_sviluppo(client: Client, settings) -> None:
    utente = UtenteFactory(dimostrativo=True)
    settings.DEBUG = False
    assert entra(client, utente)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    settings.DEBUG = True
    assert entra(client, utente)["Location"] == "/attivita/"
    assert client.get(reverse("enti:profilo")).status_code == 200
    settings.DEBUG = False
    assert client.get(reverse("enti:profilo")).status_code == 302, "an open session ends too"


def test_gli_account_di_prova_sono_elencati_solo_in_sviluppo(client: Client, settings) -> None:
    settings.DEMO_ACCOUNTS = ("elena@example.invalid", "vera@example.invalid", "manca@example.invalid")
    IncaricoFactory(utente=UtenteFactory(dimostrativo=True, email="elena@example.invalid"))
    IncaricoFactory(utente=UtenteFactory(email="vera@example.invalid"))
    settings.DEBUG = True
    pagina = client.get(reverse("account_login")).content.decode()
    assert "elena@example.invalid" in pagina
    assert "vera@example.invalid" not in pagina
    settings.DEBUG = False
    assert "elena@example.invalid" not in client.get(reverse("account_login")).content.decode()


def test_password_dimenticata(client: Client) -> None:
    utente = UtenteFactory()
    risposta = client.post(reverse("account_reset_password"), {"email": utente.email}, follow=True)
    assert "Controlla la posta" in risposta.content.decode()
    collegamento = next(riga for riga in mail.outbox[0].body.split() if "/conto/password/reset/key/" in riga)
    pagina = client.get(collegamento.split("testserver", 1)[1], follow=True)
    assert "Scegli una nuova password" in pagina.content.decode()
    nuova = "tre-cipressi-a-colle-9"
    client.post(pagina.redirect_chain[-1][0], {"password1": nuova, "password2": nuova})
    assert entra(client, utente, nuova).status_code == 302


def test_chi_non_esiste_non_si_scopre(client: Client) -> None:
    risposta = client.post(
        reverse("account_reset_password"), {"email": "nessuno@example.invalid"}, follow=True
    )
    assert "Controlla la posta" in risposta.content.decode()


@pytest.mark.parametrize("nome", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_le_pagine_dell_accesso_hanno_il_nostro_scheletro(client: Client, nome: str) -> None:
    pagina = client.get(reverse(nome)).content.decode()
    assert pagina.count("<h1>") == 1
    assert 'id="contenuto"' in pagina


@pytest.mark.parametrize(
    "nome", ["account_change_password", "account_logout", "mfa_index", "mfa_activate_totp"]
)
def test_le_pagine_del_conto_hanno_il_nostro_scheletro(client: Client, nome: str) -> None:
    entra(client, UtenteFactory())
    risposta = client.get(reverse(nome), follow=True)
    pagina = risposta.content.decode()
    assert risposta.status_code == 200
    assert pagina.count("<h1>") == 1
    assert 'id="contenuto"' in pagina


# ---------------------------------------------------------------------------------------------- acting for a body


def test_cambia_ente_e_la_scelta_resta(client: Client) -> None:
    utente = UtenteFactory()
    primo, secondo = (
        EnteFactory(denominazione="Comune di Abete"),
        EnteFactory(denominazione="Comune di Zolfo"),
    )
    for ente in (primo, secondo):
        IncaricoFactory(utente=utente, ente=ente)
    client.force_login(utente)
    assert client.get(reverse("enti:profilo")).wsgi_request.agente.ente == primo
    risposta = client.post(reverse("enti:cambia_ente"), {"ente": secondo.codice, "next": "/profilo/"})
    assert risposta["Location"] == "/profilo/"
    pagina = client.get(reverse("enti:profilo"))
    assert pagina.wsgi_request.agente.ente == secondo
    assert "Comune di Zolfo" in pagina.content.decode()
    assert client.post(reverse("enti:cambia_ente"), {"ente": str(primo.pk)}).status_code == 302
    assert client.get(reverse("enti:profilo")).wsgi_request.agente.ente == primo


def test_non_si_agisce_per_l_ente_di_un_altro(client: Client) -> None:
    client.force_login(IncaricoFactory().utente)
    assert client.post(reverse("enti:cambia_ente"), {"ente": EnteFactory().codice}).status_code == 404


def test_il_ritorno_non_porta_fuori(client: Client) -> None:
    incarico = IncaricoFactory()
    client.force_login(incarico.utente)
    risposta = client.post(
        reverse("enti:cambia_ente"), {"ente": incarico.ente.codice, "next": "https://altrove.invalid/"}
    )
    assert risposta["Location"] == "/attivita/"


# ---------------------------------------------------------------------------------------------- profile


def test_profilo_e_dati_da_portare_via(client: Client) -> None:
    incarico = IncaricoFactory(ruolo=Ruolo.RAPPRESENTANTE, atto_delega="Decreto n. 1")
    client.force_login(incarico.utente)
    url = reverse("enti:profilo")
    dati = {"nome": "Rosa", "cognome": "Bini", "codice_fiscale": "bnirso80a41e715x"}
    assert client.post(url, dati).status_code == 302
    incarico.utente.refresh_from_db()
    assert (incarico.utente.nome, incarico.utente.codice_fiscale) == ("Rosa", "BNIRSO80A41E715X")
    assert client.post(url, {**dati, "codice_fiscale": "corto"}).status_code == 422
    miei = json.loads(client.get(reverse("iter:miei_dati")).content)
    assert miei["persona"]["email"] == incarico.utente.email
    assert miei["incarichi"][0]["atto_delega"] == "Decreto n. 1"


@pytest.mark.parametrize("quanti", [1, 3])
def test_profilo_query_costanti(client: Client, django_assert_num_queries, quanti: int) -> None:
    utente = UtenteFactory()
    IncaricoFactory.create_batch(quanti, utente=utente)
    client.force_login(utente)
    client.get(reverse("enti:profilo"))
    with django_assert_num_queries(4):
        client.get(reverse("enti:profilo"))


def test_l_indirizzo_non_si_cambia_da_soli(client: Client) -> None:
    utente = UtenteFactory()
    client.force_login(utente)
    assert (
        client.post("/conto/email/", {"email": "altra@example.invalid", "action_add": ""})["Location"]
        == "/profilo/"
    )
    assert not mail.outbox
