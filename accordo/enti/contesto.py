"""What every page knows about the person who reads it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def agente(request: HttpRequest) -> dict[str, Any]:
    """Give the templates `agente`, `agenti_possibili` and the help desk's data."""
    return {
        "agente": getattr(request, "agente", None),
        "agenti_possibili": getattr(request, "agenti_possibili", []),
        "assistenza": settings.ASSISTENZA,
    }
