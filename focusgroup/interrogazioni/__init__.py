"""The querysets of meetings."""

from focusgroup.interrogazioni.convocazione import convocazioni
from focusgroup.interrogazioni.riunione import con_conti, visibili_a, vive

__all__ = (
    "con_conti",
    "convocazioni",
    "visibili_a",
    "vive",
)
