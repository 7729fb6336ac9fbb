"""The models of the text, of the remarks and of the amendments."""

from bozze.models.documenti import DocumentoAllegato
from bozze.models.emendamenti import Contributo, Emendamento
from bozze.models.esame import DecisioneInsieme, MotivoEsito, Riformulazione, Riporto
from bozze.models.osservazioni import Osservazione, Replica
from bozze.models.scrittura import Modifica, PresenzaBozza, Traccia
from bozze.models.sottoscrizioni import Sottoscrizione
from bozze.models.subemendamenti import Subemendamento
from bozze.models.testo import Bozza, Citazione, LetturaVersione, NodoBozza, Numeri, Versione

__all__ = [
    "Bozza",
    "Citazione",
    "Contributo",
    "DecisioneInsieme",
    "DocumentoAllegato",
    "Emendamento",
    "LetturaVersione",
    "Modifica",
    "MotivoEsito",
    "NodoBozza",
    "Numeri",
    "Osservazione",
    "PresenzaBozza",
    "Replica",
    "Riformulazione",
    "Riporto",
    "Sottoscrizione",
    "Subemendamento",
    "Traccia",
    "Versione",
]
