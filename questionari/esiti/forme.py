"""What the results of a question are on a page: a sentence, charts, tables. No numbers are worked out here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from questionari.definizione import Domanda
from questionari.esiti.quadro import Conto, Gruppo
from questionari.valori import in_cifre

MOLTI_GRUPPI = 6
"""With more groups than this they become the rows of the table, and there is no chart of them."""


@dataclass(frozen=True, slots=True)
class Riga:
    """A table row: its heading and its cells in words; `None` is a cell kept back."""

    titolo: str
    celle: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Tabella:
    """A table of the results."""

    titolo: str
    prima: str
    colonne: tuple[str, ...]
    righe: tuple[Riga, ...]

    @property
    def ha_chiuse(self) -> bool:
        """Whether some cell is kept back."""
        return any(cella is None for riga in self.righe for cella in riga.celle)


type Grafico = tuple[SafeString, SafeString]


@dataclass(frozen=True, slots=True)
class Confronto:
    """The same question group by group."""

    tabella: Tabella
    grafico: Grafico | None = None
    legenda: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Esito:
    """The result of one question."""

    domanda: Domanda
    numero: str = ""
    rispondenti: int = 0
    frase: str = ""
    avvisi: tuple[str, ...] = ()
    grafico: Grafico | None = None
    legenda: tuple[tuple[str, str], ...] = ()
    """Class and name of the chart's series, if it has more than one."""
    tabella: Tabella | None = None
    confronto: Confronto | None = None
    testi: int = 0
    """How many free texts may be read."""


def incolonna(
    titolo: str, prima: str, gruppi: Sequence[Gruppo], righe: Sequence[tuple[str, Callable[[Conto], str]]]
) -> Tabella:
    """A table with a column for each group; with many groups, a row for each. The cells of one kept back are None."""
    nomi = [
        f"{gruppo.nome} ({gruppo.enti})" if gruppo.conto is not None else gruppo.nome for gruppo in gruppi
    ]

    def cella(gruppo: Gruppo, scrivi: Callable[[Conto], str]) -> str | None:
        if gruppo.conto is None:
            return None
        return scrivi(gruppo.conto) if gruppo.enti else "–"

    if len(gruppi) <= MOLTI_GRUPPI:
        corpo = [Riga(nome, tuple(cella(g, scrivi) for g in gruppi)) for nome, scrivi in righe]
        return Tabella(titolo, prima, tuple(nomi), tuple(corpo))
    corpo = [
        Riga(nome, tuple(cella(gruppo, scrivi) for _, scrivi in righe))
        for nome, gruppo in zip(nomi, gruppi, strict=True)
    ]
    return Tabella(titolo, "Gruppo", tuple(nome for nome, _ in righe), tuple(corpo))


def in_parole(valore: float | None, decimali: int = 1) -> str:
    """A mean as people read it."""
    return "–" if valore is None else in_cifre(valore, decimali)
