"""What a row of the permissions matrix is, and the shapes that rows often have.

A row says, for one route, what each person gets. An app's rows stand in `tests/matrice/<app>.py`:

    from tests.matrice.base import LETTORI, SOLO_COORDINATORE, Riga, come_post, con

    RIGHE = {
        "bozze:testo": Riga(LETTORI, argomenti=slug),
        "bozze:versione": Riga(LETTORI, argomenti=lambda s: {"slug": s.accordo.slug, "pk": 1}, prepara=una_versione),
        "bozze:pubblica": [  # a confirm page and its POST: two rows of one route
            Riga(SOLO_COORDINATORE, argomenti=slug),
            Riga(come_post(SOLO_COORDINATORE), argomenti=slug, metodo="post", dati={"conferma": "si"}),
        ],
    }

`prepara(scena)` builds what the route needs (it may keep objects as attributes of the scene: `scena.versione = …`),
`argomenti(scena)` gives the keyword arguments of the URL. Everything a person does is rolled back before the next one.
A route with POST rows only must answer 405 to a GET; `tests/test_matrice.py` checks it by itself.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

PERSONE = (
    "anonimo",
    "senza_incarico",
    "osservatore",
    "referente",
    "rappresentante",
    "referente_altro",
    "rappresentante_altro",
    "coordinatore",
    "coordinatore_altro",
)
"""The people of the scene: `_altro` are those of another body of the accord, but `coordinatore_altro`, who leads
another province and has no part in this accord at all."""

Attesi = Mapping[str, int]
Scena = Any  # tests/conftest.py builds it; rows may hang objects of their own on it


def _quadro(*ammessi: str, anonimo: int = 302, esclusi: int = 404, stato: int = 200) -> dict[str, int]:
    """`stato` for those named, `esclusi` for the others; the anonymous go to the login page (302)."""
    quadro = dict.fromkeys(PERSONE, esclusi) | {"anonimo": anonimo}
    return quadro | dict.fromkeys(ammessi, stato)


ENTE = ("referente", "rappresentante")
ALTRO_ENTE = ("referente_altro", "rappresentante_altro")

PUBBLICA = _quadro(*PERSONE)
"""Everybody, without logging in."""
AUTENTICATI = _quadro(*PERSONE[1:])
"""Whoever has logged in, even with no role at all."""
LETTORI = _quadro("osservatore", *ENTE, *ALTRO_ENTE, "coordinatore")
"""Whoever may read the accord: its bodies, its observers, its coordinator."""
PARTECIPANTI = _quadro(*ENTE, *ALTRO_ENTE, "coordinatore")
"""The bodies that take part and the coordinator; not the observers."""
ENTI = _quadro(*ENTE, *ALTRO_ENTE)
"""The bodies that take part, not the coordinator."""
SOLO_COORDINATORE = _quadro("coordinatore")
SOLO_ENTE = _quadro(*ENTE)
"""The body the object belongs to."""
ENTE_E_COORDINATORE = _quadro(*ENTE, "coordinatore")
SOLO_REFERENTE = _quadro("referente")
SOLO_RAPPRESENTANTE = _quadro("rappresentante")
RAPPRESENTANTI = _quadro("rappresentante", "rappresentante_altro")


def con(attesi: Attesi, **altri: int) -> dict[str, int]:
    """The same frame with some people changed: `con(LETTORI, osservatore=404)`."""
    ignoti = altri.keys() - set(PERSONE)
    if ignoti:
        raise ValueError(f"not people of the scene: {sorted(ignoti)}")
    return dict(attesi) | altri


def come_post(attesi: Attesi, *, riuscito: int = 302, rifiutato: int | None = None) -> dict[str, int]:
    """The frame of a POST: who got a page (200) is sent on (302); `rifiutato` replaces 404 where a view says 403."""
    return {
        chi: riuscito if stato == 200 else (rifiutato or stato) if stato == 404 else stato
        for chi, stato in attesi.items()
    }


def slug(scena: Scena) -> dict[str, Any]:
    """The commonest `argomenti`: the accord's slug alone."""
    return {"slug": scena.accordo.slug}


def niente(scena: Scena) -> dict[str, Any]:
    """`argomenti` of a route without any."""
    return {}


@dataclass(frozen=True, kw_only=True)
class _Opzioni:
    argomenti: Callable[[Any], dict[str, Any]] = niente
    metodo: str = "get"
    dati: Mapping[str, Any] | Callable[[Any], Mapping[str, Any]] = field(default_factory=dict)
    query: str = ""
    prepara: Callable[[Any], object] | None = None
    htmx: bool = False


@dataclass(frozen=True)
class Riga(_Opzioni):
    """One route, one method: the status that each of PERSONE gets.

    `dati` is the POST data (or a function of the scene, for files and keys), `query` what follows the "?",
    `htmx` sends the header that htmx sends.
    """

    attesi: Attesi

    def __post_init__(self) -> None:
        if set(self.attesi) != set(PERSONE):
            diverse = sorted(set(self.attesi) ^ set(PERSONE))
            raise ValueError(f"a row answers for every person of the scene: check {diverse}")
        if self.metodo not in {"get", "post"}:
            raise ValueError(f"metodo is get or post, not {self.metodo!r}")

    def corpo(self, scena: Scena) -> dict[str, Any]:
        return dict(self.dati(scena) if callable(self.dati) else self.dati)


Righe = Mapping[str, Riga | Sequence[Riga]]


def tutte() -> Iterator[tuple[str, int, Riga, str]]:
    """All rows of all apps: route name, number of the row within its route, row, module."""
    for modulo in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if modulo.name == "base":
            continue
        righe: Righe = import_module(f"tests.matrice.{modulo.name}").RIGHE
        for nome, valore in righe.items():
            for numero, riga in enumerate([valore] if isinstance(valore, Riga) else valore):
                yield nome, numero, riga, modulo.name


@dataclass(frozen=True)
class Mondo:
    """The rows of a module that start from the same prepared scene: it is built once for all of them."""

    nome: str
    prepara: Callable[[Any], object] | None
    righe: tuple[tuple[str, int, Riga], ...]


def mondi() -> list[Mondo]:
    """All rows, by module and by what prepares them, in the order in which they stand."""
    insieme: dict[tuple[str, Callable[[Any], object] | None], list[tuple[str, int, Riga]]] = {}
    for nome, numero, riga, modulo in tutte():
        insieme.setdefault((modulo, riga.prepara), []).append((nome, numero, riga))
    return [
        Mondo(f"{modulo}-{getattr(prepara, '__name__', 'come_nasce').strip('_')}", prepara, tuple(righe))
        for (modulo, prepara), righe in insieme.items()
    ]
