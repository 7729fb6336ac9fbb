"""The querysets of who is called."""

from django.db.models import QuerySet

from focusgroup.models import Convocazione, Riunione


def convocazioni(riunione: Riunione) -> QuerySet[Convocazione]:
    """Return who is called, with their bodies."""
    return riunione.convocazioni.select_related("ente__ambito", "risposta_da").order_by("ente__denominazione")
