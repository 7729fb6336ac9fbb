"""The meetings of each area."""

from django.apps import AppConfig


class FocusgroupConfig(AppConfig):
    """Riunione, Convocazione, the agenda with its minutes."""

    name = "focusgroup"
    label = "focusgroup"
    verbose_name = "Focus group"
