"""The points: given by each body, or for it; summed, agreed, kept beside each finding."""

import pytest
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.models import Incarico
from accordo.rilievi.models import Rilievo
from focusgroup import interrogazioni, servizi
from focusgroup.models import Priorita
from tests.fabbriche import EnteFactory, PartecipazioneFactory
from tests.focusgroup import mani
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def da(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def rilievi(scena):
    return [
        RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=n, tipo=tipo)
        for n, tipo in enumerate(("criticita", "proposta", "forza"), start=1)
    ]


@pytest.fixture
def priorita(scena, rilievi, da) -> Priorita:
    return servizi.apri_priorita(mani.convocata(scena), 5, da=da)


def test_si_danno_si_sommano_si_concordano(scena, rilievi, priorita, da):
    luce, canale, _ = rilievi
    servizi.dai_punti(
        priorita, scena.ente_a, {luce.pk: 2, canale.pk: 3}, da=scena.agente(scena.rappresentante)
    )
    servizi.dai_punti(priorita, scena.ente_b, {luce.pk: 4}, da=da)  # on what was said in the room
    assert [(v.rilievo.pk, v.punti, v.enti) for v in interrogazioni.classifica(priorita)] == [
        (luce.pk, 6, 2),
        (canale.pk, 3, 1),
    ]
    servizi.concorda(priorita, "Prima la luce attorno alle stazioni.", da=da)
    luce.refresh_from_db()
    assert luce.priorita == 6
    concordata = luce.concordate.get()
    assert (concordata.posto, concordata.su, concordata.nota) == (
        1,
        2,
        "Prima la luce attorno alle stazioni.",
    )
    contenuto = servizi.contenuto_verbale(priorita.riunione)
    assert contenuto["priorita"]["rilievi"][0]["punti"] == 6
    with pytest.raises(ErroreDominio, match="già concordata"):
        servizi.dai_punti(priorita, scena.ente_a, {}, da=da)
    servizi.riapri_priorita(priorita, motivazione="Un ente ha cambiato idea.", da=da)
    servizi.dai_punti(priorita, scena.ente_a, {luce.pk: 1}, da=da)
    assert luce.concordate.count() == 1


def test_l_ultima_parola_dell_ente_vale(scena, rilievi, priorita, da):
    luce, canale, _ = rilievi
    servizi.dai_punti(priorita, scena.ente_a, {luce.pk: 5}, da=scena.agente(scena.referente))
    servizi.dai_punti(priorita, scena.ente_a, {canale.pk: 1}, da=scena.agente(scena.rappresentante))
    assert interrogazioni.dati_da(priorita) == {scena.ente_a.pk: 1}


def test_che_cosa_non_si_puo(scena, rilievi, priorita, da):
    luce, _, forza = rilievi
    mio = scena.agente(scena.rappresentante)
    with pytest.raises(ErroreDominio, match="ne sono stati dati 6"):
        servizi.dai_punti(priorita, scena.ente_a, {luce.pk: 6}, da=mio)
    with pytest.raises(ErroreDominio, match="da zero in su"):
        servizi.dai_punti(priorita, scena.ente_a, {luce.pk: -1}, da=mio)
    with pytest.raises(ErroreDominio, match="non è più in discussione"):
        servizi.dai_punti(priorita, scena.ente_a, {forza.pk: 1}, da=mio)
    with pytest.raises(NonAutorizzato):
        servizi.dai_punti(priorita, scena.ente_b, {luce.pk: 1}, da=mio)
    with pytest.raises(ErroreDominio, match="non è fra gli enti"):
        servizi.dai_punti(priorita, scena.ente_osservatore, {luce.pk: 1}, da=da)
    with pytest.raises(ErroreDominio, match="Nessun ente"):
        servizi.concorda(priorita, "Niente.", da=da)
    with pytest.raises(ErroreDominio, match="da 1 a"):
        servizi.apri_priorita(priorita.riunione, 0, da=da)
    servizi.dai_punti(priorita, scena.ente_a, {luce.pk: 5}, da=mio)
    with pytest.raises(ErroreDominio, match="più di 3 punti"):
        servizi.apri_priorita(priorita.riunione, 3, da=da)


def test_in_due_la_concordano_una_volta_sola(scena, rilievi, priorita, da):
    servizi.dai_punti(priorita, scena.ente_a, {rilievi[0].pk: 5}, da=da)
    insieme = Priorita.objects.select_related("riunione__accordo").get(pk=priorita.pk)
    servizi.concorda(priorita, "Così.", da=da)
    with pytest.raises(StatoCambiato):
        servizi.concorda(insieme, "Cosà.", da=da)
    assert rilievi[0].concordate.get().nota == "Così."


def test_se_l_ordine_del_giorno_li_nomina_valgono_quelli(scena, rilievi, priorita, da):
    luce, canale, _ = rilievi
    priorita.riunione.punti.first().rilievi.add(canale)
    assert list(interrogazioni.in_discussione(priorita.riunione)) == [canale]
    servizi.dai_punti(priorita, scena.ente_a, {canale.pk: 1}, da=da)
    Rilievo.objects.filter(pk=canale.pk).update(stato="scartato")
    assert canale.pk in {v.rilievo.pk for v in interrogazioni.classifica(priorita)}


def test_dal_browser(scena, rilievi, client):
    riunione = mani.convocata(scena)
    pagina = riunione.url("priorita")
    client.force_login(scena.rappresentante)
    assert client.get(pagina).status_code == 404
    client.force_login(scena.coordinatore)
    assert client.post(pagina, {"punti_per_ente": 3}).status_code == 302
    mio = reverse("focusgroup:punti_ente", args=["prova", riunione.pk, "comune-alfa"])
    client.force_login(scena.rappresentante)
    assert client.get(pagina).status_code == 200
    troppi = client.post(mio, {f"punti_{rilievi[0].pk}": 2, f"punti_{rilievi[1].pk}": 2})
    assert troppi.status_code == 422
    assert "togline 1" in troppi.content.decode()
    assert client.post(mio, {f"punti_{rilievi[0].pk}": 3}).status_code == 302
    altrui = reverse("focusgroup:punti_ente", args=["prova", riunione.pk, "comune-beta"])
    assert client.get(altrui).status_code == 404
    Incarico.objects.filter(utente=scena.rappresentante).delete()
    assert client.post(mio, {}).status_code == 404  # who has lost the role gives no points
    client.force_login(scena.coordinatore)
    assert client.get(altrui).status_code == 200
    concorda = riunione.url("concorda")
    assert client.post(concorda, {"nota": ""}).status_code == 422
    assert client.post(concorda, {"nota": "Prima la luce."}).status_code == 302
    assert "Prima la luce." in client.get(pagina).content.decode()
    assert client.post(riunione.url("riapri_priorita"), {"motivazione": "Un altro giro."}).status_code == 302


@pytest.mark.parametrize("quanti", [1, 3])
def test_query_costanti(scena, client, da, django_assert_num_queries, quanti):
    for _ in range(quanti):
        PartecipazioneFactory(accordo=scena.accordo, ente=EnteFactory(ambito=scena.ambito))
        RilievoFactory(accordo=scena.accordo, ambito=scena.ambito)
    priorita = servizi.apri_priorita(mani.convocata(scena), 5, da=da)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(10):
        assert client.get(priorita.riunione.url("priorita")).status_code == 200
