"""`ricorda_scadenze`: a mail to who coordinates an accord that expires within six months. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand

from accordo.approvazione.servizi import ricorda_scadenze


class Command(BaseCommand):
    """Remind, once for each accord."""

    help = "Ricorda a chi coordina gli accordi che scadono entro sei mesi: una volta per accordo."

    def handle(self, *args: Any, **opzioni: Any) -> None:
        ricordati = ricorda_scadenze()
        self.stdout.write(f"Promemoria mandati: {len(ricordati)}.")
