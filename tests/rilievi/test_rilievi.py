"""Findings: who writes them, who reads them, what the table counts."""

import pytest
from django.urls import reverse

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.rilievi import interrogazioni, servizi
from accordo.rilievi.models import GenereFonte, Rilievo, TipoRilievo
from tests.fabbriche import AmbitoFactory
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = pytest.mark.django_db


def _scrivi(scena, **altro) -> Rilievo:
    dati = {
        "ambito": scena.ambito,
        "tipo": TipoRilievo.PROPOSTA,
        "testo": "Una sola centrale operativa per la Piana.",
        "obiettivi": ["1", "3.2"],
        "fonti": [servizi.DatiFonte(GenereFonte.DOMANDA, "Domanda 1.3: 31 enti su 38", "D03")],
        "da": scena.agente(scena.coordinatore),
    } | altro
    return servizi.crea_rilievo(scena.accordo, **dati)


def test_crea_con_fonti_e_numero(scena):
    primo, secondo = _scrivi(scena), _scrivi(scena, testo="Un altro.")
    assert (primo.numero, secondo.numero) == (1, 2)
    assert sorted(o.codice for o in primo.obiettivi.all()) == ["1", "3.2"]
    assert primo.fonti.get().riferimento == "D03"
    assert scena.accordo.eventi.filter(verbo="crea_rilievo").count() == 2


def test_obiettivi_della_fonte(scena):
    servizi.assicura_obiettivi(scena.accordo)
    servizi.assicura_obiettivi(scena.accordo)
    assert scena.accordo.obiettivi.count() == 18
    assert scena.accordo.obiettivi.filter(genitore__isnull=True).count() == 4


@pytest.mark.parametrize("obiettivi", [[], ["9"]])
def test_senza_un_obiettivo_noto_si_rifiuta(scena, obiettivi):
    with pytest.raises(ErroreDominio, match="almeno un obiettivo"):
        _scrivi(scena, obiettivi=obiettivi)


def test_scrive_solo_chi_coordina(scena):
    with pytest.raises(NonAutorizzato):
        _scrivi(scena, da=scena.agente(scena.rappresentante))


def test_riformulato_il_testo_di_prima_resta_nel_registro(scena):
    rilievo = _scrivi(scena)
    servizi.modifica_rilievo(
        rilievo,
        ambito=scena.ambito,
        tipo=rilievo.tipo,
        testo="Detto meglio.",
        obiettivi=["2"],
        da=scena.agente(scena.coordinatore),
    )
    evento = scena.accordo.eventi.get(verbo="riformula_rilievo")
    assert evento.dati["prima"]["testo"] == "Una sola centrale operativa per la Piana."
    assert Rilievo.objects.get(pk=rilievo.pk).testo == "Detto meglio."


def test_scartato_con_un_motivo_poi_ripreso(scena):
    rilievo, da = _scrivi(scena), scena.agente(scena.coordinatore)
    with pytest.raises(ErroreDominio, match="motivazione"):
        servizi.muovi_rilievo(rilievo, "scarta", da=da)
    servizi.muovi_rilievo(rilievo, "scarta", da=da, motivazione="È un doppione del 3.")
    assert rilievo.stato == "scartato"
    with pytest.raises(ErroreDominio, match="scartato"):
        servizi.modifica_rilievo(
            rilievo, ambito=scena.ambito, tipo="forza", testo="x", obiettivi=["1"], da=da
        )
    servizi.muovi_rilievo(rilievo, "riprendi", da=da, motivazione="Non lo era.")
    assert rilievo.stato == "proposto"


def test_chi_legge_che_cosa(scena):
    altrove = AmbitoFactory(nome="Versilia")
    proprio = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito)
    altrui = RilievoFactory(accordo=scena.accordo, ambito=altrove)
    confermato = RilievoFactory(accordo=scena.accordo, ambito=altrove, stato="confermato")
    scartato = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, stato="scartato")

    def legge(chi):
        return set(interrogazioni.visibili_a(scena.agente(scena.persona(chi)), scena.accordo))

    assert legge("coordinatore") == {proprio, altrui, confermato, scartato}
    assert legge("referente") == {proprio, confermato}
    assert legge("coordinatore_altro") == set()
    assert legge("senza_incarico") == set()


def test_pagina_e_storia(scena, client):
    rilievo = _scrivi(scena)
    servizi.muovi_rilievo(rilievo, "scarta", da=scena.agente(scena.coordinatore), motivazione="Doppione.")
    client.force_login(scena.coordinatore)
    pagina = client.get(rilievo.get_absolute_url()).content.decode()
    assert "ha scritto il rilievo" in pagina
    assert "Doppione." in pagina


def test_scrivere_dal_browser(scena, client):
    client.force_login(scena.coordinatore)
    url = reverse("rilievi:nuovo", args=["prova"])
    assert client.get(url).status_code == 200
    vuoto = client.post(url, {"testo": "Una frase che non va persa."})
    assert vuoto.status_code == 422
    assert "Una frase che non va persa." in vuoto.content.decode()
    obiettivo = scena.accordo.obiettivi.get(codice="1")
    dati = {
        "tipo": "forza",
        "testo": "Bene così.",
        "ambito": scena.ambito.pk,
        "obiettivi": [obiettivo.pk],
        "fonte": "Un dato",
    }
    assert client.post(url, dati).status_code == 302
    assert Rilievo.objects.get().fonti.get().testo == "Un dato"
