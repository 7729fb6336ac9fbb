"""Fixtures for all tests."""

import hypothesis
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.scena import Scena, costruisci

# No test is timed: on a busy machine a deadline fails what is right.
hypothesis.settings.register_profile("accordo", deadline=None)
hypothesis.settings.load_profile("accordo")


@pytest.fixture(autouse=True)
def _file_in_prova(settings, tmp_path):
    """Uploaded files go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "file"


@pytest.fixture(autouse=True)
def _connessione_della_prova(monkeypatch):
    """Served files end their request outside the test client's guard: that must not close the test's transaction."""
    chiudi = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def solo_fuori(connessione: BaseDatabaseWrapper) -> None:
        if not connessione.in_atomic_block:
            chiudi(connessione)

    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", solo_fuori)


@pytest.fixture
def scena(db) -> Scena:
    """One accord, four bodies, and the people of the matrix."""
    return costruisci()
