"""What the tests of the meetings begin with."""

import pytest

from focusgroup import servizi
from focusgroup.models import Riunione
from tests.matrice import focusgroup_date


@pytest.fixture
def coordina(scena):
    scena.porta_a("focus_group")
    return scena.agente(scena.coordinatore)


@pytest.fixture
def riunione(scena, coordina) -> Riunione:
    [preparata] = servizi.avvia_focus_group(scena.accordo, da=coordina)
    return preparata


@pytest.fixture
def aperto(scena):
    """A poll with two dates, open for five days."""
    focusgroup_date.aperto(scena)
    return scena.sondaggio
