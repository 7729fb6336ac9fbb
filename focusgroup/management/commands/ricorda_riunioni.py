"""`ricorda_riunioni`: who has not answered about a date or a meeting is reminded. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand

from accordo.base.posta import svuota_allegati
from focusgroup.servizi.ogni_giorno import ricorda_i_sondaggi, ricorda_le_convocazioni


class Command(BaseCommand):
    """Remind, and delete what was attached to messages long ago."""

    help = "Ricorda i sondaggi che si chiudono e le riunioni vicine a chi non ha risposto; butta i vecchi allegati."

    def handle(self, *args: Any, **opzioni: Any) -> None:
        sondaggi, riunioni = ricorda_i_sondaggi(), ricorda_le_convocazioni()
        self.stdout.write(
            f"Sondaggi ricordati: {len(sondaggi)}. Riunioni ricordate: {len(riunioni)}. "
            f"Allegati vecchi cancellati: {svuota_allegati()}."
        )
