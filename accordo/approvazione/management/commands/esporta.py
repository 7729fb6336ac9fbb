"""`esporta SLUG --formato pdf -o FILE`: the accord's PDF without a browser."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accordo.approvazione.testi import pdf_accordo
from accordo.base.errori import ErroreDominio
from accordo.iter.models import Accordo


class Command(BaseCommand):
    """Write the accord, as it stands now, into a file."""

    help = "Scrive l'accordo in un file PDF, com'è nella fase in cui si trova."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="lo slug dell'accordo")
        parser.add_argument("--formato", choices=("pdf",), default="pdf")
        parser.add_argument("-o", "--output", required=True, type=Path, help="il file da scrivere")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        accordo = Accordo.objects.select_related("promotore").filter(slug=opzioni["slug"]).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{opzioni['slug']}».")
        try:
            contenuto = pdf_accordo(accordo)
        except ErroreDominio as errore:
            raise CommandError(errore.testo) from errore
        try:
            opzioni["output"].write_bytes(contenuto)
        except OSError as errore:
            raise CommandError(f"Non riesco a scrivere {opzioni['output']}: {errore.strerror}.") from errore
        self.stdout.write(f"Scritto {opzioni['output']} ({len(contenuto) // 1024} kB).")
