"""The private calendar: whose it is, what it shows and hides, when it stops."""

from datetime import timedelta

import pytest
import vobject
from django.urls import reverse
from icalendar import Calendar

from accordo.base import orologio
from accordo.enti.models import Incarico, Ruolo
from focusgroup import indirizzo, servizi
from focusgroup.models import Riunione
from tests.fabbriche import EnteFactory, IncaricoFactory, PartecipazioneFactory
from tests.matrice import focusgroup_date

pytestmark = pytest.mark.django_db


def url_di(utente) -> str:
    return reverse("focusgroup:agenda", args=[indirizzo.gettone(servizi.rinnova_indirizzo(utente))])


def titoli(client, url) -> list[str]:
    return [str(v["summary"]) for v in Calendar.from_ical(client.get(url).content).walk("VEVENT")]


@pytest.fixture
def convocata(scena, riunione, coordina):
    servizi.fissa_riunione(
        riunione, inizio=orologio.adesso() + timedelta(days=9), luogo="Città di Lucca", da=coordina
    )
    servizi.convoca_riunione(riunione, da=coordina)
    scena.scadenza("focus_group", orologio.oggi() + timedelta(days=20))
    return riunione


def test_riunioni_e_scadenze_di_chi_guarda(scena, convocata, client):
    scadenza = "Scadenza: Focus group con i Comuni"
    for chi in ("referente", "rappresentante_altro", "coordinatore"):
        trovati = titoli(client, url_di(scena.persona(chi)))
        assert trovati[0] == "Focus group: Piana di Lucca"
        assert any(t.startswith("Scadenza: ") for t in trovati), scadenza
    assert "Focus group: Piana di Lucca" not in titoli(client, url_di(scena.osservatore))
    assert titoli(client, url_di(scena.coordinatore_altro)) == []


def test_la_voce_e_la_stessa_dell_invito(scena, convocata, client):
    testo = client.get(url_di(scena.referente)).content.decode()
    prima = vobject.readOne(testo).vevent
    assert prima.uid.value == f"{convocata.uid}@accordo"
    assert prima.dtstart.value == convocata.inizio.replace(microsecond=0)


def test_niente_nomi_ne_indirizzi_di_altri(scena, convocata, client):
    mia = convocata.convocazioni.get(ente=scena.ente_b)
    servizi.rispondi_convocazione(
        mia, "accettata", partecipante="Zelinda Segreta", da=scena.agente(scena.rappresentante_altro)
    )
    testo = client.get(url_di(scena.referente)).content.decode()
    for parola in ("Zelinda", "ATTENDEE", "ORGANIZER", "@example.invalid"):
        assert parola not in testo


def test_spostata_e_annullata_si_vedono(scena, convocata, coordina, client):
    url = url_di(scena.referente)
    servizi.fissa_riunione(
        convocata,
        inizio=convocata.inizio + timedelta(days=1),
        luogo="Altrove",
        motivazione="La sala.",
        da=coordina,
    )
    [voce, *_] = Calendar.from_ical(client.get(url).content).walk("VEVENT")
    assert (voce["sequence"], voce["status"]) == (1, "CONFIRMED")
    servizi.muovi_riunione(convocata, "annulla", motivazione="Neve.", da=coordina)
    [voce, *_] = Calendar.from_ical(client.get(url).content).walk("VEVENT")
    assert (voce["sequence"], voce["status"]) == (2, "CANCELLED")


def test_il_termine_di_un_sondaggio(scena, coordina, client):
    focusgroup_date.aperto(scena)
    assert titoli(client, url_di(scena.referente)) == [
        "Termine: di' quando puoi. Focus group: Piana di Lucca"
    ]


def test_non_cambia_304_cambia_200(scena, convocata, coordina, client):
    url = url_di(scena.referente)
    prima = client.get(url)
    assert client.get(url).content == prima.content
    assert client.get(url, headers={"if-none-match": prima["ETag"]}).status_code == 304
    assert client.get(url, headers={"if-modified-since": prima["Last-Modified"]}).status_code == 304
    with orologio.fermo(orologio.adesso() + timedelta(hours=1)):
        servizi.fissa_riunione(
            convocata, inizio=convocata.inizio, luogo="Altrove", motivazione="La sala.", da=coordina
        )
        assert client.get(url, headers={"if-none-match": prima["ETag"]}).status_code == 200
        assert client.get(url, headers={"if-modified-since": prima["Last-Modified"]}).status_code == 200


def test_rinnovato_quello_di_prima_non_funziona(scena, convocata, client):
    vecchio = url_di(scena.referente)
    nuovo = url_di(scena.referente)
    assert client.get(vecchio).status_code == 404
    assert client.get(nuovo).status_code == 200


def test_finito_l_incarico_l_indirizzo_tace(scena, convocata, client):
    url = url_di(scena.referente)
    Incarico.objects.filter(utente=scena.referente).update(concluso_il=orologio.adesso())
    assert client.get(url).status_code == 404
    url = url_di(scena.rappresentante)
    scena.rappresentante.is_active = False
    scena.rappresentante.save()
    assert client.get(url).status_code == 404


def test_chi_indovina_non_arriva_al_database(scena, convocata, client, django_assert_num_queries):
    buono = url_di(scena.referente)
    seme, _, _ = buono.removeprefix("/calendario/").removesuffix(".ics").rpartition(".")
    with django_assert_num_queries(0):
        for gettone in (f"{seme}.{'0' * 32}", f"{seme}.", f".{seme}", "x", "x.y", f"{seme}.à"):
            assert client.get(reverse("focusgroup:agenda", args=[gettone])).status_code == 404


def test_le_chiavi_di_prima_valgono_ancora(scena, convocata, client, settings):
    url = url_di(scena.referente)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "un'altra chiave, lunga abbastanza per firmare"
    assert client.get(url).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(url).status_code == 404


def test_la_pagina_mostra_l_indirizzo_solo_a_chi_e_suo(scena, convocata, client):
    pagina = reverse("focusgroup:mio_calendario")
    client.force_login(scena.referente)
    assert "Crea l’indirizzo" in client.get(pagina).content.decode()
    assert client.post(reverse("focusgroup:rinnova_calendario")).status_code == 302
    risposta = client.get(pagina)
    assert "/calendario/" in risposta.content.decode()
    assert risposta["Cache-Control"] == "no-store"
    client.force_login(scena.rappresentante)
    assert "Crea l’indirizzo" in client.get(pagina).content.decode()


@pytest.mark.parametrize("quante", [1, 3])
def test_query_costanti(scena, coordina, client, django_assert_num_queries, quante):
    for n in range(quante):
        ente = EnteFactory()
        PartecipazioneFactory(accordo=scena.accordo, ente=ente)
        IncaricoFactory(utente=scena.referente, ente=ente, ruolo=Ruolo.RAPPRESENTANTE)
        riunione = servizi.prepara_riunione(scena.accordo, ente.ambito, da=coordina)
        servizi.fissa_riunione(
            riunione, inizio=orologio.adesso() + timedelta(days=n + 2), luogo="Lucca", da=coordina
        )
        servizi.convoca_riunione(riunione, da=coordina)
    url = url_di(scena.referente)
    client.get(url)
    with django_assert_num_queries(6):
        assert len(titoli(client, url)) == quante
    assert Riunione.objects.count() == quante
