"""The app of the questionnaires: phases 2 and 3."""

from django.apps import AppConfig


class QuestionariConfig(AppConfig):
    """Survey of the local institutions, and its results."""

    name = "questionari"
    verbose_name = "Questionari"
