"""Questionnaires, the bodies' answers, what was sent, and the results given back."""

from questionari.models.compilazione import AllegatoRisposta, Compilazione, Invio, Risposta, VersioneRisposta
from questionari.models.questionario import Questionario
from questionari.models.restituzione import LetturaEsiti, Restituzione

__all__ = [
    "AllegatoRisposta",
    "Compilazione",
    "Invio",
    "LetturaEsiti",
    "Questionario",
    "Restituzione",
    "Risposta",
    "VersioneRisposta",
]
