"""What writes meetings, answers, attendance and minutes."""

from focusgroup.servizi.calendario import rinnova_indirizzo, segna_contenuto
from focusgroup.servizi.convocati import imposta_convocati
from focusgroup.servizi.convocazione import (
    DatiPartecipante,
    annulla_riunione,
    convoca_riunione,
    fissa_riunione,
    rispondi_convocazione,
)
from focusgroup.servizi.riunione import (
    ORDINE_DEL_GIORNO,
    avvia_focus_group,
    chiudi_riunione,
    muovi_riunione,
    prepara_riunione,
)
from focusgroup.servizi.sondaggio import (
    INTERVALLO_PROMEMORIA,
    ConflittoRisposta,
    apri_sondaggio,
    prepara_sondaggio,
    proponi_data,
    proroga_sondaggio,
    ricorda_sondaggio,
    rispondi_sondaggio,
    ritira_sondaggio,
    scegli_data,
    togli_data,
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
    "INTERVALLO_PROMEMORIA",
    "ORDINE_DEL_GIORNO",
    "Conflitto",
    "ConflittoRisposta",
    "DatiPartecipante",
    "annulla_riunione",
    "approva_verbale",
    "apri_sondaggio",
    "avvia_focus_group",
    "chiudi_riunione",
    "contenuto_verbale",
    "convoca_riunione",
    "fissa_riunione",
    "imposta_convocati",
    "muovi_riunione",
    "prepara_riunione",
    "prepara_sondaggio",
    "proponi_data",
    "proroga_sondaggio",
    "pubblica_verbale",
    "registra_presenze",
    "ricorda_sondaggio",
    "rinnova_indirizzo",
    "rispondi_convocazione",
    "rispondi_sondaggio",
    "ritira_sondaggio",
    "scegli_data",
    "scrivi_verbale",
    "segna_contenuto",
    "togli_data",
)
