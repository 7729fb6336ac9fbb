"""Meetings, the search for their date, who is called to them, and what was said item by item."""

from focusgroup.models.calendario import IndirizzoCalendario
from focusgroup.models.convocazione import Convocazione, Risposta, Titolo
from focusgroup.models.priorita import Priorita, PuntiEnte
from focusgroup.models.riunione import Riunione
from focusgroup.models.sondaggio import Opzione, Preferenza, RispostaSondaggio, Sondaggio, Valore
from focusgroup.models.verbale import (
    AllegatoRiunione,
    Correzione,
    GenereAllegato,
    Intervento,
    Presenza,
    Punto,
    RevisionePunto,
    VersioneVerbale,
)

__all__ = (
    "AllegatoRiunione",
    "Convocazione",
    "Correzione",
    "GenereAllegato",
    "IndirizzoCalendario",
    "Intervento",
    "Opzione",
    "Preferenza",
    "Presenza",
    "Priorita",
    "PuntiEnte",
    "Punto",
    "RevisionePunto",
    "Risposta",
    "RispostaSondaggio",
    "Riunione",
    "Sondaggio",
    "Titolo",
    "Valore",
    "VersioneVerbale",
)
