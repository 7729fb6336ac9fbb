"""What writes meetings, answers, attendance and minutes."""

from focusgroup.servizi.convocazione import convoca_riunione, fissa_riunione, rispondi_convocazione
from focusgroup.servizi.riunione import (
    ORDINE_DEL_GIORNO,
    avvia_focus_group,
    chiudi_riunione,
    muovi_riunione,
    prepara_riunione,
)
from focusgroup.servizi.verbale import (
    Conflitto,
    approva_verbale,
    contenuto_verbale,
    pubblica_verbale,
    registra_presenze,
    scrivi_verbale,
)

__all__ = (
    "ORDINE_DEL_GIORNO",
    "Conflitto",
    "approva_verbale",
    "avvia_focus_group",
    "chiudi_riunione",
    "contenuto_verbale",
    "convoca_riunione",
    "fissa_riunione",
    "muovi_riunione",
    "prepara_riunione",
    "pubblica_verbale",
    "registra_presenze",
    "rispondi_convocazione",
    "scrivi_verbale",
)
