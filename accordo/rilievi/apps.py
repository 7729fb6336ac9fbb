"""What was learned: objectives, and findings with their evidence."""

from django.apps import AppConfig


class RilieviConfig(AppConfig):
    """Obiettivo, Rilievo (strength, critical point, proposal) and its evidence."""

    name = "accordo.rilievi"
    label = "rilievi"
    verbose_name = "Rilievi"
