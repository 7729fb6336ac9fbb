"""manage.py verifica_registro SLUG: 0 for a whole chain, 1 with the first broken entry named."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.iter.models import Accordo
from accordo.iter.registro import verifica


class Command(BaseCommand):
    """Walk the chain of an accord's registro."""

    help = "Controlla la catena del registro di un accordo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the accord."""
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many entries there are and the last fingerprint, or which entry breaks the chain."""
        accordo = Accordo.objects.filter(slug=options["slug"]).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{options['slug']}».", returncode=2)
        if rottura := verifica(accordo):
            raise CommandError(f"Registro rotto alla voce {rottura.numero}: {rottura.motivo}.")
        voci = "1 voce" if accordo.registro_numero == 1 else f"{accordo.registro_numero} voci"
        self.stdout.write(f"Registro integro: {voci}. Ultima impronta: {accordo.registro_impronta}")
