"""What writes questionnaires, answers, sendings and results."""

from questionari.servizi.affidamenti import Collega, affida_sezione, revoca_affidamento
from questionari.servizi.allegati import allega, togli_allegato
from questionari.servizi.compilazione import (
    convalida_e_invia,
    invia_alla_convalida,
    invia_da_se,
    riapri,
    rimanda,
    rispondo_io,
)
from questionari.servizi.presenze import segnala_presenza
from questionari.servizi.questionario import avvia_questionario, carica_questionario
from questionari.servizi.redazione import (
    ModificatoNelFrattempo,
    aggiungi_domanda,
    aggiungi_sezione,
    comincia,
    modifica,
)
from questionari.servizi.restituzione import (
    apri_ai_cittadini,
    avvia_restituzione,
    pubblica_restituzione,
    segna_letti,
)
from questionari.servizi.ricevute import nome_dati, nome_ricevuta, ricevuta_di
from questionari.servizi.rilevati import proponi_giudizio
from questionari.servizi.risposte import EsitoSalvataggio, salva_risposte, scegli_risposta
from questionari.servizi.schede import allinea, ricostruisci, scrivi_scheda
from questionari.servizi.scrittura import Conflitto, in_scrittura, tocca
from questionari.servizi.solleciti import da_sollecitare, regola_solleciti, sollecita
from questionari.servizi.temi import rilievo_da_passo, segna_passo, togli_passo
from questionari.servizi.trascrizione import (
    Arrivo,
    comincia_trascrizione,
    correggi_trascrizione,
    in_trascrizione,
    invia_trascrizione,
    lascia_trascrizione,
    riprende_compilazione,
)
from questionari.servizi.versioni import apri_correzione, correggi, scarta_correzione

__all__ = [
    "Arrivo",
    "Collega",
    "Conflitto",
    "EsitoSalvataggio",
    "ModificatoNelFrattempo",
    "affida_sezione",
    "aggiungi_domanda",
    "aggiungi_sezione",
    "allega",
    "allinea",
    "apri_ai_cittadini",
    "apri_correzione",
    "avvia_questionario",
    "avvia_restituzione",
    "carica_questionario",
    "comincia",
    "comincia_trascrizione",
    "convalida_e_invia",
    "correggi",
    "correggi_trascrizione",
    "da_sollecitare",
    "in_scrittura",
    "in_trascrizione",
    "invia_alla_convalida",
    "invia_da_se",
    "invia_trascrizione",
    "lascia_trascrizione",
    "modifica",
    "nome_dati",
    "nome_ricevuta",
    "proponi_giudizio",
    "pubblica_restituzione",
    "regola_solleciti",
    "revoca_affidamento",
    "riapri",
    "ricevuta_di",
    "ricostruisci",
    "rilievo_da_passo",
    "rimanda",
    "riprende_compilazione",
    "rispondo_io",
    "salva_risposte",
    "scarta_correzione",
    "scegli_risposta",
    "scrivi_scheda",
    "segna_letti",
    "segna_passo",
    "segnala_presenza",
    "sollecita",
    "tocca",
    "togli_allegato",
    "togli_passo",
]
