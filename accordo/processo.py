"""The procedure, written so that it reads like the source document ("Le azioni per giungere all'accordo").

Eight phases in two macro-phases. Each says what must hold before the next one, what it starts when it is entered, how
far each body has got, and what it asks of each person. This is the one place that knows the whole; the engine finds
it through settings.PROCESSO.
"""

import accordo.approvazione.attivita
import accordo.approvazione.avanzamento
import accordo.approvazione.interrogazioni
import accordo.approvazione.requisiti
import accordo.approvazione.riapertura
import accordo.approvazione.servizi
import accordo.iter.attivita
import accordo.iter.avanzamento
import accordo.iter.requisiti
import bozze.attivita
import bozze.avanzamento
import bozze.requisiti
import bozze.riprese
import bozze.servizi.emendamenti
import focusgroup.attivita
import focusgroup.avanzamento
import focusgroup.collegamenti
import focusgroup.requisiti
import focusgroup.servizi
import questionari.attivita
import questionari.avanzamento
import questionari.collegamenti
import questionari.fascicolo
import questionari.requisiti
from accordo.iter.procedura import Fase, Processo
from questionari.servizi.questionario import avvia_questionario
from questionari.servizi.restituzione import avvia_restituzione

RILEVAZIONE = "Rilevazione degli elementi di forza e di criticità"
DEFINIZIONE = "Definizione dei contenuti dell'accordo"

PROCESSO = Processo(
    fasi=(
        Fase(
            codice="presentazione",
            nome="Presentazione della proposta",
            nome_breve="Proposta",
            macrofase=RILEVAZIONE,
            descrizione="La proposta è presentata a Comuni, Comunità montane, Prefettura e Regione.",
            pagina="iter:presentazione",
            requisiti=(accordo.iter.requisiti.presentazione, questionari.requisiti.questionario_caricato),
            avanzamento=accordo.iter.avanzamento.presentazione,
            attivita=accordo.iter.attivita.presentazione,
            effetto_avanti="Il questionario si apre e non si cambia più: ogni ente che partecipa può rispondere.",
        ),
        Fase(
            codice="questionario",
            nome="Questionario",
            nome_breve="Questionario",
            macrofase=RILEVAZIONE,
            descrizione="Un questionario rileva punti di forza e criticità presso le istituzioni locali.",
            pagina="questionari:questionario",
            avvia=avvia_questionario,
            avvisa_da_se=True,
            requisiti=(questionari.requisiti.questionari_inviati,),
            avanzamento=questionari.avanzamento.questionario,
            attivita=questionari.attivita.questionario,
            effetto_avanti="Il questionario si chiude: chi non ha inviato non può più farlo.",
        ),
        Fase(
            codice="restituzione",
            nome="Restituzione degli esiti",
            nome_breve="Esiti",
            macrofase=DEFINIZIONE,
            descrizione="Gli esiti della rilevazione tornano a chi ha risposto.",
            pagina="questionari:esiti",
            avvia=avvia_restituzione,
            requisiti=(questionari.requisiti.esiti_pubblicati,),
            avanzamento=questionari.avanzamento.restituzione,
            attivita=questionari.attivita.restituzione,
            effetto_avanti="Per ogni ambito è pronta una riunione da convocare.",
        ),
        Fase(
            codice="focus_group",
            nome="Focus group",
            nome_breve="Focus group",
            macrofase=DEFINIZIONE,
            descrizione="Sindaci e presidenti si incontrano, ogni ambito per conto proprio.",
            pagina="focusgroup:riunioni",
            avvia=focusgroup.servizi.avvia_focus_group,
            requisiti=(focusgroup.requisiti.verbali_approvati, focusgroup.requisiti.rilievi_confermati),
            avanzamento=focusgroup.avanzamento.focus_group,
            attivita=focusgroup.attivita.focus_group,
        ),
        Fase(
            codice="bozza",
            nome="Bozza d'accordo",
            nome_breve="Bozza",
            macrofase=DEFINIZIONE,
            descrizione="Si scrive la bozza d'accordo.",
            pagina="bozze:testo",
            requisiti=(bozze.requisiti.bozza,),
            per_pubblicare=(focusgroup.requisiti.verbali_approvati,),
            avanzamento=bozze.avanzamento.bozza,
            attivita=bozze.attivita.bozza,
            effetto_avanti="Gli enti possono proporre osservazioni ed emendamenti alla versione pubblicata.",
        ),
        Fase(
            codice="osservazioni",
            nome="Osservazioni ed emendamenti",
            nome_breve="Osservazioni",
            macrofase=DEFINIZIONE,
            descrizione="Gli enti propongono osservazioni ed emendamenti alla bozza.",
            pagina="bozze:emendamenti",
            avvia=bozze.servizi.emendamenti.avvia_osservazioni,
            requisiti=(bozze.requisiti.contributi_confermati,),
            avanzamento=bozze.avanzamento.osservazioni,
            attivita=bozze.attivita.osservazioni,
            effetto_avanti="Non si presentano più osservazioni ed emendamenti: comincia l'esame.",
        ),
        Fase(
            codice="proposta_definitiva",
            nome="Proposta definitiva",
            nome_breve="Definitiva",
            macrofase=DEFINIZIONE,
            descrizione="Si decide su ogni emendamento e si scrive la proposta definitiva.",
            pagina="bozze:esame",
            requisiti=(bozze.requisiti.proposta_definitiva,),
            avanzamento=bozze.avanzamento.proposta_definitiva,
            attivita=bozze.attivita.proposta_definitiva,
            effetto_avanti="Il testo definitivo è fissato in PDF, con la sua impronta: ogni ente lo approva e lo firma.",
        ),
        Fase(
            codice="approvazione",
            nome="Iter di approvazione",
            nome_breve="Approvazione",
            macrofase=DEFINIZIONE,
            descrizione="Ogni ente approva il testo con il proprio atto e lo firma.",
            pagina="approvazione:quadro",
            avvia=accordo.approvazione.servizi.avvia_approvazione,
            avvisa_da_se=True,
            requisiti=(accordo.approvazione.requisiti.tutte_le_firme,),
            avanzamento=accordo.approvazione.avanzamento.avanzamento,
            attivita=accordo.approvazione.attivita.attivita,
            effetto_avanti="L'accordo è sottoscritto da tutti.",
        ),
    ),
    stato_finale="sottoscritto",
    nome_finale="Accordo sottoscritto",
    concluso_il=accordo.approvazione.interrogazioni.ultima_firma,
    riapertura=accordo.approvazione.riapertura.riapertura,
    collegamenti={
        "domanda": questionari.collegamenti.domande,
        "risposta": questionari.collegamenti.domande,
        "riunione": focusgroup.collegamenti.punti,
    },
    esiti_ambito=questionari.fascicolo.esiti_ambito,
    ripresi=bozze.riprese.ripresi,
    riprese=bozze.riprese.riprese,
    obiettivi_ripresi=bozze.riprese.obiettivi_ripresi,
)
