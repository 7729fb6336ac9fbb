"""Load a questionnaire for an accord from a JSON file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.base.errori import ErroreDominio
from accordo.base.file import perche
from accordo.iter.models import Accordo
from questionari.lettura import DefinizioneNonValida
from questionari.servizi import carica_questionario


class Command(BaseCommand):
    """carica_questionario SLUG FILE: checks the file, tells all errors, writes nothing if there is one."""

    help = "Carica il questionario di un accordo da un file JSON (ripetibile)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The accord and the file."""
        parser.add_argument("slug", help="l'accordo")
        parser.add_argument("file", type=Path, help="il questionario, in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it."""
        accordo = Accordo.objects.filter(slug=options["slug"]).first()
        if accordo is None:
            raise CommandError(f"Nessun accordo si chiama «{options['slug']}».")
        try:
            dati = json.loads(options["file"].read_text(encoding="utf-8"))
        except OSError as errore:
            raise CommandError(f"{options['file']}: {perche(errore)}") from errore
        except ValueError as errore:
            raise CommandError(f"{options['file']} non è un file JSON: {errore}") from errore
        try:
            questionario = carica_questionario(accordo, dati)
        except DefinizioneNonValida as errore:
            raise CommandError("Il questionario non va bene:\n" + "\n".join(errore.errori)) from errore
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        struttura = questionario.struttura
        self.stdout.write(
            f"{questionario.titolo}: {len(struttura.sezioni)} sezioni, {len(struttura.per_codice)} domande, "
            f"impronta {questionario.impronta[:12]}."
        )
