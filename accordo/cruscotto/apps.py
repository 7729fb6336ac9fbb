"""What each person sees first."""

from django.apps import AppConfig


class CruscottoConfig(AppConfig):
    """To-do list, dashboard, times and phases, map, public pages, guide."""

    name = "accordo.cruscotto"
    label = "cruscotto"
    verbose_name = "Cruscotto"
