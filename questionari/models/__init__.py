"""What the survey keeps."""

from questionari.models.compilazione import AllegatoRisposta, Compilazione, Risposta, VersioneRisposta
from questionari.models.esiti import (
    CellaRisposta,
    ClasseEnte,
    Passo,
    Scheda,
    StratoEsiti,
    Tema,
    TestoRisposta,
)
from questionari.models.invio import Invio, Ricevuta
from questionari.models.lavoro import VIVA, Affidamento, Presenza
from questionari.models.questionario import Questionario
from questionari.models.restituzione import Conteggio, LetturaEsiti, Restituzione
from questionari.models.trascrizione import Origine, Trascrizione

__all__ = [
    "VIVA",
    "Affidamento",
    "AllegatoRisposta",
    "CellaRisposta",
    "ClasseEnte",
    "Compilazione",
    "Conteggio",
    "Invio",
    "LetturaEsiti",
    "Origine",
    "Passo",
    "Presenza",
    "Questionario",
    "Restituzione",
    "Ricevuta",
    "Risposta",
    "Scheda",
    "StratoEsiti",
    "Tema",
    "TestoRisposta",
    "Trascrizione",
    "VersioneRisposta",
]
