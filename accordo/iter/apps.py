"""How: the accord, its phases, the workflow engine, the registro."""

from django.apps import AppConfig


class IterConfig(AppConfig):
    """Accordo, Partecipazione, phases and dates, the engine, the registro."""

    name = "accordo.iter"
    label = "iter"
    verbose_name = "Iter"
