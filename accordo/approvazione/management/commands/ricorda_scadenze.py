"""`ricorda_scadenze`: what the calendar brings about in phase 8 and after it. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand

from accordo.approvazione.servizi import passa_turni_scaduti, ricorda_scadenze


class Command(BaseCommand):
    """Let expired turns pass on; remind, once for each accord, of those that are near their end."""

    help = (
        "Ogni giorno: passa i turni di firma scaduti all'ente che viene dopo e ricorda a chi coordina gli accordi che "
        "scadono entro sei mesi."
    )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        passati = passa_turni_scaduti()
        ricordati = ricorda_scadenze()
        self.stdout.write(f"Promemoria mandati: {len(ricordati)}. Turni di firma passati: {len(passati)}.")
        for turno in passati:
            self.stdout.write(f"  turno scaduto, {turno}")
