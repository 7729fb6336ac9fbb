"""Every route × every person: what they get. And no route without its row, no row without its route."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accordo.base.pdf import Incluso, composizione
from tests.matrice.base import PERSONE, Mondo, Riga, mondi, tutte

ESCLUSE = {
    "account_": "allauth's own pages (login, password, e-mail): public by nature, tested by allauth",
    "mfa_": "allauth's own pages of the second factor",
    "socialaccount_": "allauth's own pages of the SPID/CIE proxy",
    "openid_connect_": "allauth's own endpoints of the SPID/CIE proxy",
    "usersessions_": "allauth's own pages of the open sessions",
    "admin:": "Django's admin asks for is_staff by itself",
}
"""Prefixes of the names of routes that are not ours, with the reason."""

TUTTE = list(tutte())
SOLO_POST = {nome for nome, *_ in TUTTE} - {nome for nome, _, riga, _ in TUTTE if riga.metodo != "post"}
_IMPAGINA = lru_cache(maxsize=64)(composizione.impagina)
ALTROVE = ("coordinatore", "rappresentante", "rappresentante_altro")
"""Who asks on another database: of who leads, one's own body and another body the first whom the row lets in. Who may
is decided in Python, and is proven for all nine on SQLite; what can differ is the SQL, which one whole answer runs."""


def _rotte(resolver: URLResolver, spazio: str = "", percorso: str = "") -> Iterator[tuple[str, str]]:
    for voce in resolver.url_patterns:
        qui = percorso + str(voce.pattern)
        if isinstance(voce, URLResolver):
            yield from _rotte(voce, f"{spazio}{voce.namespace}:" if voce.namespace else spazio, qui)
        elif isinstance(voce, URLPattern):
            yield (f"{spazio}{voce.name}" if voce.name else ""), qui


def pagine() -> set[str]:
    """Names of the routes whose address ends in a slash: pages, not documents (….pdf, ….csv)."""
    return {nome for nome, percorso in _rotte(get_resolver()) if f"/{percorso}".rstrip("$").endswith("/")}


def _nostre() -> set[str]:
    """Names of the project's own routes; one without a name (but static and media files) is an error."""
    nomi = set()
    for nome, percorso in _rotte(get_resolver()):
        if not nome:
            assert percorso.lstrip("^").startswith(("static/", "media/", "accounts/")), (
                f"route without a name: {percorso}"
            )
        elif not nome.startswith(tuple(ESCLUSE)):
            nomi.add(nome)
    return nomi


def test_ogni_rotta_ha_la_sua_riga() -> None:
    mancanti = sorted(_nostre() - {nome for nome, *_ in TUTTE})
    assert not mancanti, f"routes without a row in tests/matrice: {', '.join(mancanti)}"


def test_ogni_riga_ha_la_sua_rotta() -> None:
    vecchie = sorted(
        {f"{nome} (tests/matrice/{modulo}.py)" for nome, _, _, modulo in TUTTE if nome not in _nostre()}
    )
    assert not vecchie, f"rows of routes that no longer exist: {', '.join(vecchie)}"


def test_una_rotta_sta_in_un_solo_modulo() -> None:
    moduli = Counter(nome for nome, _ in {(nome, modulo) for nome, _, _, modulo in TUTTE})
    doppie = sorted(nome for nome, quante in moduli.items() if quante > 1)
    assert not doppie, f"rows of one route in two modules: {', '.join(doppie)}"


@pytest.fixture(autouse=True)
def _stampe_una_volta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay out a page once, for all who may have it: the bytes depend on the page alone (tests/base/test_pdf.py)."""

    def impagina(html: str, inclusi: Sequence[Incluso] = ()) -> bytes:
        return _IMPAGINA(html, tuple(inclusi))

    monkeypatch.setattr(composizione, "impagina", impagina)


def _in_bianco(html: str, inclusi: Sequence[Incluso] = ()) -> bytes:
    return b"%PDF-1.7\n"


def _client(scena: Any, chi: str) -> Client:
    client = Client()
    if chi != "anonimo":
        client.force_login(getattr(scena, chi))
    return client


def _chi_chiede(riga: Riga) -> Sequence[str]:
    if connection.vendor == "sqlite":
        return PERSONE
    return sorted(ALTROVE, key=lambda chi: riga.attesi[chi] == 404)[:1]


def _chiama(scena: Any, riga: Riga, url: str, client: Client) -> Any:
    intestazioni = {"HX-Request": "true"} if riga.htmx else {}
    if riga.metodo == "post":
        return client.post(url, riga.corpo(scena), headers=intestazioni)
    return client.get(url, headers=intestazioni)


def _difetti(scena: Any, nome: str, riga: Riga, clienti: dict[str, Client]) -> list[str]:
    """Return who got something else than the row says; what they did is undone."""
    url = reverse(nome, kwargs=riga.argomenti(scena)) + (f"?{riga.query}" if riga.query else "")
    accesso = resolve_url(settings.LOGIN_URL)
    diversi = []
    for chi in _chi_chiede(riga):
        client = clienti[chi]
        with transaction.atomic():
            risposta = _chiama(scena, riga, url, client)
            transaction.set_rollback(True)
        meta = risposta.headers.get("Location", "")
        al_login = risposta.status_code == 302 and meta.startswith(accesso)
        if risposta.status_code != riga.attesi[chi]:
            diversi.append(f"{chi}: {risposta.status_code} {meta}, expected {riga.attesi[chi]}")
        elif risposta.status_code == 302 and al_login != (chi == "anonimo"):
            diversi.append(f"{chi}: sent to {meta}")
        if getattr(risposta, "streaming", False):
            risposta.close()
    return [f"{riga.metodo.upper()} {url}  {caso}" for caso in diversi]


def _non_ammette_get(scena: Any, nome: str, riga: Riga, clienti: dict[str, Client]) -> list[str]:
    """A route whose rows are POST only changes something: a GET is refused to whoever it is."""
    url = reverse(nome, kwargs=riga.argomenti(scena))
    entrati = [chi for chi in clienti if chi != "anonimo"]
    chiedono = entrati if connection.vendor == "sqlite" else entrati[:1]
    return [f"GET {url}  {chi}: not 405" for chi in chiedono if clienti[chi].get(url).status_code != 405]


@pytest.mark.django_db
@pytest.mark.parametrize("mondo", [pytest.param(mondo, id=mondo.nome) for mondo in mondi()])
def test_matrice(mondo: Mondo, scena: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each person in turn, in each row, from the same state; all that differ are told at once."""
    if mondo.prepara:
        mondo.prepara(scena)
    # Who may have a paper is the matter here: its HTML is made as ever, and laid out where the paper has its own tests.
    monkeypatch.setattr(composizione, "impagina", _in_bianco)
    persone = PERSONE if connection.vendor == "sqlite" else ALTROVE
    clienti = {chi: _client(scena, chi) for chi in persone}
    difetti = []
    for nome, numero, riga in mondo.righe:
        with transaction.atomic():  # what a row makes for its own address is gone for the next one
            difetti += _difetti(scena, nome, riga, clienti)
            if nome in SOLO_POST and numero == 0:
                difetti += _non_ammette_get(scena, nome, riga, clienti)
            transaction.set_rollback(True)
    assert not difetti, "\n".join(difetti)
