"""Tags of the login page."""

from django import template
from django.conf import settings

from accordo.enti.interrogazioni import VocePerProva, account_per_prova

register = template.Library()


@register.simple_tag
def account_dimostrativi() -> list[VocePerProva]:
    """Return who to log in as: only where DEBUG is on and the demo is loaded."""
    return account_per_prova() if settings.DEBUG else []


@register.simple_tag
def password_dimostrativa() -> str:
    """Return the password of the demo's invented people, if the settings say it."""
    return str(getattr(settings, "DEMO_PASSWORD", "")) if settings.DEBUG else ""
