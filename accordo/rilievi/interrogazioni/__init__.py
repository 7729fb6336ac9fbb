"""The querysets of findings."""

from accordo.rilievi.interrogazioni.quadro import (
    Casella,
    Colonna,
    RigaQuadro,
    obiettivi_principali,
    obiettivi_scoperti,
    per_casella,
    quadro,
    senza_proposte,
    totali,
)
from accordo.rilievi.interrogazioni.rilievi import (
    ORDINI,
    ambiti_dell_accordo,
    con_fonti,
    famiglia,
    filtra,
    fonti,
    non_ripresi,
    per_elenco,
    visibili_a,
)
from accordo.rilievi.interrogazioni.simili import Coppia, Simile, doppioni, gruppo_piu_numeroso, simili

__all__ = (
    "ORDINI",
    "Casella",
    "Colonna",
    "Coppia",
    "RigaQuadro",
    "Simile",
    "ambiti_dell_accordo",
    "con_fonti",
    "doppioni",
    "famiglia",
    "filtra",
    "fonti",
    "gruppo_piu_numeroso",
    "non_ripresi",
    "obiettivi_principali",
    "obiettivi_scoperti",
    "per_casella",
    "per_elenco",
    "quadro",
    "senza_proposte",
    "simili",
    "totali",
    "visibili_a",
)
