"""Write an accord's questionnaire to a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.base.errori import ErroreDominio
from accordo.base.file import perche
from accordo.iter.models import Accordo
from questionari.interrogazioni import bozza_di, questionario_di, versioni_di
from questionari.scambio import proprio
from questionari.scambio.xlsform.esporta import esporta


class Command(BaseCommand):
    """esporta_questionario SLUG --formato json|xlsform -o FILE: the draft if there is one, else the version in force."""

    help = "Esporta il questionario di un accordo: JSON del portale (senza perdite) o XLSForm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, how and where."""
        parser.add_argument("slug", help="l'accordo")
        parser.add_argument("--formato", choices=("json", "xlsform"), default="json")
        parser.add_argument("--versione", type=int, help="una versione precisa")
        parser.add_argument("-o", "--uscita", type=Path, required=True, help="il file da scrivere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        accordo = Accordo.objects.filter(slug=options["slug"]).first()
        if accordo is None:
            raise CommandError(f"Nessun accordo si chiama «{options['slug']}».")
        if options["versione"] is not None:
            questionario = versioni_di(accordo).filter(versione=options["versione"]).first()
        else:
            questionario = bozza_di(accordo) or questionario_di(accordo)
        if questionario is None:
            raise CommandError("Questo accordo non ha il questionario che chiedi.")
        try:
            contenuto = (
                proprio.esporta(questionario.definizione)
                if options["formato"] == "json"
                else esporta(questionario.struttura)
            )
            options["uscita"].write_bytes(contenuto)
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        except OSError as errore:
            raise CommandError(f"{options['uscita']}: {perche(errore)}") from errore
        self.stdout.write(f"{options['uscita']}: {questionario.titolo}, versione {questionario.versione}.")
