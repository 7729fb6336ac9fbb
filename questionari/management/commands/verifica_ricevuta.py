"""manage.py verifica_ricevuta FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accordo.base.file import perche
from questionari.verifica import MAX_FILE, RicevutaIllegibile, controlla, leggi

NON_CORRISPONDE, ILLEGGIBILE = 1, 2


class Command(BaseCommand):
    """Check a receipt: exit code 0 if it is that of a sending, 1 if it is not, 2 if the file cannot be read."""

    help = (
        "Controlla la ricevuta di un questionario (il PDF, o i suoi dati in JSON): ricalcola l'impronta e la cerca fra "
        "gli invii. Esce con 0 se corrisponde, 1 se non corrisponde, 2 se il file non si legge."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="La ricevuta in PDF, o i dati in JSON.")
        parser.add_argument(
            "--senza-archivio",
            action="store_true",
            help="Controlla solo il file: l'impronta dei dati è quella che la ricevuta dichiara?",
        )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        percorso: Path = opzioni["file"]
        try:
            with percorso.open("rb") as file:
                letta = leggi(file.read(MAX_FILE + 1))
        except OSError as errore:
            raise CommandError(
                f"Non si legge {percorso}: {perche(errore)}.", returncode=ILLEGGIBILE
            ) from errore
        except RicevutaIllegibile as errore:
            raise CommandError(str(errore), returncode=ILLEGGIBILE) from errore
        self.stdout.write(f"Impronta SHA-256 dei dati: {letta.impronta}")
        if not letta.coerente:
            raise CommandError(
                f"La ricevuta ne dichiara un'altra: {letta.dichiarata}. I dati sono stati cambiati.",
                returncode=NON_CORRISPONDE,
            )
        if opzioni["senza_archivio"]:
            if not letta.dichiarata:
                self.stdout.write(
                    "Il file non dichiara un'impronta: confrontatela con quella della ricevuta."
                )
            else:
                self.stdout.write(self.style.SUCCESS("È quella che la ricevuta dichiara."))
            return
        esito = controlla(letta)
        if esito.invio is None:
            raise CommandError(
                "Nessun invio di questo portale ha questa impronta.", returncode=NON_CORRISPONDE
            )
        invio = esito.invio
        self.stdout.write(
            self.style.SUCCESS(
                f"Corrisponde: {invio.compilazione.ente}, invio n. {invio.numero} del {invio.quando:%d/%m/%Y}, "
                f"{invio.compilazione.accordo.titolo}."
            )
        )
        if invio.trascritto:
            self.stdout.write(
                f"Riportato da {invio.trascritto['per']}: {invio.trascritto['arrivo']}, firmato da {invio.da_nome}."
            )
        if esito.originale is False:
            self.stdout.write(
                self.style.WARNING(
                    "Il PDF però non è quello rilasciato dal portale: fanno fede i dati che contiene."
                )
            )
