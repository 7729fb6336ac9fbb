"""manage.py carica_enti FILE.csv: load the bodies, all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.base.file import perche
from accordo.enti.caricamento import carica_enti


class Command(BaseCommand):
    """Check every row, report every error with its line, write nothing if any row is wrong."""

    help = "Carica gli enti da un file CSV. Se una riga è sbagliata non scrive nulla e le elenca tutte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="il CSV, come accordo/enti/dati/enti_lucca.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say how many bodies were created, updated, left as they were."""
        try:
            contenuto = options["file"].read_bytes()
        except OSError as errore:
            raise CommandError(f"Non riesco a leggere {options['file']}: {perche(errore)}.") from errore
        esito = carica_enti(contenuto)
        if esito.errori:
            for riga in esito.errori:
                self.stderr.write(str(riga))
            quanti = "1 errore" if len(esito.errori) == 1 else f"{len(esito.errori)} errori"
            raise CommandError(f"{quanti} in {options['file'].name}: non ho scritto nulla.")
        self.stdout.write(
            f"Enti creati: {len(esito.creati)}, aggiornati: {len(esito.aggiornati)}, "
            f"già a posto: {len(esito.invariati)}."
        )
