"""What the tests of the meetings begin with."""

import pytest

from accordo.base.pdf import composizione
from focusgroup import servizi
from focusgroup.models import Riunione
from tests.matrice import focusgroup_date


@pytest.fixture
def stampa_vera() -> None:
    """Lay the dossiers out: only for tests that open them."""


@pytest.fixture(autouse=True)
def _stampa_finta(request, monkeypatch):
    if "stampa_vera" not in request.fixturenames:
        monkeypatch.setattr(composizione, "impagina", lambda *_: b"%PDF-1.7 finto %%EOF")


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
