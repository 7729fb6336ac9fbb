"""Findings that say the same: found, merged without losing anything, parted again; and evidence with the way to it."""

import pytest
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.rilievi import interrogazioni, servizi
from accordo.rilievi.models import Fonte, GenereFonte, PrioritaConcordata, Rilievo
from accordo.rilievi.servizi import DatiFonte
from tests.fabbriche import AmbitoFactory
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def da(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def due(scena, da):
    def scrivi(testo, fonte):
        return servizi.crea_rilievo(
            scena.accordo,
            ambito=scena.ambito,
            tipo="criticita",
            testo=testo,
            obiettivi=["1"],
            fonti=[DatiFonte(GenereFonte.ALTRO, fonte)],
            da=da,
        )

    return scrivi("Attorno alle stazioni manca la luce.", "Prima fonte"), scrivi(
        "Manca la luce attorno alle stazioni.", "Seconda fonte"
    )


def test_si_trovano_i_simili(scena, due):
    primo, secondo = due
    RilievoFactory(
        accordo=scena.accordo, numero=7, ambito=scena.ambito, testo="Le truffe agli anziani crescono."
    )
    altrove = AmbitoFactory()
    RilievoFactory(accordo=scena.accordo, numero=8, ambito=altrove, testo=primo.testo)
    assert [s.rilievo for s in interrogazioni.simili(primo)] == [secondo]
    [coppia] = interrogazioni.doppioni(scena.accordo.pk, scena.ambito.pk, "criticita")
    assert (coppia.primo, coppia.secondo, coppia.quanto) == (primo, secondo, 100)


def test_unire_tiene_le_fonti_di_tutti_e_due(scena, due, da, client):
    primo, secondo = due
    servizi.unisci_rilievi(secondo, primo, da=da)
    assert (secondo.stato, secondo.unito_a) == ("unito", primo)
    assert Fonte.objects.count() == 2
    client.force_login(scena.coordinatore)
    pagina = client.get(primo.get_absolute_url()).content.decode()
    assert "Prima fonte" in pagina
    assert "Seconda fonte" in pagina
    assert "Fonte del rilievo 2, unito a questo" in pagina
    rimando = client.get(secondo.get_absolute_url()).content.decode()
    assert primo.get_absolute_url() in rimando
    assert "unito al rilievo 1" in rimando


def test_anche_chi_e_unito_a_un_unito(scena, due, da):
    primo, secondo = due
    terzo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=3)
    servizi.unisci_rilievi(terzo, secondo, da=da)
    servizi.unisci_rilievi(Rilievo.objects.get(pk=secondo.pk), primo, da=da)
    assert interrogazioni.famiglia(primo) == [primo, secondo, terzo]
    with pytest.raises(ErroreDominio) as rifiuto:
        servizi.muovi_rilievo(Rilievo.objects.get(pk=primo.pk), "scarta", da=da, motivazione="No.")
    assert "separalo" in rifiuto.value.mancanze[0].testo


def test_separare_torna_indietro_con_un_motivo(due, da):
    primo, secondo = due
    servizi.unisci_rilievi(secondo, primo, da=da)
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.separa_rilievo(secondo, da=da, motivazione="")
    servizi.separa_rilievo(secondo, da=da, motivazione="Parlano di due stazioni.")
    fresco = Rilievo.objects.get(pk=secondo.pk)
    assert (fresco.stato, fresco.unito_a) == ("proposto", None)
    assert interrogazioni.famiglia(primo) == [primo]


def test_che_cosa_non_si_unisce(scena, due, da):
    primo, secondo = due
    altrove = RilievoFactory(accordo=scena.accordo, ambito=AmbitoFactory(), numero=8)
    forza = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, tipo="forza", numero=9)
    for meta, parole in ((primo, "se stesso"), (altrove, "stesso ambito"), (forza, "stesso tipo")):
        with pytest.raises(ErroreDominio, match=parole):
            servizi.unisci_rilievi(primo, meta, da=da)
    servizi.muovi_rilievo(secondo, "scarta", da=da, motivazione="No.")
    with pytest.raises(ErroreDominio, match="vale ancora"):
        servizi.unisci_rilievi(primo, secondo, da=da)
    with pytest.raises(NonAutorizzato):
        servizi.unisci_rilievi(primo, secondo, da=scena.agente(scena.rappresentante))


def test_due_uniscono_insieme_uno_arriva_dopo(due, da):
    primo, secondo = due
    vecchio = Rilievo.objects.get(pk=secondo.pk)
    servizi.unisci_rilievi(secondo, primo, da=da)
    with pytest.raises(StatoCambiato):
        servizi.unisci_rilievi(vecchio, primo, da=da)
    with pytest.raises(ErroreDominio):  # nor crosswise, into what was just merged away
        servizi.unisci_rilievi(primo, secondo, da=da)


def test_unire_dal_browser(scena, due, client):
    primo, secondo = due
    client.force_login(scena.coordinatore)
    Rilievo.objects.update(tipo="proposta")
    prima = client.get(reverse("rilievi:doppioni", args=["prova"]))
    doppioni = prima.content.decode()
    assert (prima.context["gruppo"].tipo, prima.context["form"]["tipo"].value()) == (
        "proposta",
        "proposta",
    ), "it opens where the findings are, and the form says so"
    indirizzo = reverse("rilievi:unisci", args=["prova", 2])
    assert f"{indirizzo}?a=1" in doppioni
    assert client.post(indirizzo).status_code == 422
    assert client.post(indirizzo, {"altro": "99"}).status_code == 422
    assert client.post(indirizzo, {"a": "1"}).status_code == 302
    assert Rilievo.objects.get(pk=secondo.pk).unito_a == primo
    separa = reverse("rilievi:passo", args=["prova", 2, "separa"])
    assert client.post(separa, {"motivazione": "Erano due cose."}).status_code == 302
    assert Rilievo.objects.get(pk=secondo.pk).unito_a is None


def test_pagina_query_costanti(scena, da, client, django_assert_num_queries):
    primo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=1)

    def aggiungi(quanti):
        for n in range(quanti):
            altro = RilievoFactory(
                accordo=scena.accordo, ambito=scena.ambito, numero=Rilievo.objects.count() + 1
            )
            servizi.aggiungi_fonte(altro, DatiFonte(GenereFonte.RIUNIONE, "Detto", str(n)), da=da)
            servizi.aggiungi_fonte(altro, DatiFonte(GenereFonte.DOMANDA, "Dato", f"D{n}"), da=da)
            servizi.unisci_rilievi(altro, primo, da=da)

    client.force_login(scena.coordinatore)
    aggiungi(1)
    with django_assert_num_queries(19):
        assert client.get(primo.get_absolute_url()).status_code == 200
    aggiungi(3)
    with django_assert_num_queries(19):
        assert client.get(primo.get_absolute_url()).status_code == 200


def test_due_riformulano_insieme_si_vedono_i_due_testi(scena, due, da, client):
    primo, _ = due
    dati = {"tipo": "criticita", "ambito": scena.ambito.pk, "obiettivi": [scena.accordo.obiettivi.first().pk]}
    client.force_login(scena.coordinatore)
    indirizzo = reverse("rilievi:modifica", args=["prova", 1])
    assert client.post(indirizzo, dati | {"testo": "Il primo scrive.", "vista": "0"}).status_code == 302
    risposta = client.post(indirizzo, dati | {"testo": "Il secondo scrive.", "vista": "0"})
    assert risposta.status_code == 409
    pagina = risposta.content.decode()
    assert "Il primo scrive." in pagina
    assert "Il secondo scrive." in pagina
    assert Rilievo.objects.get(pk=primo.pk).testo == "Il primo scrive."
    campi = risposta.context["form"]["vista"].value()
    assert client.post(indirizzo, dati | {"testo": "Insieme.", "vista": campi}).status_code == 302
    storia = client.get(primo.get_absolute_url()).content.decode()
    assert storia.count("inizio parole aggiunte") == 2


def test_fonte_ritirata_con_un_motivo(scena, due, da, client):
    primo, _ = due
    fonte = primo.fonti.get()
    client.force_login(scena.coordinatore)
    indirizzo = reverse("rilievi:ritira_fonte", args=["prova", 1, fonte.pk])
    assert client.post(indirizzo, {"motivazione": ""}).status_code == 422
    assert client.post(indirizzo, {"motivazione": "Era di un altro ente."}).status_code == 302
    assert client.post(indirizzo, {"motivazione": "Due volte."}).status_code == 404
    assert not interrogazioni.fonti([primo]).exists()
    assert Fonte.objects.filter(pk=fonte.pk).exists()


def test_priorita_concordata(scena, due, da, client):
    primo, secondo = due
    terzo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=3)
    punteggi = [servizi.Punteggio(r.pk, punti, 1) for r, punti in ((primo, 3), (secondo, 5), (terzo, 3))]
    servizi.concorda_priorita(
        scena.accordo, punteggi, riferimento="1", titolo="Focus group", nota="Prima la luce.", da=da
    )
    assert list(PrioritaConcordata.objects.order_by("rilievo__numero").values_list("posto", "su")) == [
        (2, 3),
        (1, 3),
        (2, 3),
    ]
    client.force_login(scena.referente)
    assert "posto 1 su 3" in client.get(secondo.get_absolute_url()).content.decode()
    with pytest.raises(NonAutorizzato):
        servizi.concorda_priorita(
            scena.accordo, [], riferimento="1", titolo="x", da=scena.agente(scena.referente)
        )
