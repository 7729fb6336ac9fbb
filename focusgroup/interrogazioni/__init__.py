"""The querysets of meetings."""

from focusgroup.interrogazioni.convocazione import convocazioni
from focusgroup.interrogazioni.riunione import con_conti, visibili_a, vive
from focusgroup.interrogazioni.sondaggio import Tabella, sondaggi, sondaggi_aperti, sondaggio_aperto, tabella

__all__ = (
    "Tabella",
    "con_conti",
    "convocazioni",
    "sondaggi",
    "sondaggi_aperti",
    "sondaggio_aperto",
    "tabella",
    "visibili_a",
    "vive",
)
