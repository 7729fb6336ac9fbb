"""The rules of the house that no linter knows: the top level, the templates, the clock, the lock, the addresses."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

RADICE = Path(__file__).parent.parent
PACCHETTI = ("accordo", "questionari", "focusgroup", "bozze")
IN_CIMA = {
    "manage.py", "accordo", "questionari", "focusgroup", "bozze", "templates", "static", "tests",
    "pyproject.toml", "README.md", "uv.lock", "Makefile", "LICENSE", "CHANGELOG.md", "publiccode.yml",
    ".ci", ".gitignore", ".python-version", ".pre-commit-config.yaml",
}  # fmt: skip


@cache
def versionati() -> tuple[Path, ...]:
    """Return the files under version control; where there is no git, these tests have nothing to look at."""
    try:
        uscita = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=RADICE, capture_output=True, check=True
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    return tuple(Path(nome) for nome in uscita.split("\0") if nome and (RADICE / nome).is_file())


def righe(*estensioni: str, sotto: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return ("file:line", text) for every line of the files with those extensions."""
    return [
        (f"{percorso}:{numero}", riga)
        for percorso in versionati()
        if percorso.suffix in estensioni and (not sotto or percorso.parts[0] in sotto)
        for numero, riga in enumerate((RADICE / percorso).read_text(encoding="utf-8").splitlines(), 1)
    ]


def test_in_cima_solo_quel_che_serve() -> None:
    assert {percorso.parts[0] for percorso in versionati()} <= IN_CIMA


def test_niente_stili_ne_script_nelle_pagine() -> None:
    """The Content Security Policy is strict: no inline style, no inline script, no handler in an attribute.

    The templates of the PDFs are not pages: WeasyPrint reads their styles.
    """
    vietato = re.compile(
        r"""<style\b|\sstyle\s*=|<script(?![^>]*\b(?:src=|type="application/json"))|\son[a-z]+\s*=\s*["']|javascript:""",
        re.I,
    )
    trovate = [
        dove
        for dove, riga in righe(".html", sotto=("templates",))
        if vietato.search(riga) and "pdf" not in dove
    ]
    assert not trovate


def test_niente_da_altri_siti() -> None:
    """A page loads nothing from a third party."""
    vietato = re.compile(
        r"""(?:src|href)\s*=\s*["'](?:https?:)?//[^"']+\.(?:js|css|woff2?|png|svg)\b|url\(["']?(?:https?:)?//"""
    )
    assert not [
        dove for dove, riga in righe(".html", ".css", sotto=("templates", "static")) if vietato.search(riga)
    ]


def test_l_ora_si_chiede_all_orologio() -> None:
    """Only accordo/base/orologio.py asks the machine what time it is: the demo and the tests move the clock."""
    vietato = re.compile(
        r"timezone\.(?:now|localdate|localtime)\(\)|date\.today\(\)|datetime\.(?:now|utcnow|today)\("
    )
    trovate = [
        dove
        for dove, riga in righe(".py", sotto=PACCHETTI)
        if vietato.search(riga)
        and not dove.startswith("accordo/base/orologio.py")
        and "/migrations/" not in dove
    ]
    assert not trovate


def test_nessun_indirizzo_di_posta_vero() -> None:
    """Demo data and tests write to example.invalid only."""
    indirizzo = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})", re.I)
    trovati = [
        f"{dove}: {dominio}"
        for dove, riga in righe(
            ".py", ".html", ".txt", ".json", ".csv", ".toml", ".yml", sotto=(*PACCHETTI, "templates", "tests")
        )
        for dominio in indirizzo.findall(riga)
        if not dominio.lower().endswith(("example.invalid", "esempio.invalid", ".invalid"))
    ]
    assert not trovati


def test_il_lock_nomina_solo_l_indice_pubblico() -> None:
    ospiti = set(re.findall(r"https?://([^/\"]+)", (RADICE / "uv.lock").read_text()))
    assert ospiti == {"pypi.org", "files.pythonhosted.org"}


def test_moduli_non_troppo_lunghi() -> None:
    """Above about 400 lines a module becomes a package."""
    lunghi = [
        f"{percorso}: {quante}"
        for percorso in versionati()
        if percorso.suffix == ".py" and percorso.parts[0] in PACCHETTI and "migrations" not in percorso.parts
        if (quante := len((RADICE / percorso).read_text(encoding="utf-8").splitlines())) > 420
    ]
    assert not lunghi
