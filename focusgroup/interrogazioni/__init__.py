"""The querysets of meetings."""

from focusgroup.interrogazioni.convocazione import convocazioni, decaduta, persone, soggetti_da_invitare
from focusgroup.interrogazioni.priorita import IN_DISCUSSIONE, Voce, classifica, dati_da, in_discussione
from focusgroup.interrogazioni.riunione import ambiti_senza_riunione, con_conti, motivo, visibili_a, vive
from focusgroup.interrogazioni.sondaggio import (
    Tabella,
    risposte_precedenti,
    sondaggi,
    sondaggi_aperti,
    sondaggio_aperto,
    tabella,
)
from focusgroup.interrogazioni.verbale import (
    RigaRegistro,
    StatoAmbito,
    allegati,
    correzioni,
    da_stampare,
    punti_con_rilievi,
    punti_da_leggere,
    punti_da_scrivere,
    registro,
    rilievi_emersi,
    stato_ambiti,
)

__all__ = (
    "IN_DISCUSSIONE",
    "RigaRegistro",
    "StatoAmbito",
    "Tabella",
    "Voce",
    "allegati",
    "ambiti_senza_riunione",
    "classifica",
    "con_conti",
    "convocazioni",
    "correzioni",
    "da_stampare",
    "dati_da",
    "decaduta",
    "in_discussione",
    "motivo",
    "persone",
    "punti_con_rilievi",
    "punti_da_leggere",
    "punti_da_scrivere",
    "registro",
    "rilievi_emersi",
    "risposte_precedenti",
    "soggetti_da_invitare",
    "sondaggi",
    "sondaggi_aperti",
    "sondaggio_aperto",
    "stato_ambiti",
    "tabella",
    "visibili_a",
    "vive",
)
