"""What writes meetings, answers, attendance and minutes."""

from focusgroup.contenuto import contenuto_verbale
from focusgroup.servizi.allegati import allega, togli_allegato
from focusgroup.servizi.calendario import rinnova_indirizzo, segna_contenuto
from focusgroup.servizi.convocati import imposta_convocati
from focusgroup.servizi.convocazione import (
    DatiPartecipante,
    annulla_riunione,
    convoca_riunione,
    fissa_riunione,
    rispondi_convocazione,
)
from focusgroup.servizi.correzioni import (
    accogli_correzione,
    chiedi_correzione,
    non_accogliere_correzione,
    ritira_correzione,
)
from focusgroup.servizi.ordine import (
    aggiungi_punto,
    modifica_punto,
    proponi_ordine_del_giorno,
    sposta_punto,
    togli_punto,
)
from focusgroup.servizi.presenze import (
    annulla_arrivo,
    cambia_consenso,
    registra_presenze,
    segna_arrivo,
    segna_uscita,
)
from focusgroup.servizi.priorita import apri_priorita, concorda, dai_punti, riapri_priorita
from focusgroup.servizi.proposte import DatiData, aggiungi_date, prepara_sondaggio, proponi_data, togli_data
from focusgroup.servizi.risposte_ics import registra_risposta
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
    proroga_sondaggio,
    ricorda_sondaggio,
    rispondi_sondaggio,
    ritira_sondaggio,
    scegli_data,
)
from focusgroup.servizi.verbale import (
    Conflitto,
    aggiungi_intervento,
    allunga_correzioni,
    approva_verbale,
    pubblica_verbale,
    scrivi_verbale,
    togli_intervento,
)

__all__ = (
    "INTERVALLO_PROMEMORIA",
    "ORDINE_DEL_GIORNO",
    "Conflitto",
    "ConflittoRisposta",
    "DatiData",
    "DatiPartecipante",
    "accogli_correzione",
    "aggiungi_date",
    "aggiungi_intervento",
    "aggiungi_punto",
    "allega",
    "allunga_correzioni",
    "annulla_arrivo",
    "annulla_riunione",
    "approva_verbale",
    "apri_priorita",
    "apri_sondaggio",
    "avvia_focus_group",
    "cambia_consenso",
    "chiedi_correzione",
    "chiudi_riunione",
    "concorda",
    "contenuto_verbale",
    "convoca_riunione",
    "dai_punti",
    "fissa_riunione",
    "imposta_convocati",
    "modifica_punto",
    "muovi_riunione",
    "non_accogliere_correzione",
    "prepara_riunione",
    "prepara_sondaggio",
    "proponi_data",
    "proponi_ordine_del_giorno",
    "proroga_sondaggio",
    "pubblica_verbale",
    "registra_presenze",
    "registra_risposta",
    "riapri_priorita",
    "ricorda_sondaggio",
    "rinnova_indirizzo",
    "rispondi_convocazione",
    "rispondi_sondaggio",
    "ritira_correzione",
    "ritira_sondaggio",
    "scegli_data",
    "scrivi_verbale",
    "segna_arrivo",
    "segna_contenuto",
    "segna_uscita",
    "sposta_punto",
    "togli_allegato",
    "togli_data",
    "togli_intervento",
    "togli_punto",
)
