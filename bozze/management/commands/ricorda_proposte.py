"""`ricorda_proposte`: what is ready and not presented, or awaited, is reminded before its day. To be run every day."""

from typing import Any

from django.core.management.base import BaseCommand

from bozze.servizi.ogni_giorno import ricorda_le_proposte, ricorda_le_risposte


class Command(BaseCommand):
    """Remind, once for each deadline."""

    help = (
        "Ogni giorno: ricorda le proposte preparate e non presentate, e le risposte attese sugli emendamenti, a chi "
        "rappresenta l'ente, due giorni prima del termine."
    )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        accordi, risposte = ricorda_le_proposte(), ricorda_le_risposte()
        self.stdout.write(
            f"Accordi con proposte ricordate: {len(accordi)}. Risposte ricordate: {len(risposte)}."
        )
