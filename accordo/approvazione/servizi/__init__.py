"""What writes acts, answers and signatures. The only place that does."""

from accordo.approvazione.servizi.adesioni import apri_adesione, indica_durata, recedi
from accordo.approvazione.servizi.atti import DatiAlbo, avvia_istruttoria, registra_atto
from accordo.approvazione.servizi.avvio import avvia_approvazione
from accordo.approvazione.servizi.firme import FirmatarioDiverso, registra_firma
from accordo.approvazione.servizi.pervenuti import Pec
from accordo.approvazione.servizi.prefettura import registra_passaggio
from accordo.approvazione.servizi.regola import scegli_regola
from accordo.approvazione.servizi.risposte import (
    non_approvare,
    prosegui_senza,
    registra_ricevuta,
    rinvia,
    rispondi,
)
from accordo.approvazione.servizi.termini import da_sollecitare, ricorda_scadenze, sollecita
from accordo.approvazione.servizi.turni import (
    aggiorna_turno,
    passa_turni_scaduti,
    passa_turno,
    prolunga_turno,
)

__all__ = [
    "DatiAlbo",
    "FirmatarioDiverso",
    "Pec",
    "aggiorna_turno",
    "apri_adesione",
    "avvia_approvazione",
    "avvia_istruttoria",
    "da_sollecitare",
    "indica_durata",
    "non_approvare",
    "passa_turni_scaduti",
    "passa_turno",
    "prolunga_turno",
    "prosegui_senza",
    "recedi",
    "registra_atto",
    "registra_firma",
    "registra_passaggio",
    "registra_ricevuta",
    "ricorda_scadenze",
    "rinvia",
    "rispondi",
    "scegli_regola",
    "sollecita",
]
