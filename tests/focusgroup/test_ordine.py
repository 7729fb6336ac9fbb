"""The agenda built from what is open, changed and put in order; and the dossier made with it."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from focusgroup import servizi
from focusgroup.dossier import dossier
from tests.focusgroup import mani
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def da(scena):
    return scena.agente(scena.coordinatore)


@pytest.fixture
def riunione(scena):
    return mani.convocata(scena)


def _titoli(riunione):
    return [p.titolo for p in riunione.punti.order_by("ordine")]


def test_da_quello_che_e_aperto(scena, riunione, da):
    forza = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, tipo="forza")
    luce = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, obiettivi=["3.2", "4"])
    RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="scartato")
    RilievoFactory(accordo=scena.accordo)
    servizi.proponi_ordine_del_giorno(riunione, da=da)
    assert _titoli(riunione) == [
        "Gli esiti del questionario in questo ambito",
        "I punti di forza da cui partire",
        "Criticità e proposte. Integrare le competenze, gli approcci, le risorse",
        "Altre proposte, e quali vengono prima",
    ]
    punti = list(riunione.punti.order_by("ordine"))
    assert list(punti[1].rilievi.all()) == [forza]
    assert list(punti[2].rilievi.all()) == [luce]
    nuovo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, obiettivi=["1"])
    servizi.scrivi_verbale(riunione, {punti[0].pk: ("Già scritto.", 0)}, da=da)
    servizi.proponi_ordine_del_giorno(riunione, da=da)
    assert riunione.punti.get(pk=punti[0].pk).verbale == "Già scritto."
    assert list(riunione.punti.get(rilievi=nuovo).rilievi.all()) == [nuovo]
    assert riunione.punti.filter(rilievi=luce).count() == 1


def test_su_giu_togli_modifica(scena, riunione, da):
    primo, secondo, *_ = riunione.punti.order_by("ordine")
    servizi.sposta_punto(secondo, -1, da=da)
    assert _titoli(riunione)[:2] == [secondo.titolo, primo.titolo]
    servizi.sposta_punto(secondo, -1, da=da)
    assert _titoli(riunione)[0] == secondo.titolo
    rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito)
    servizi.modifica_punto(primo, titolo="Detto meglio", nota="Perché.", rilievi=[rilievo], da=da)
    with pytest.raises(ErroreDominio, match="altro accordo"):
        servizi.modifica_punto(primo, titolo="x", rilievi=[RilievoFactory()], da=da)
    servizi.togli_punto(secondo, da=da)
    assert _titoli(riunione)[0] == "Detto meglio"
    with pytest.raises(StatoCambiato):
        servizi.togli_punto(secondo, da=da)
    servizi.scrivi_verbale(riunione, {primo.pk: ("Già scritto.", 0)}, da=da)
    with pytest.raises(ErroreDominio, match="ha già un verbale"):
        servizi.togli_punto(primo, da=da)
    with pytest.raises(NonAutorizzato):
        servizi.aggiungi_punto(riunione, "x", da=scena.agente(scena.referente))


def test_dal_browser(scena, riunione, client):
    client.force_login(scena.coordinatore)
    assert client.post(riunione.url("ordine"), {"titolo": ""}).status_code == 422
    assert client.post(riunione.url("ordine"), {"titolo": "Un punto in più"}).status_code == 302
    punto = riunione.punti.get(titolo="Un punto in più")

    def pagina(nome):
        return reverse(f"focusgroup:{nome}", args=["prova", riunione.pk, punto.pk])

    assert client.post(pagina("ordine_sposta"), {"verso": "su"}).status_code == 302
    assert client.get(pagina("ordine_punto")).status_code == 200
    assert client.post(pagina("ordine_togli")).status_code == 302
    assert client.post(reverse("focusgroup:ordine_proponi", args=["prova", riunione.pk])).status_code == 302


def test_query_costanti(scena, riunione, da, client, django_assert_num_queries):
    client.force_login(scena.coordinatore)
    for quanti in (1, 3):
        for n in range(quanti):
            punto = servizi.aggiungi_punto(riunione, f"Punto {quanti}.{n}", da=da)
            punto.rilievi.add(RilievoFactory(accordo=scena.accordo, ambito=scena.ambito))
        with django_assert_num_queries(8):
            assert client.get(riunione.url("ordine")).status_code == 200


def test_fascicolo(scena, riunione, da, client, stampa_vera):
    rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, testo="Manca la luce alla stazione.")
    rilievo.fonti.create(genere="altro", testo="Relazione del 2025")
    servizi.proponi_ordine_del_giorno(riunione, da=da)
    testo = "".join(p.extract_text() for p in PdfReader(BytesIO(dossier(riunione))).pages)
    assert "Manca la luce alla stazione." in testo
    assert "Relazione del 2025" in testo
    assert "Comune di Beta" in testo
    client.force_login(scena.referente)
    assert client.get(riunione.url("dossier")).content.startswith(b"%PDF")
    client.force_login(scena.osservatore)
    assert client.get(riunione.url("dossier")).status_code == 404


def test_approvato_non_si_cambia_piu(scena, da):
    riunione = mani.in_lettura(scena)
    with pytest.raises(ErroreDominio, match="già in lettura"):
        servizi.aggiungi_punto(riunione, "Tardi", da=da)
