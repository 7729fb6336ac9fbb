"""Fixtures for all tests."""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import hypothesis
import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.modello import al_posto_delle_migrazioni, al_posto_dello_svuotamento
from tests.scena import Scena, costruisci

# No test is timed: on a busy machine a deadline fails what is right. In CI the cases are the same until a test or what it
# draws changes: what fails there fails for the change. Whoever runs the suite by hand gets new cases every time.
hypothesis.settings.register_profile(
    "accordo",
    deadline=None,
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("accordo")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database is run, but for what is marked `una_volta`: the rest is the same on any."""
    if connection.vendor == "sqlite":
        return
    con_dati = [item for item in items if _usa_i_dati(item) and not item.get_closest_marker("una_volta")]
    tenuti = set(con_dati)
    config.hook.pytest_deselected(items=[item for item in items if item not in tenuti])
    items[:] = con_dati


def _usa_i_dati(item: pytest.Item) -> bool:
    dati = {"db", "transactional_db", "scena", "live_server"}
    return (
        bool(dati & set(getattr(item, "fixturenames", ())))
        or item.get_closest_marker("django_db") is not None
    )


@pytest.fixture(scope="session")
def _dal_modello(django_db_modify_db_settings: None) -> Iterator[ExitStack]:
    with ExitStack() as fino_a_dopo:
        fino_a_dopo.enter_context(al_posto_delle_migrazioni(connection))
        yield fino_a_dopo


@pytest.fixture(scope="session")
def django_db_setup(_dal_modello: ExitStack, django_db_setup: None) -> Iterator[None]:
    """Make the test database as pytest-django does, but copied from the model: the migrations run once, for all."""
    _dal_modello.close()
    with al_posto_dello_svuotamento(connection):
        yield


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
