"""What the three phases of the text ask of a person."""

from bozze.attivita.emendamenti import osservazioni, proposta_definitiva
from bozze.attivita.testo import bozza

__all__ = ["bozza", "osservazioni", "proposta_definitiva"]
