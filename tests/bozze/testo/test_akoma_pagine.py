"""The Akoma Ntoso of what is in the database: valid, and naming the accord's own bodies."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bozze.interrogazioni.akoma import akn_versione
from bozze.servizi import riformulazioni
from bozze.testo.akn.xml import SPAZIO
from tests.bozze.emendamenti import fabbriche
from tests.bozze.testo.fabbriche import BREVE, versione
from tests.bozze.testo.test_akn import valido

pytestmark = pytest.mark.django_db
Q = f"{{{SPAZIO}}}"


def test_la_versione_pubblicata(scena, django_assert_max_num_queries) -> None:
    scena.porta_a("bozza")
    versione(scena, 1)
    seconda = versione(scena, 2, BREVE.replace("tre anni", "sei anni"))
    with django_assert_max_num_queries(5):
        radice = valido(akn_versione(seconda))
    assert next(e.get("value") for e in radice.iter(f"{Q}FRBRversionNumber")) == "2"
    assert next(e.get("value") for e in radice.iter(f"{Q}FRBRalias")) == seconda.impronta
    assert len(list(radice.iter(f"{Q}step"))) == 2
    enti = {e.get("eId") for e in radice.iter(f"{Q}TLCOrganization")}
    assert scena.accordo.promotore.codice in enti
    assert "sei anni" in "".join(radice.itertext())
    assert akn_versione(seconda) == akn_versione(seconda)


def test_la_riformulazione_e_un_documento_suo(client, scena) -> None:
    """What was proposed stays as it was; the words that were accepted are an amendment of who leads."""
    fabbriche.versione(scena)
    em = fabbriche.emendamento(scena, fabbriche.cambia("ogni due anni", "ogni anno"))
    scena.porta_a("proposta_definitiva")
    client.force_login(scena.osservatore)
    url = reverse("bozze:emendamento_akn", args=["prova", em.pk])
    assert client.get(url, {"riformulato": "si"}).status_code == 404
    proposta = riformulazioni.proponi_riformulazione(
        em, "sei mesi", "Meglio così.", da=scena.agente(scena.coordinatore)
    )
    assert client.get(url, {"riformulato": "si"}).status_code == 404
    riformulazioni.accetta_riformulazione(proposta, da=scena.agente(scena.rappresentante))
    proposto = "".join(valido(client.get(url).content).itertext())
    accolto = "".join(valido(client.get(url, {"riformulato": "si"}).content).itertext())
    assert "Comune di Alfa" in proposto
    assert "sei mesi" not in proposto
    assert "sei mesi" in accolto
    assert "Provincia di Prova" in accolto
    assert "Meglio così." in accolto
