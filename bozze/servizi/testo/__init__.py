"""What writes the text: the draft, its references, the published versions.

The draft may be written until phase 5 ends; after it the published version is the base of the amendments and nobody
edits it under them. Each change names the revision that the person saw: who was slower is told, and shown both texts.
"""

from bozze.servizi.testo.comune import FASE_BOZZA, FASE_DEFINITIVA, TestoCambiato
from bozze.servizi.testo.documenti import FORMATI, MASSIMO_MB, allega_documento, integro, togli_documento
from bozze.servizi.testo.obiettivi import cita_obiettivi, obiettivi_ignoti
from bozze.servizi.testo.presenze import segnala_presenza
from bozze.servizi.testo.pubblicazione import (
    pubblica_adozione,
    pubblica_definitiva,
    pubblica_versione,
    segna_letta,
)
from bozze.servizi.testo.rilievi import cita_rilievi
from bozze.servizi.testo.ripensamenti import annulla_ultima, ripeti_ultima, ripristina
from bozze.servizi.testo.scrittura import (
    aggiungi_disposizione,
    carica_testo,
    incolla_disposizioni,
    modifica_disposizione,
    modifica_titolo,
    promuovi_disposizione,
    retrocedi_disposizione,
    sopprimi_disposizione,
    sposta_disposizione,
    unisci_disposizione,
)

__all__ = [
    "FASE_BOZZA",
    "FASE_DEFINITIVA",
    "FORMATI",
    "MASSIMO_MB",
    "TestoCambiato",
    "aggiungi_disposizione",
    "allega_documento",
    "annulla_ultima",
    "carica_testo",
    "cita_obiettivi",
    "cita_rilievi",
    "incolla_disposizioni",
    "integro",
    "modifica_disposizione",
    "modifica_titolo",
    "obiettivi_ignoti",
    "promuovi_disposizione",
    "pubblica_adozione",
    "pubblica_definitiva",
    "pubblica_versione",
    "retrocedi_disposizione",
    "ripeti_ultima",
    "ripristina",
    "segna_letta",
    "segnala_presenza",
    "sopprimi_disposizione",
    "sposta_disposizione",
    "togli_documento",
    "unisci_disposizione",
]
