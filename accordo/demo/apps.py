"""The demo accord."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Invented people and contents, and the command that walks them through the procedure."""

    name = "accordo.demo"
    label = "demo"
    verbose_name = "Dimostrazione"
