"""What writes acts and signatures. The only place that does."""

from accordo.approvazione.servizi.atti import DatiAlbo, avvia_istruttoria, registra_atto
from accordo.approvazione.servizi.avvio import avvia_approvazione
from accordo.approvazione.servizi.firme import FirmatarioDiverso, registra_firma
from accordo.approvazione.servizi.regola import scegli_regola
from accordo.approvazione.servizi.risposte import non_approvare, rinvia
from accordo.approvazione.servizi.turni import aggiorna_turno, passa_turno, prolunga_turno

__all__ = [
    "DatiAlbo",
    "FirmatarioDiverso",
    "aggiorna_turno",
    "avvia_approvazione",
    "avvia_istruttoria",
    "non_approvare",
    "passa_turno",
    "prolunga_turno",
    "registra_atto",
    "registra_firma",
    "rinvia",
    "scegli_regola",
]
