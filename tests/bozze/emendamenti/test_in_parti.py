"""The bundle and the synoptic table of many amendments: in parts, each amendment in one of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordo.base import pdf
from bozze.views import in_parti
from tests.bozze.emendamenti.fabbriche import cambia, emendamento, versione

CARTE = ("sinottica_pdf", "fascicolo")


@pytest.fixture
def stampati(monkeypatch):
    """The amendments of each PDF that is asked for; nothing is laid out."""
    visti = []

    def componi(template, contesto, *, titolo):
        visti.append(([voce["emendamento"].sigla for voce in contesto["voci"]], contesto["sommario"]))
        return b"%PDF-1.7 di prova"

    monkeypatch.setattr(pdf, "componi", componi)
    monkeypatch.setattr(in_parti, "IN_PDF", 2)
    return visti


def _presenta(scena, quanti):
    for volta in range(quanti):
        emendamento(scena, cambia("ogni due anni", f"ogni {volta + 3} anni"))


@pytest.mark.parametrize("carta", CARTE)
def test_pochi_in_un_solo_documento(client, scena, stampati, carta):
    versione(scena)
    _presenta(scena, 2)
    client.force_login(scena.referente)
    risposta = client.get(reverse(f"bozze:{carta}", args=["prova"]))
    assert risposta["content-type"] == "application/pdf"
    [(sigle, sommario)] = stampati
    assert len(sigle) == 2
    assert "Parte" not in sommario


@pytest.mark.parametrize("carta", CARTE)
def test_molti_in_parti_e_ciascuno_in_una_sola(client, scena, stampati, carta):
    versione(scena)
    _presenta(scena, 5)
    client.force_login(scena.referente)
    url = reverse(f"bozze:{carta}", args=["prova"])
    elenco = client.get(url)
    assert elenco.status_code == 200
    assert stampati == []
    assert [f"?parte={n}" in elenco.text for n in (1, 2, 3, 4)] == [True, True, True, False]
    for parte in (1, 2, 3):
        risposta = client.get(url, {"parte": parte})
        assert f"parte-{parte}" in risposta["content-disposition"]
    tutte = [sigla for sigle, _ in stampati for sigla in sigle]
    assert len(tutte) == len(set(tutte)) == 5
    assert [sommario.count(f"Parte {n} di 3") for n, (_, sommario) in enumerate(stampati, 1)] == [1, 1, 1]
    for parte in ("0", "4", "tre", "-1"):
        assert client.get(url, {"parte": parte}).status_code == 404


def test_l_elenco_delle_parti_costa_sempre_le_stesse_query(client, scena, stampati):
    versione(scena)
    client.force_login(scena.coordinatore)
    conti = []
    for quanti in (3, 2):
        _presenta(scena, quanti)
        with CaptureQueriesContext(connection) as lette:
            assert client.get(reverse("bozze:fascicolo", args=["prova"])).status_code == 200
        conti.append(len(lette))
    assert conti[0] == conti[1]
