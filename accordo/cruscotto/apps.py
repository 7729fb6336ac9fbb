"""What each person sees first."""

from django.apps import AppConfig


class CruscottoConfig(AppConfig):
    """To-do list, dashboard, times and phases, map, public pages, guide."""

    name = "accordo.cruscotto"
    label = "cruscotto"
    verbose_name = "Cruscotto"

    def ready(self) -> None:
        """Give the registro words for the verbs of all apps; those that it has already win."""
        from accordo.cruscotto.parole import FRASI
        from accordo.iter import frasi

        frasi.FRASI |= FRASI | frasi.FRASI
