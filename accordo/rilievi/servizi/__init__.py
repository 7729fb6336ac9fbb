"""What writes objectives and findings."""

from accordo.rilievi.servizi.priorita import Punteggio, concorda_priorita
from accordo.rilievi.servizi.rilievi import (
    DatiFonte,
    aggiungi_fonte,
    assicura_obiettivi,
    crea_rilievo,
    modifica_rilievo,
    muovi_rilievo,
    ritira_fonte,
)
from accordo.rilievi.servizi.unione import separa_rilievo, unisci_rilievi

__all__ = (
    "DatiFonte",
    "Punteggio",
    "aggiungi_fonte",
    "assicura_obiettivi",
    "concorda_priorita",
    "crea_rilievo",
    "modifica_rilievo",
    "muovi_rilievo",
    "ritira_fonte",
    "separa_rilievo",
    "unisci_rilievi",
)
