"""What writes questionnaires, answers, sendings and results."""

from questionari.servizi.allegati import allega, togli_allegato
from questionari.servizi.compilazione import convalida_e_invia, invia_alla_convalida, riapri, rimanda
from questionari.servizi.questionario import avvia_questionario, carica_questionario, sollecita
from questionari.servizi.restituzione import avvia_restituzione, pubblica_restituzione, segna_letti
from questionari.servizi.risposte import Conflitto, EsitoSalvataggio, salva_risposte, scegli_risposta

__all__ = [
    "Conflitto",
    "EsitoSalvataggio",
    "allega",
    "avvia_questionario",
    "avvia_restituzione",
    "carica_questionario",
    "convalida_e_invia",
    "invia_alla_convalida",
    "pubblica_restituzione",
    "riapri",
    "rimanda",
    "salva_risposte",
    "scegli_risposta",
    "segna_letti",
    "sollecita",
    "togli_allegato",
]
