"""What the results of every type of question are drawn with: bars, and the comparison by groups."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from enum import Enum
from typing import Any

from django.utils.safestring import SafeString

from questionari.definizione import Domanda
from questionari.esiti.forme import (
    MOLTI_GRUPPI,
    Confronto,
    Grafico,
    incolonna,
)
from questionari.esiti.quadro import Conto, Esposto, Gruppo
from questionari.esiti.quesiti import Quesito
from questionari.grafici import larga, larga_e_stretta

type Esposti = Mapping[Quesito, Esposto]

TAVOLOZZA = ("g0", "g1", "g2", "g3", "g4", "g5")
"""Classes of the series when each is a group of bodies."""


class Disegni(Enum):
    """Which charts are wanted: the page's, for wide screens and phones; on paper the wide one of each question; none."""

    PAGINA = "pagina"
    CARTA = "carta"
    NESSUNO = "nessuno"


DISEGNARE: ContextVar[Disegni] = ContextVar("disegnare", default=Disegni.PAGINA)


def barre(*args: Any, **kwargs: Any) -> Grafico | None:
    """The chart, wide and narrow; on paper there is only the wide one."""
    match DISEGNARE.get():
        case Disegni.PAGINA:
            return larga_e_stretta(*args, **kwargs)
        case Disegni.CARTA:
            return larga(*args, **kwargs), SafeString("")
    return None


def barre_di_confronto(*args: Any, **kwargs: Any) -> Grafico | None:
    """The same for the comparison of groups, which paper gives as a table alone."""
    return barre(*args, **kwargs) if DISEGNARE.get() is Disegni.PAGINA else None


def confronta(
    domanda: Domanda,
    gruppi: Sequence[Gruppo] | None,
    titolo: str,
    righe: Sequence[tuple[str, Callable[[Conto], str]]],
    altezze: Callable[[Conto], Sequence[float | None]],
    etichette: Sequence[str],
    *,
    decimali: int = 0,
    prima: str = "Risposta",
) -> Confronto | None:
    """The table by groups and, if they are few, clustered bars: one bar for each group."""
    if gruppi is None:
        return None
    tabella = incolonna(titolo, prima, gruppi, righe)
    noti = [g for g in gruppi if g.conto is not None and g.enti]
    if not 1 < len(noti) <= MOLTI_GRUPPI:
        return Confronto(tabella)
    grafico = barre_di_confronto(
        f"Grafico a barre: {domanda.testo} {titolo}. Gli stessi dati sono nella tabella.",
        etichette,
        [(g.nome, list(altezze(g.conto or Counter()))) for g in noti],
        decimali=decimali,
        colori=TAVOLOZZA,
    )
    return Confronto(tabella, grafico, tuple(zip(TAVOLOZZA, (g.nome for g in noti), strict=False)))


def gruppi_di(esposto: Esposto, per: str) -> tuple[Gruppo, ...] | None:
    return esposto.gruppi.get(per)
