"""Fixtures for all tests."""

import pytest

from tests.scena import Scena, costruisci


@pytest.fixture(autouse=True)
def _file_in_prova(settings, tmp_path):
    """Uploaded files go to a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "file"


@pytest.fixture
def scena(db) -> Scena:
    """One accord, four bodies, and the people of the matrix."""
    return costruisci()
