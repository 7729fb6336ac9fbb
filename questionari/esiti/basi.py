"""What the results of every type of question are drawn with: bars, and the comparison by groups."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from enum import Enum
from typing import Any

from django.utils.safestring import SafeString

from accordo.base.parole import elenca
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
    primo_e_minimo: bool = False,
) -> Confronto | None:
    """The table by groups and, if they are few, clustered bars: one bar for each group.

    `primo_e_minimo`: the least number stands for the first, as in mean places.
    """
    if gruppi is None:
        return None
    tabella = incolonna(titolo, prima, gruppi, righe)
    noti = [g for g in gruppi if g.conto is not None and g.enti]
    if not 1 < len(noti) <= MOLTI_GRUPPI:
        return Confronto(tabella)
    serie = [(g.nome, list(altezze(g.conto or Counter()))) for g in noti]
    scoperta = spicca("Davanti a tutte", etichette, serie, minimo=primo_e_minimo)
    grafico = barre_di_confronto(
        f"{titolo}. {scoperta} Grafico a barre; gli stessi dati sono nella tabella.",
        etichette,
        serie,
        decimali=decimali,
        colori=TAVOLOZZA,
    )
    return Confronto(tabella, grafico, tuple(zip(TAVOLOZZA, (g.nome for g in noti), strict=False)))


def spicca(
    che_cosa: str,
    etichette: Sequence[str],
    serie: Sequence[tuple[str, Sequence[float | None]]],
    *,
    minimo: bool = False,
) -> str:
    """What a chart of groups shows, for who does not see it: the label that stands out in each group."""
    trovate = []
    for gruppo, numeri in serie:
        noti = [(n, e) for n, e in zip(numeri, etichette, strict=True) if n is not None]
        if noti:
            limite = (min if minimo else max)(n for n, _ in noti)
            trovate.append(f"{gruppo}, {elenca([e for n, e in noti if n == limite])}")
    return f"{che_cosa}: {'; '.join(trovate)}." if trovate else ""


def gruppi_di(esposto: Esposto, per: str) -> tuple[Gruppo, ...] | None:
    return esposto.gruppi.get(per)
