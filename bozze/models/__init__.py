"""The models of the text, of the remarks and of the amendments."""

from bozze.models.emendamenti import Contributo, Emendamento
from bozze.models.osservazioni import Osservazione
from bozze.models.testo import Bozza, LetturaVersione, NodoBozza, Versione

__all__ = ["Bozza", "Contributo", "Emendamento", "LetturaVersione", "NodoBozza", "Osservazione", "Versione"]
