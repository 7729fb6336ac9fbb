"""The database that every test process starts from: migrated once, then copied.

The migrations take half a minute, and say the same to every process of a run. The first one that needs them runs them,
for real, into a model: a file for SQLite, a database of the server for PostgreSQL. All others take a copy, tables,
triggers and functions included. The model's name is the fingerprint of the code and of the locked packages: whoever
changes a line of either gets a new one. `python -m tests.modello` makes it beforehand (.ci/prova does, beside the linters).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

RADICE = Path(__file__).resolve().parent.parent
CARTELLA = RADICE / ".accordo" / "modelli"
TENUTI = 12


def impronta() -> str:
    """Return the fingerprint of all that a migrated database depends on."""
    somma = hashlib.sha256(sys.version.encode())
    for file in [RADICE / "uv.lock", *_codice()]:
        somma.update(str(file.relative_to(RADICE)).encode() + b"\0" + file.read_bytes() + b"\0")
    return somma.hexdigest()[:20]


def _codice() -> Iterator[Path]:
    for pacchetto in ("accordo", "bozze", "focusgroup", "questionari"):
        yield from sorted((RADICE / pacchetto).rglob("*.py"))


@contextmanager
def _uno_alla_volta(file: Path) -> Iterator[None]:
    CARTELLA.mkdir(parents=True, exist_ok=True)
    with file.with_suffix(".serratura").open("w") as serratura:
        fcntl.flock(serratura, fcntl.LOCK_EX)
        yield


def _migra(indirizzo: str) -> None:
    ambiente = {**os.environ, "DATABASE_URL": indirizzo}
    comando = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    fatto = subprocess.run(comando, cwd=RADICE, env=ambiente, capture_output=True, text=True, check=False)
    if fatto.returncode:
        raise RuntimeError(f"the migrations fail\n{fatto.stdout}{fatto.stderr}")


# ---------------------------------------------------------------------------------------------- SQLite
def _usato(file: Path) -> float:
    return file.stat().st_mtime if file.exists() else 0


def di_sqlite() -> Path:
    """Return the model's file, made if it is not there."""
    file = CARTELLA / f"{impronta()}.sqlite3"
    with _uno_alla_volta(file):
        if file.exists():
            file.touch()  # in use: the others go first
        else:
            grezzo, intero = file.with_suffix(".grezzo"), file.with_suffix(".intero")
            resti = [grezzo, intero, *(grezzo.with_name(grezzo.name + fine) for fine in ("-wal", "-shm"))]
            for resto in [*resti, *sorted(CARTELLA.glob("*.sqlite3"), key=_usato)[: -TENUTI + 1]]:
                resto.unlink(missing_ok=True)
            _migra(f"sqlite:///{grezzo}")
            connessione = sqlite3.connect(grezzo)
            connessione.execute("VACUUM INTO ?", [str(intero)])  # one file, without its write-ahead log
            connessione.close()
            intero.rename(file)
            for resto in resti:
                resto.unlink(missing_ok=True)
    return file


def copia_sqlite(connessione: Any, file: Path) -> None:
    """Make Django's connection, to memory or to a file, hold what the model holds, whatever it held."""
    connessione.ensure_connection()
    modello = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        modello.backup(connessione.connection)
    finally:
        modello.close()


# ---------------------------------------------------------------------------------------------- PostgreSQL
def di_postgres(impostazioni: dict[str, Any]) -> str:
    """Return the name of the model's database, made on the same server if it is not there."""
    import psycopg2

    nome = f"modello_{impronta()}"
    dove = {chiave: impostazioni[chiave.upper()] or None for chiave in ("host", "port", "user", "password")}
    server = psycopg2.connect(dbname="postgres", **dove)
    server.autocommit = True
    try:
        with server.cursor() as cursore:
            cursore.execute("SELECT pg_advisory_lock(73321)")  # one at a time, whoever uses the server
            cursore.execute("SELECT datname FROM pg_database WHERE datname LIKE 'modello_%' ORDER BY oid")
            ci_sono = [riga[0] for riga in cursore.fetchall()]
            if nome not in ci_sono:
                grezzo = f"grezzo_{nome}"
                for vecchio in [grezzo, *ci_sono[:-10]]:
                    cursore.execute(f'DROP DATABASE IF EXISTS "{vecchio}"')
                cursore.execute(f'CREATE DATABASE "{grezzo}"')
                _migra(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{grezzo}").geturl())
                cursore.execute(f'ALTER DATABASE "{grezzo}" RENAME TO "{nome}"')
    finally:
        server.close()  # and with it the lock
    return nome


# ---------------------------------------------------------------------------------------------- pytest
@contextmanager
def al_posto_delle_migrazioni(connessione: Any) -> Iterator[None]:
    """In here a test database that Django makes is a copy of the model."""
    from django.core.management.commands import migrate

    if connessione.vendor == "sqlite":
        file = di_sqlite()
    else:
        file = None
        connessione.settings_dict["TEST"]["TEMPLATE"] = di_postgres(connessione.settings_dict)

    vero = migrate.Command

    class Copia(vero):
        def handle(self, *args: Any, **options: Any) -> None:
            if file is not None:
                copia_sqlite(connessione, file)

    migrate.Command = Copia
    try:
        yield
    finally:
        migrate.Command = vero


@contextmanager
def al_posto_dello_svuotamento(connessione: Any) -> Iterator[None]:
    """In here a SQLite database that a test leaves behind becomes the model again, instead of being emptied table by table."""
    from django.core.management.commands import flush

    if connessione.vendor != "sqlite":
        yield
        return
    file, vero = di_sqlite(), flush.Command

    class Ripristino(vero):
        def handle(self, *args: Any, **options: Any) -> None:
            copia_sqlite(connessione, file)

    flush.Command = Ripristino
    try:
        yield
    finally:
        flush.Command = vero


if __name__ == "__main__":
    if os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):
        print(di_sqlite())
    else:
        import dj_database_url

        print(di_postgres(dict(dj_database_url.parse(os.environ["DATABASE_URL"]))))
