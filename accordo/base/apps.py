"""Plumbing shared by all."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Errors, clock, mail, uploads, PDF, page components."""

    name = "accordo.base"
    label = "base"
    verbose_name = "Base"
