"""Which days are no working days: national holidays, and the patron saint's day of a Comune where it is known.

The patron saints stand in `dati/patroni.csv`, each with its source; a Comune that is not there has none we know of.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import holidays

PATRONI = Path(__file__).parent / "dati" / "patroni.csv"


class Patrono(NamedTuple):
    """A patron saint's day."""

    mese: int
    giorno: int
    nome: str
    fonte: str


@cache
def patroni() -> dict[str, Patrono]:
    """Return the patron saints' days by the Comune's ISTAT code."""
    with PATRONI.open(encoding="utf-8", newline="") as righe:
        return {
            r["codice_istat"]: Patrono(int(r["mese"]), int(r["giorno"]), r["nome"], r["fonte"])
            for r in csv.DictReader(righe)
        }


@cache
def _dell_anno(anno: int) -> dict[date, str]:
    return dict(holidays.country_holidays("IT", years=anno, language="it").items())


def festa_nazionale(giorno: date) -> str:
    """Return the name of the national holiday, or nothing."""
    return _dell_anno(giorno.year).get(giorno, "")


def festa_patronale(codice_istat: str, giorno: date) -> str:
    """Return the name of the Comune's patron saint if it is their day, or nothing."""
    patrono = patroni().get(codice_istat)
    return patrono.nome if patrono and (patrono.mese, patrono.giorno) == (giorno.month, giorno.day) else ""
