"""`versamento SLUG -o FILE`: the package for the preservation system."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accordo.approvazione.versamento.pacchetto import scrivi_versamento
from accordo.base.errori import ErroreDominio
from accordo.base.file import perche
from accordo.iter.models import Accordo


class Command(BaseCommand):
    """Write the BagIt package of an accord into a file."""

    help = "Scrive il pacchetto di versamento (BagIt 1.0 in ZIP): testo, firme, atti, emendamenti, verbali, registro, metadati."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="lo slug dell'accordo")
        parser.add_argument("-o", "--output", required=True, type=Path, help="il file ZIP da scrivere")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        accordo = Accordo.objects.select_related("promotore").filter(slug=opzioni["slug"]).first()
        if accordo is None:
            raise CommandError(f"Non c'è un accordo «{opzioni['slug']}».")
        meta: Path = opzioni["output"]
        provvisorio = meta.with_name(f".{meta.name}.parziale")
        try:
            with provvisorio.open("wb") as uscita:
                quanti = scrivi_versamento(accordo, uscita)
            provvisorio.replace(meta)
        except ErroreDominio as errore:
            provvisorio.unlink(missing_ok=True)
            raise CommandError(errore.testo) from errore
        except OSError as errore:
            provvisorio.unlink(missing_ok=True)
            raise CommandError(f"Non riesco a scrivere {meta}: {perche(errore)}.") from errore
        self.stdout.write(f"Scritto {meta}: {quanti} documenti, {meta.stat().st_size // 1024} kB.")
