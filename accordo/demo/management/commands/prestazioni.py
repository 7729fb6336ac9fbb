"""manage.py prestazioni APP [--enti 39 8000] [--json]: how long the main work of an app takes, on a throwaway database."""

import json
import shutil
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from os import getpid
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, reset_queries
from django.test import override_settings

from accordo.base import posta
from accordo.base.prestazioni import Banco, Misura


def _banchi() -> dict[str, ModuleType]:
    """Return the benches that the installed apps have, by name: a module `prestazioni` with NOME and `prova`."""
    trovati = {}
    for app in apps.get_app_configs():
        nome = f"{app.name}.prestazioni"
        if app.name.startswith(("accordo", "questionari", "focusgroup", "bozze")) and find_spec(nome):
            modulo = import_module(nome)
            if hasattr(modulo, "prova"):
                trovati[modulo.NOME] = modulo
    return trovati


@contextmanager
def _base_usa_e_getta() -> Iterator[None]:
    """A database of its own, made by the migrations and deleted afterwards; the one in use is not touched."""
    vecchio, cartella = connection.settings_dict["NAME"], Path(tempfile.mkdtemp(prefix="prestazioni-"))
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(cartella / "prova.sqlite3")
    else:
        connection.settings_dict["TEST"]["NAME"] = f"prestazioni_{getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with override_settings(MEDIA_ROOT=cartella / "file", ALLOWED_HOSTS=["*"]), posta.muta():
            yield
    finally:
        connection.creation.destroy_test_db(vecchio, verbosity=0)
        shutil.rmtree(cartella, ignore_errors=True)


class Command(BaseCommand):
    """Print a table: for each number of bodies and each piece of work, seconds, queries and peak memory."""

    help = "Misura i tempi di un'applicazione su una base dati usa e getta (PostgreSQL con DATABASE_URL, se no SQLite)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the app, how many bodies, and the form of the answer."""
        parser.add_argument("applicazione", choices=sorted(_banchi()), metavar="APPLICAZIONE")
        parser.add_argument("--enti", nargs="+", type=int, default=[39, 8000], metavar="N")
        parser.add_argument("--json", action="store_true", dest="come_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the bench once for each number of bodies, each time on a new database."""
        if any(enti < 1 for enti in options["enti"]):
            raise CommandError("Gli enti sono almeno uno.")
        modulo = _banchi()[options["applicazione"]]
        misure: list[Misura] = []
        for enti in options["enti"]:
            banco = Banco(enti, racconta=self.stderr.write)
            banco.avanza("si prepara la base dati")
            with _base_usa_e_getta():
                reset_queries()
                modulo.prova(banco, enti)
            misure += banco.misure
        if options["come_json"]:
            self.stdout.write(json.dumps([asdict(m) for m in misure], ensure_ascii=False, indent=1))
        else:
            self._tabella(misure)

    def _tabella(self, misure: list[Misura]) -> None:
        self.stdout.write(f"Base dati: {connection.vendor}")
        self.stdout.write(f"{'enti':>6}  {'che cosa':<44} {'secondi':>9} {'query':>6} {'picco MB':>9}")
        for m in misure:
            self.stdout.write(
                f"{m.enti:>6}  {m.cosa:<44} {m.secondi:>9.3f} {m.query:>6} {m.memoria_mb:>9.0f}  {m.nota}".rstrip()
            )
