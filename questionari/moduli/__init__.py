"""The forms with which a questionnaire is written."""

from questionari.moduli.domanda import ModuloDomanda
from questionari.moduli.semplici import CominciaForm, IntestazioneForm, SezioneForm

__all__ = ["CominciaForm", "IntestazioneForm", "ModuloDomanda", "SezioneForm"]
