"""The querysets of meetings."""

from focusgroup.interrogazioni.convocazione import convocazioni, decaduta, persone, soggetti_da_invitare
from focusgroup.interrogazioni.riunione import con_conti, motivo, visibili_a, vive
from focusgroup.interrogazioni.sondaggio import Tabella, sondaggi, sondaggi_aperti, sondaggio_aperto, tabella

__all__ = (
    "Tabella",
    "con_conti",
    "convocazioni",
    "decaduta",
    "motivo",
    "persone",
    "soggetti_da_invitare",
    "sondaggi",
    "sondaggi_aperti",
    "sondaggio_aperto",
    "tabella",
    "visibili_a",
    "vive",
)
