"""Measuring: how long a piece of work takes, how many queries it makes, how much memory the process needed at its peak.

The frame of `manage.py prestazioni`. An app puts what is to be measured in its own `prestazioni.py`:

    NOME = "questionari"

    def prova(banco: Banco, enti: int) -> None:
        mondo = accordo.iter.prestazioni.costruisci(enti)
        with banco.misura("aprire una sezione"):
            ...

Times are never asserted: a bench prints, a person judges.
"""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

_STATO = Path("/proc/self/status")
_AZZERA = Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Misura:
    """One line of the bench."""

    enti: int
    cosa: str
    secondi: float
    query: int
    memoria_mb: float
    nota: str = ""


@dataclass
class Banco:
    """Collects the measures of one run; `racconta` is told of each as it comes, and of what is being prepared."""

    enti: int
    misure: list[Misura] = field(default_factory=list)
    racconta: Callable[[str], object] | None = None

    def avanza(self, cosa: str) -> None:
        """Say what is being done now: a bench of eight thousand bodies takes minutes."""
        if self.racconta is not None:
            self.racconta(f"{self.enti} enti: {cosa}")

    @contextmanager
    def misura(self, cosa: str) -> Iterator[list[str]]:
        """Measure the body of the `with`; words added to the list that it gives become the line's note.

        The peak is that of the process from the beginning of the body, where the system can say it (Linux).
        """
        nota: list[str] = []
        _azzera_picco()
        with CaptureQueriesContext(connection) as query:
            inizio = time.perf_counter()
            yield nota
            secondi = time.perf_counter() - inizio
        self.misure.append(Misura(self.enti, cosa, secondi, len(query), picco_mb(), " ".join(nota)))
        self.avanza(f"{cosa}: {secondi:.3f} s")


def _azzera_picco() -> None:
    try:
        _AZZERA.write_text("5")
    except OSError:  # another system, or a sealed one: the peak is then that of the whole run
        return


def picco_mb() -> float:
    """Return the peak of the process's resident memory since it was last reset, in MB."""
    try:
        riga = next(r for r in _STATO.read_text().splitlines() if r.startswith("VmHWM:"))
        return int(riga.split()[1]) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
