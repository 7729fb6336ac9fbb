"""Reminders: only to who has not sent, not too often, not too many times; by rules that the coordinator sets."""

from datetime import timedelta

import pytest

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.iter.models import Evento
from questionari import servizi
from questionari.models import Compilazione, Questionario
from tests.questionari import fabbriche
from tests.scena import Scena


def test_intervallo_e_numero_massimo(scena: Scena) -> None:
    questionario = fabbriche.apri(scena)
    guida = scena.agente(scena.coordinatore)
    servizi.regola_solleciti(questionario, ogni=3, al_massimo=2, da=guida)
    adesso = orologio.adesso().replace(hour=10)

    def prova(giorni: int) -> int:
        with orologio.fermo(adesso + timedelta(days=giorni)):
            return len(servizi.sollecita(scena.accordo, da=guida))

    assert prova(0) == 2
    for troppo_presto in (0, 1, 2):
        with pytest.raises(ErroreDominio, match="di recente"):
            prova(troppo_presto)
    assert prova(3) == 2
    with pytest.raises(ErroreDominio, match="tutti quelli previsti"):
        prova(30)
    assert set(Compilazione.objects.values_list("solleciti", flat=True)) == {2}
    assert Evento.objects.get(verbo="regola_solleciti").dati == {"ogni_giorni": 3, "al_massimo": 2}
    assert Evento.objects.filter(verbo="sollecita").count() == 2


def test_le_regole_le_scrive_chi_coordina(scena: Scena) -> None:
    questionario = fabbriche.apri(scena)
    with pytest.raises(NonAutorizzato):
        servizi.regola_solleciti(questionario, ogni=1, al_massimo=9, da=scena.agente(scena.referente))
    assert Questionario.objects.get().sollecito_ogni == 2
