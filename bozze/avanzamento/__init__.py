"""How far each body has got, in the three phases of the text."""

from bozze.avanzamento.emendamenti import osservazioni, proposta_definitiva
from bozze.avanzamento.testo import bozza

__all__ = ["bozza", "osservazioni", "proposta_definitiva"]
