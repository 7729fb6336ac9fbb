"""The frame of the benches: what it writes down, and that it leaves the database in use alone."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accordo.base.prestazioni import Banco, picco_mb
from accordo.enti.models import Ente, Incarico
from accordo.iter import interrogazioni, prestazioni


@pytest.mark.django_db
def test_una_misura_dice_tempo_query_e_memoria() -> None:
    banco = Banco(3)
    with banco.misura("contare") as nota:
        nota.append(str(Ente.objects.count()))
    (misura,) = banco.misure
    assert (misura.cosa, misura.query, misura.nota) == ("contare", 1, "0")
    assert misura.secondi > 0
    assert misura.memoria_mb > 10
    assert picco_mb() > 10


@pytest.mark.django_db
@pytest.mark.parametrize("quanti", [1, 60])
def test_un_territorio_di_qualunque_misura(quanti: int) -> None:
    mondo = prestazioni.costruisci(quanti)
    assert interrogazioni.enti_consultati(mondo.accordo).count() == quanti
    assert Incarico.objects.count() == 2 * quanti + 1
    assert mondo.agente(mondo.referente, mondo.enti[0]).ruoli == {"referente"}


def test_un_banco_che_non_c_e() -> None:
    with pytest.raises(CommandError):
        call_command("prestazioni", "altro", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("prestazioni", "questionari", "--enti", "0", stdout=StringIO())


def test_il_banco_si_elenca_da_se() -> None:
    from accordo.demo.management.commands.prestazioni import _banchi

    assert "questionari" in _banchi()
    assert json.dumps(sorted(_banchi()))
