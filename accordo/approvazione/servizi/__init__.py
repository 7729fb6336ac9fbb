"""What writes acts and signatures. The only place that does."""

from accordo.approvazione.servizi.atti import DatiAlbo, avvia_istruttoria, registra_atto
from accordo.approvazione.servizi.avvio import avvia_approvazione
from accordo.approvazione.servizi.firme import FirmatarioDiverso, registra_firma
from accordo.approvazione.servizi.risposte import non_approvare, rinvia

__all__ = [
    "DatiAlbo",
    "FirmatarioDiverso",
    "avvia_approvazione",
    "avvia_istruttoria",
    "non_approvare",
    "registra_atto",
    "registra_firma",
    "rinvia",
]
