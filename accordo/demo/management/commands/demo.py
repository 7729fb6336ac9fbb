"""manage.py demo [--fase CODICE]: build the demo accord of Lucca."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accordo.base import orologio, posta
from accordo.base.errori import ErroreDominio
from accordo.demo import mondo
from accordo.demo.percorso import SLUG, Percorso
from accordo.demo.tempi import tempi_per
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo
from accordo.iter.servizi import elimina_dimostrativo


class Command(BaseCommand):
    """Build the demo accord at the start of a phase (phase 6: on its ninth day), or signed; again, it is built anew."""

    help = "Costruisce l'accordo dimostrativo di Lucca, al principio di una fase o già sottoscritto."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the phase."""
        parser.add_argument("--fase", choices=processo().codici, default="osservazioni", metavar="CODICE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, then say who can log in."""
        if not settings.DEBUG and not settings.IN_PROVA:
            raise CommandError("La dimostrazione si costruisce solo dove DEBUG è acceso, mai in produzione.")
        try:
            with transaction.atomic(), posta.muta():
                self._costruisci(options["fase"])
        except ErroreDominio as errore:
            mancanze = "".join(f"\n  - {mancanza}" for mancanza in errore.mancanze)
            raise CommandError(f"{errore.testo}{mancanze}") from errore
        self._chi_entra()

    def _costruisci(self, fase: str) -> None:
        vecchio = Accordo.objects.filter(slug=SLUG).first()
        if vecchio is not None:
            elimina_dimostrativo(vecchio)
        adesso = orologio.adesso()
        persone = mondo.costruisci()
        accordo = Percorso(persone, tempi_per(fase, orologio.oggi()), adesso).fino_a(fase)
        self.stdout.write(f"{accordo.titolo}: {processo().nome(accordo.fase)}.")

    def _chi_entra(self) -> None:
        righe = [
            ("coordinatore", "coordinatore@example.invalid", "guida l'accordo per la Provincia"),
            ("referente", "referente.barga@example.invalid", "compila e prepara per il Comune di Barga"),
            ("sindaco", "sindaco.barga@example.invalid", "Comune di Barga e Unione Media Valle"),
            ("Prefettura", "prefetto.prefettura-lucca@example.invalid", "rappresenta la Prefettura"),
            ("Regione", "presidente.regione-toscana@example.invalid", "rappresenta la Regione Toscana"),
            ("osservatore", "osservatore.azienda-usl@example.invalid", "segue per l'Azienda USL, non firma"),
        ]
        self.stdout.write(
            f"\nSi entra con questi indirizzi; la password è per tutti: {settings.DEMO_PASSWORD}\n"
        )
        for ruolo, indirizzo, che_cosa in righe:
            self.stdout.write(f"  {ruolo:<13} {indirizzo:<45} {che_cosa}")
