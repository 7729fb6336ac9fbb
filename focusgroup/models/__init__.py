"""Meetings, who is called to them, and what was said item by item."""

from focusgroup.models.convocazione import Convocazione, Risposta
from focusgroup.models.riunione import Riunione
from focusgroup.models.verbale import Punto

__all__ = (
    "Convocazione",
    "Punto",
    "Risposta",
    "Riunione",
)
