"""What time it is. One place to ask, so that the demo and the tests can live through months in a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fermo: ContextVar[datetime | None] = ContextVar("orologio_fermo", default=None)


def adesso() -> datetime:
    """Return the present moment, aware."""
    return _fermo.get() or timezone.now()


def oggi() -> date:
    """Return today's date where the portal stands (TIME_ZONE)."""
    return timezone.localtime(adesso()).date()


@contextmanager
def fermo(momento: datetime) -> Iterator[None]:
    """Stop the clock at `momento` (a naive one is local time)."""
    if timezone.is_naive(momento):
        momento = timezone.make_aware(momento)
    gettone = _fermo.set(momento)
    try:
        yield
    finally:
        _fermo.reset(gettone)
