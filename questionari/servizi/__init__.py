"""What writes questionnaires, answers, sendings and results."""

from questionari.servizi.affidamenti import Collega, affida_sezione, revoca_affidamento
from questionari.servizi.allegati import allega, togli_allegato
from questionari.servizi.compilazione import convalida_e_invia, invia_alla_convalida, riapri, rimanda
from questionari.servizi.presenze import segnala_presenza
from questionari.servizi.questionario import avvia_questionario, carica_questionario, sollecita
from questionari.servizi.restituzione import avvia_restituzione, pubblica_restituzione, segna_letti
from questionari.servizi.risposte import EsitoSalvataggio, salva_risposte, scegli_risposta
from questionari.servizi.scrittura import Conflitto, in_scrittura, tocca

__all__ = [
    "Collega",
    "Conflitto",
    "EsitoSalvataggio",
    "affida_sezione",
    "allega",
    "avvia_questionario",
    "avvia_restituzione",
    "carica_questionario",
    "convalida_e_invia",
    "in_scrittura",
    "invia_alla_convalida",
    "pubblica_restituzione",
    "revoca_affidamento",
    "riapri",
    "rimanda",
    "salva_risposte",
    "scegli_risposta",
    "segna_letti",
    "segnala_presenza",
    "sollecita",
    "tocca",
    "togli_allegato",
]
