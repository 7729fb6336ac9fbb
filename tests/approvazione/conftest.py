"""The same text is laid out once for all tests of this folder: the layout has tests of its own."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from accordo.base.pdf import composizione

_una_volta = lru_cache(maxsize=64)(composizione.impagina)


@pytest.fixture(autouse=True)
def _impagina_una_volta(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(composizione, "impagina", _una_volta)
    return
