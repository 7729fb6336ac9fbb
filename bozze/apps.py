"""Bozze."""

from django.apps import AppConfig


class BozzeConfig(AppConfig):
    """Bozze."""

    name = "bozze"
    label = "bozze"
