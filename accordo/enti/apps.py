"""Who: bodies, areas, people and their roles."""

from django.apps import AppConfig


class EntiConfig(AppConfig):
    """Ente, Ambito, Utente, Incarico, and what each may see and do."""

    name = "accordo.enti"
    label = "enti"
    verbose_name = "Enti e persone"
