"""What is missing before the next phase, for the three phases of the text."""

from bozze.requisiti.emendamenti import contributi_confermati, emendamenti_decisi, proposta_definitiva
from bozze.requisiti.testo import bozza

__all__ = ["bozza", "contributi_confermati", "emendamenti_decisi", "proposta_definitiva"]
