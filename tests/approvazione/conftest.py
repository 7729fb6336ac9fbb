"""The same text is laid out once for all tests of this folder: the layout has tests of its own."""

import shutil
from collections.abc import Iterator
from functools import lru_cache

import pytest

from accordo.approvazione import servizi
from accordo.base.pdf import composizione
from tests.approvazione.fabbriche import avvia
from tests.fabbriche import IncaricoFactory, UtenteFactory

_una_volta = lru_cache(maxsize=64)(composizione.impagina)


@pytest.fixture(autouse=True)
def _impagina_una_volta(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(composizione, "impagina", _una_volta)
    return


@pytest.fixture
def openssl() -> None:
    """For tests that check with openssl's own eyes."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl non è installato: in CI c'è")


@pytest.fixture
def pdfsig() -> None:
    """For tests that check with poppler's own eyes."""
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig (poppler-utils) non è installato: in CI c'è")


@pytest.fixture
def tre(scena):
    """Three bodies, each with who represents it: Alfa, Beta, the Provincia."""
    presidente = UtenteFactory(nome="Pia", cognome="Presidente")
    IncaricoFactory(utente=presidente, ente=scena.provincia, ruolo="rappresentante")
    scena.firmano = [
        (scena.ente_a, scena.agente(scena.rappresentante)),
        (scena.ente_b, scena.agente(scena.rappresentante_altro)),
        (scena.provincia, scena.agente(presidente)),
    ]
    scena.guida = scena.agente(scena.coordinatore)
    return scena


@pytest.fixture
def a_turno(tre):
    servizi.scegli_regola(tre.accordo, modo="turno", giorni_turno=5, da=tre.guida)
    avvia(tre)
    return tre
