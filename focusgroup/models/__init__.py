"""Meetings, the search for their date, who is called to them, and what was said item by item."""

from focusgroup.models.calendario import IndirizzoCalendario
from focusgroup.models.convocazione import Convocazione, Risposta, Titolo
from focusgroup.models.riunione import Riunione
from focusgroup.models.sondaggio import Opzione, Preferenza, RispostaSondaggio, Sondaggio, Valore
from focusgroup.models.verbale import Punto

__all__ = (
    "Convocazione",
    "IndirizzoCalendario",
    "Opzione",
    "Preferenza",
    "Punto",
    "Risposta",
    "RispostaSondaggio",
    "Riunione",
    "Sondaggio",
    "Titolo",
    "Valore",
)
