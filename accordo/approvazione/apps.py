"""The app's configuration."""

from django.apps import AppConfig


class ApprovazioneConfig(AppConfig):
    """Phase 8: each body's act, the signatures, the final documents."""

    name = "accordo.approvazione"
    label = "approvazione"
    verbose_name = "approvazione e firme"
