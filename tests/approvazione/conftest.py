"""The same text is laid out once for all tests of this folder: the layout has tests of its own."""

import shutil
from collections.abc import Iterator
from functools import lru_cache

import pytest

from accordo.base.pdf import composizione

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
