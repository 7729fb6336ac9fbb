"""The results say which bodies answered on paper or by PEC, and who typed it in, to each reader what is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from questionari import servizi
from questionari.esiti import esporta
from questionari.esiti.arrivi import Arrivi, arrivi
from questionari.esiti.esporta import Lettore
from questionari.esiti.quadro import Quadro, quadro_di
from tests.questionari import fabbriche
from tests.questionari.test_trascrizione import _comincia, _riporta
from tests.scena import Scena


@pytest.fixture
def per_pec(scena: Scena) -> Scena:
    """The scene's first body answered by PEC, and the coordinator typed it in."""
    fabbriche.apri(scena)
    compilazione = _comincia(scena)
    _riporta(scena, {"D05": "Più luce"})
    da = scena.agente(scena.coordinatore)
    compilazione.refresh_from_db()
    servizi.invia_trascrizione(compilazione, da=da, motivazione="Il documento dice questo.")
    return scena


def _quadro(scena: Scena) -> Quadro:
    quadro = quadro_di(scena.accordo, None)
    assert quadro is not None
    return quadro


@pytest.mark.django_db
def test_nei_dati_da_scaricare(per_pec: Scena, settings: Any) -> None:
    quadro = _quadro(per_pec)
    ufficio = per_pec.accordo.promotore.denominazione

    def riga(lettore: Lettore) -> list[Any]:
        testa, *righe = esporta.risposte(quadro, lettore)
        assert list(testa[4:6]) == ["Come è arrivata", "Riportata da"]
        return next(list(r[4:6]) for r in righe if r[0] == per_pec.ente_a.denominazione)

    assert riga(Lettore()) == ["Per PEC", ufficio]
    assert riga(Lettore(ente=per_pec.ente_b.pk)) == ["Per PEC", ufficio]
    for intero in (Lettore(tutto=True), Lettore(ente=per_pec.ente_a.pk)):
        modo, chi = riga(intero)
        assert modo.startswith("Per PEC, protocollo 1234/2026 del ")
        assert modo.endswith("firmato da Mario Sindaco") or "firmato da Mario Sindaco, " in modo
        assert chi == f"{per_pec.coordinatore} ({ufficio})"
    conti = [r[3:] for r in esporta.esiti(quadro) if r[2] == "Come sono arrivate le risposte"]
    assert conti == [["Sul portale", "Enti", "0"], ["Su carta", "Enti", "0"], ["Per PEC", "Enti", "1"]]


@pytest.mark.django_db
def test_sulla_pagina_senza_nomi_di_persone(per_pec: Scena) -> None:
    client = Client()
    client.force_login(per_pec.coordinatore)
    pagina = client.get(reverse("questionari:esiti", args=["prova"])).text
    assert f"{per_pec.ente_a.denominazione} (per pec)" not in pagina
    assert f"{per_pec.ente_a.denominazione} (per PEC)" in pagina
    frase = arrivi(_quadro(per_pec)).frase
    assert "Mario" not in frase
    assert str(per_pec.coordinatore) not in frase
    sua = client.get(reverse("questionari:esiti_ente", args=["prova", per_pec.ente_a.codice])).text
    assert "Riportate dalla segreteria" in sua


def test_quando_sono_molti_non_si_nominano() -> None:
    molti = Arrivi(tuple((f"Comune {n}", "Su carta") for n in range(60)), 8000, "Provincia")
    assert "Comune 3" not in molti.frase
    assert molti.frase.startswith("60 enti non hanno risposto sul portale")
    assert Arrivi((), 3, "Provincia").frase == ""
