"""manage.py ricostruisci_esiti [SLUG]: lay the answers flat again for the results, from what the bodies sent."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.iter.models import Accordo
from questionari.servizi import ricostruisci


class Command(BaseCommand):
    """Needed only after an update, or if the tables of the results were lost: sendings are laid flat as they come."""

    help = "Rifà le tabelle dei risultati da ciò che gli enti hanno inviato. Gli esiti già pubblicati non cambiano."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the accord; all of them if none is named."""
        parser.add_argument("slug", nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how many sendings."""
        accordi = Accordo.objects.filter(slug=options["slug"]) if options["slug"] else Accordo.objects.all()
        if options["slug"] and not accordi:
            raise CommandError(f"Non c'è un accordo «{options['slug']}».")
        for accordo in accordi:
            self.stdout.write(f"{accordo.slug}: {ricostruisci(accordo)} invii messi in piano.")
