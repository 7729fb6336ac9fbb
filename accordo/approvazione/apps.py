"""Approvazione."""

from django.apps import AppConfig


class ApprovazioneConfig(AppConfig):
    """Approvazione."""

    name = "accordo.approvazione"
    label = "approvazione"
