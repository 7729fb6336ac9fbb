"""A scene that takes a second to build, built once for all the tests of a module.

    @pytest.fixture(scope="module")
    def _raccolti(django_db_setup, django_db_blocker):
        with tenuta(django_db_blocker, _raccogli) as scena:
            yield scena

    @pytest.fixture
    def raccolti(_raccolti, db):
        return deepcopy(_raccolti)

It stands in a transaction of the module's own. Each test's transaction lies inside and takes back what the test did, so
that the next one finds the scene as it was built; in memory each gets a copy. Every test of the module that reads the
database must be written for that scene: it is there for all of them. Files do not outlive the test: none may be needed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests.scena import Scena, costruisci


@contextmanager
def tenuta(dati: Any, prepara: Callable[[Scena], object]) -> Iterator[Scena]:
    """Give the scene with what `prepara` adds to it, and take all of it back at the end."""
    with dati.unblock(), transaction.atomic():
        scena = costruisci()
        prepara(scena)
        yield scena
        transaction.set_rollback(True)
