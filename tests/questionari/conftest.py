"""A survey that eleven bodies have answered: what the tests of the results look at."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from accordo.enti.models import Ambito, Ente
from questionari import servizi
from tests.fabbriche import AmbitoFactory, PartecipazioneFactory
from tests.questionari.fabbriche import apri, ente_che_invia
from tests.scena import Scena
from tests.tenuta import tenuta


@pytest.fixture
def raccolti(_raccolti: Scena, db: None) -> Scena:
    """Eleven bodies have sent: six in the area of the scene, four in another, one alone."""
    return deepcopy(_raccolti)


@pytest.fixture(scope="module")
def _raccolti(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scena]:
    with tenuta(django_db_blocker, _raccogli) as scena:
        yield scena


def _raccogli(scena: Scena) -> None:
    apri(scena)
    scelti = [scena.ente_b]
    scelti += [_ente(scena, scena.ambito) for _ in range(5)]
    altrove = AmbitoFactory(codice="serchio", nome="Valle del Serchio", ordine=50)
    scelti += [_ente(scena, altrove) for _ in range(4)]
    scelti += [_ente(scena, AmbitoFactory(codice="sola", nome="Ambito solo", ordine=60))]
    servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))
    for seme, ente in enumerate(scelti):
        ente_che_invia(scena, ente, seme)
    scena.porta_a("restituzione")
    servizi.avvia_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))


def _ente(scena: Scena, ambito: Ambito) -> Ente:
    ente: Ente = PartecipazioneFactory(accordo=scena.accordo, ente__ambito=ambito).ente
    return ente
