"""The registro in words: what each verb means, said of the person who did it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.apps import apps

from accordo.iter.models import Evento
from accordo.iter.motore import ConVita, Vita
from accordo.iter.procedura import processo

FRASI = {
    # the accord and who takes part
    "crea": "ha aperto l'accordo",
    "pubblica_proposta": "ha pubblicato la proposta d'accordo",
    "invita_enti": "ha invitato altri enti",
    "ritira_invito": "ha ritirato l'invito: {oggetto}",
    "aderisci": "ha confermato che l'ente partecipa",
    "rinuncia": "ha dichiarato che l'ente non partecipa",
    "cambia_risposta": "ha cambiato la risposta alla proposta",
    "proroga": "ha spostato la scadenza della fase «{oggetto}»",
    "pianifica": "ha cambiato le date previste",
    "sollecita": "ha mandato un promemoria",
    "promemoria": "ha mandato un promemoria",
    # people
    "invita_persona": "ha invitato una persona",
    "affida_incarico": "ha dato un incarico",
    "concludi_incarico": "ha concluso un incarico",
    "rimanda_invito": "ha mandato di nuovo un invito",
    "annulla_invito": "ha annullato un invito",
    # questionnaire
    "carica_questionario": "ha caricato il questionario",
    "comincia_questionario": "ha cominciato a scrivere il questionario",
    "modifica_questionario": "ha cambiato il questionario in preparazione",
    "correggi_questionario": "ha cominciato una versione corretta del questionario",
    "scarta_correzione": "ha scartato la versione corretta del questionario, senza aprirla",
    "apri_correzione": "ha aperto una versione corretta del questionario",
    "supera": "ha sostituito il questionario con una versione corretta",
    "chiedi_le_nuove": "ha chiesto le risposte alle domande nuove del questionario",
    "importa_questionario": "ha importato il questionario da un file",
    "inizia": "ha cominciato a compilare il questionario",
    "invia_alla_convalida": "ha mandato il questionario alla convalida",
    "convalida_e_invia": "ha convalidato e inviato il questionario",
    "rimanda": "ha rimandato il questionario al referente",
    "comincia_trascrizione": "ha cominciato a trascrivere le risposte al questionario arrivate da un ente: {oggetto}",
    "correggi_trascrizione": "ha ripreso la trascrizione delle risposte di un ente, per correggerla: {oggetto}",
    "invia_trascrizione": "ha registrato, per conto dell'ente, le risposte al questionario che ha trascritto: {oggetto}",
    "lascia_trascrizione": "ha lasciato la trascrizione delle risposte di un ente: {oggetto}",
    "riprende_compilazione": "ha ripreso il questionario che la segreteria stava trascrivendo",
    "pubblica_restituzione": "ha pubblicato gli esiti del questionario",
    "apre_esiti_ai_cittadini": "ha aperto ai cittadini gli esiti del questionario",
    "legge_esiti": "ha letto gli esiti del questionario",
    # meetings and what was learned
    "prepara_riunione": "ha preparato la riunione: {oggetto}",
    "apri_sondaggio": "ha aperto il sondaggio per la data: {oggetto}",
    "risponde_sondaggio": "ha detto quali date vanno bene: {oggetto}",
    "cambia_risposta_sondaggio": "ha cambiato le date che vanno bene: {oggetto}",
    "ricorda_convocazione": "ha ricordato la riunione a chi non ha risposto: {oggetto}",
    "registra_risposta": "ha registrato una risposta arrivata per e-mail: {oggetto}",
    "risponde_insieme": "ha detto altre date mentre un collega rispondeva: {oggetto}",
    "aggiunge_date": "ha aggiunto date al sondaggio: {oggetto}",
    "ricorda_sondaggio": "ha ricordato il sondaggio a chi non ha risposto: {oggetto}",
    "proroga_sondaggio": "ha dato più tempo per scegliere la data: {oggetto}",
    "scegli_data": "ha scelto la data: {oggetto}",
    "ritira_sondaggio": "ha ritirato il sondaggio per la data: {oggetto}",
    "imposta_convocati": "ha indicato ospiti, enti indispensabili e quorum: {oggetto}",
    "fissa_riunione": "ha fissato giorno e luogo: {oggetto}",
    "sposta_riunione": "ha spostato la riunione: {oggetto}",
    "convoca": "ha convocato la riunione: {oggetto}",
    "risponde_convocazione": "ha risposto alla convocazione: {oggetto}",
    "registra_presenze": "ha registrato le presenze: {oggetto}",
    "cambia_ordine_del_giorno": "ha cambiato l'ordine del giorno: {oggetto}",
    "segna_arrivo": "ha segnato un arrivo: {oggetto}",
    "cambia_presenza": "ha scritto chi c'è: {oggetto}",
    "segna_uscita": "ha segnato un'uscita: {oggetto}",
    "annulla_arrivo": "ha annullato un arrivo: {oggetto}",
    "da_consenso": "ha registrato un consenso: {oggetto}",
    "ritira_consenso": "ha registrato il ritiro di un consenso: {oggetto}",
    "allega_a_riunione": "ha allegato un file: {oggetto}",
    "togli_allegato_riunione": "ha tolto un file: {oggetto}",
    "chiedi_correzione": "ha chiesto una correzione: {oggetto}",
    "accogli_correzione": "ha accolto una correzione: {oggetto}",
    "non_accogliere_correzione": "non ha accolto una correzione: {oggetto}",
    "ritira_correzione": "ha ritirato una correzione: {oggetto}",
    "allunga_correzioni": "ha spostato il termine per le correzioni: {oggetto}",
    "apri_priorita": "ha aperto i punti: {oggetto}",
    "da_punti": "ha dato i punti: {oggetto}",
    "concorda_priorita": "ha registrato la priorità concordata: {oggetto}",
    "riapri_priorita": "ha riaperto i punti: {oggetto}",
    "chiudi_riunione": "ha registrato che la riunione si è svolta: {oggetto}",
    "pubblica_verbale": "ha mandato in lettura il verbale: {oggetto}",
    "approva_verbale": "ha approvato il verbale: {oggetto}",
    "riapri_verbale": "ha riaperto il verbale: {oggetto}",
    "crea_rilievo": "ha scritto: {oggetto}",
    "riformula_rilievo": "ha riscritto: {oggetto}",
    "unisci": "ha unito a un altro: {oggetto}",
    "separa": "ha separato di nuovo: {oggetto}",
    "aggiungi_fonte": "ha aggiunto una fonte: {oggetto}",
    "ritira_fonte": "ha ritirato una fonte: {oggetto}",
    # the text
    "carica_testo": "ha caricato il testo della bozza",
    "aggiorna_rinvii": "ha aggiornato i rinvii della bozza ai nuovi numeri",
    "cita_rilievi": "ha legato i rilievi a una disposizione della bozza",
    "aggiungi_disposizione": "ha aggiunto una disposizione alla bozza",
    "modifica_disposizione": "ha cambiato una disposizione della bozza",
    "sopprimi_disposizione": "ha tolto una disposizione dalla bozza",
    "sposta_disposizione": "ha spostato una disposizione della bozza",
    "promuovi_disposizione": "ha promosso una disposizione della bozza",
    "retrocedi_disposizione": "ha retrocesso una disposizione della bozza",
    "annulla_modifica": "ha annullato una sua modifica della bozza",
    "ripeti_modifica": "ha ripetuto una modifica della bozza che aveva annullato",
    "allega_documento": "ha caricato il documento di un allegato",
    "togli_documento": "ha tolto il documento di un allegato",
    "pubblica_versione": "ha pubblicato il testo: {oggetto}",
    "segna_letta": "ha letto il testo: {oggetto}",
    # observations and amendments: what a body prepares is its own until it presents it
    "avvia_contributo": "ha cominciato a lavorare alle osservazioni",
    "crea_emendamento": "ha preparato un emendamento",
    "modifica_emendamento": "ha cambiato un emendamento in preparazione",
    "scarta_emendamento": "ha scartato un emendamento in preparazione",
    "crea_osservazione": "ha preparato un'osservazione",
    "modifica_osservazione": "ha cambiato un'osservazione in preparazione",
    "scarta_osservazione": "ha scartato un'osservazione in preparazione",
    "presenta_emendamento": "ha presentato: {oggetto}",
    "presenta_osservazione": "ha presentato: {oggetto}",
    "replica_osservazione": "ha replicato sotto: {oggetto}",
    "conferma_contributo": "ha confermato osservazioni ed emendamenti",
    "ritira_emendamento": "ha ritirato: {oggetto}",
    "registra_ritiro": "ha registrato il ritiro: {oggetto}",
    "accogli": "ha accolto: {oggetto}",
    "riformula": "ha accettato le nuove parole: {oggetto}",
    "proponi_riformulazione": "ha proposto una {oggetto}",
    "accetta_riformulazione": "ha accettato la {oggetto}",
    "rifiuta_riformulazione": "non ha accettato la {oggetto}",
    "ritira_riformulazione": "ha ritirato la {oggetto}",
    "accantona": "ha accantonato: {oggetto}",
    "riprende_esame": "ha ripreso l'esame: {oggetto}",
    "decidi_insieme": "ha deciso su più emendamenti insieme",
    "annulla_insieme": "ha annullato una decisione su più emendamenti",
    "scrivi_motivo": "ha scritto una motivazione da riusare",
    "togli_motivo": "ha tolto una motivazione da riusare",
    "scegli_numeri": "ha scelto come si numera la bozza",
    "respingi": "ha respinto: {oggetto}",
    "assorbi": "ha dichiarato assorbito: {oggetto}",
    "precludi": "ha dichiarato precluso: {oggetto}",
    "rimetti_in_esame": "ha rimesso in esame: {oggetto}",
    "riporta_emendamento": "ha riportato sulla nuova versione: {oggetto}",
    "invita_a_sottoscrivere": "ha chiesto una firma: {oggetto}",
    "richiama_invito": "ha ritirato la richiesta di una firma: {oggetto}",
    "ricorda_proposte": "ha ricordato le proposte preparate e non ancora presentate a chi le può presentare",
    "ricorda_risposte": "ha ricordato a chi non ha risposto che il termine è vicino: {oggetto}",
    "sottoscrivi": "ha sottoscritto: {oggetto}",
    "declina_sottoscrizione": "ha risposto che non sottoscrive: {oggetto}",
    "ritira_firma": "ha ritirato la firma: {oggetto}",
    "rimette_alla_firma": "ha cambiato un emendamento già firmato: {oggetto}",
    "fai_proprio": "ha fatto proprio: {oggetto}",
    "torna_in_esame": "ha riportato in esame: {oggetto}",
    "crea_subemendamento": "ha preparato un subemendamento",
    "modifica_subemendamento": "ha cambiato un subemendamento in preparazione",
    "scarta_subemendamento": "ha scartato un subemendamento in preparazione",
    "presenta_subemendamento": "ha presentato: {oggetto}",
    "ritira_subemendamento": "ha ritirato: {oggetto}",
    "accogli_subemendamento": "ha accolto: {oggetto}",
    "respingi_subemendamento": "ha respinto: {oggetto}",
    "precludi_subemendamento": "ha dichiarato precluso: {oggetto}",
    "rimetti_subemendamento": "ha rimesso in esame: {oggetto}",
    "segue_emendamento": "cade con il suo emendamento: {oggetto}",
    "riprendi_subemendamento": "torna in esame con il suo emendamento: {oggetto}",
    "apri_riporto": "ha messo in attesa di chi lo ha proposto: {oggetto}",
    "conferma_riporto": "ha confermato sul nuovo testo: {oggetto}",
    "riscrivi_riporto": "ha riscritto sul nuovo testo: {oggetto}",
    "chiudi_riporto": "ha chiuso: {oggetto}",
    "rispondi": "ha risposto: {oggetto}",
    # approval
    "congela_testo": "ha fissato il testo da approvare",
    "avvia_istruttoria": "ha avviato l'istruttoria per l'approvazione",
    "riprendi_istruttoria": "ha ripreso l'istruttoria per l'approvazione",
    "registra_atto": "ha registrato l'atto di approvazione",
    "sostituisci_atto": "ha corretto l'atto di approvazione",
    "rinvia": "ha rinviato il testo con osservazioni",
    "non_approvare": "ha comunicato che l'ente non approva",
    "firma": "ha caricato il testo firmato",
    "sceglie_come_si_firma": "ha scelto come firmano gli enti",
    "consegna_turno": "ha consegnato il PDF da firmare: {oggetto}",
    "turno_scaduto": "ha chiuso un turno di firma scaduto: {oggetto}",
    "passa_turno": "ha passato ad altri il turno di firma: {oggetto}",
    "prolunga_turno": "ha prolungato il turno di firma: {oggetto}",
    "riunisce_firme": "ha riunito tutte le firme in un solo file",
    "registra_atto_ricevuto": "ha registrato l'atto arrivato per PEC",
    "sostituisci_atto_ricevuto": "ha corretto l'atto arrivato per PEC",
    "registra_rinvio": "ha registrato il rinvio con osservazioni arrivato per PEC",
    "registra_non_approvazione": "ha registrato la mancata approvazione arrivata per PEC",
    "rispondi_osservazioni": "ha risposto alle osservazioni dell'ente",
    "prosegui_senza": "ha deciso che l'accordo prosegue senza l'ente",
    "registra_passaggio": "ha registrato un passaggio della Prefettura",
    "sollecita_atti": "ha sollecitato gli enti in ritardo con atto o firma",
    "apri_adesione": "ha aperto l'adesione di un ente",
    "riammetti": "ha aperto l'adesione di un ente che non aveva approvato",
    "recedi": "ha registrato il recesso dell'ente",
    "registra_recesso": "ha registrato il recesso arrivato per PEC",
    "ricorda_scadenza": "ha ricordato a chi coordina che l'accordo sta per scadere",
    "indica_durata": "ha indicato la durata dell'accordo",
    # verbs of several lives
    "apri": "ha aperto: {oggetto}",
    "chiudi": "ha chiuso: {oggetto}",
    "riapri": "ha riaperto: {oggetto}",
    "riapri_contributo": "ha riaperto: {oggetto}",
    "annulla": "ha annullato: {oggetto}",
    "conferma": "ha confermato: {oggetto}",
    "scarta": "ha scartato: {oggetto}",
    "riprendi": "ha riportato in esame: {oggetto}",
}
"""Words only: nothing here depends on the apps whose verbs these are. A verb without words says its label."""

IN_PREPARAZIONE = frozenset(
    f"{verbo}_{cosa}" for verbo in ("crea", "modifica", "scarta") for cosa in ("emendamento", "osservazione")
)
"""Verbs whose object is a body's own affair: lists for reading do not name it."""


@dataclass(frozen=True, slots=True)
class Frase:
    """What happened, in words, and the detail if there is one."""

    testo: str
    dettaglio: str = ""


def frase(evento: Evento) -> Frase:
    """Return the words for one entry; whatever the verb, there are words."""
    if evento.oggetto_tipo == "iter.accordo" and evento.verbo in ("avanza", "torna_indietro"):
        verso = "ha portato l'accordo alla fase" if evento.verbo == "avanza" else "ha riaperto la fase"
        return Frase(f"{verso} «{nome_fase(evento.stato_a)}»", _che_cosa_mancava(evento))
    if evento.verbo in FRASI:
        testo = FRASI[evento.verbo].replace("{oggetto}", evento.oggetto_nome)
        return Frase(testo, _dettaglio(evento) or _che_cosa_mancava(evento))
    return Frase(_da_transizione(evento), _che_cosa_mancava(evento))


def nome_fase(codice: str) -> str:
    """Return the words for a phase; its code if the procedure no longer has it."""
    return processo().nome(codice) if codice in processo().codici else codice


def _da_transizione(evento: Evento) -> str:
    vita = vite_per_tipo().get(evento.oggetto_tipo)
    transizione = vita.trova(evento.verbo, evento.stato_da) if vita else None
    che_cosa = transizione.etichetta if transizione else evento.verbo.replace("_", " ").capitalize()
    testo = f"{che_cosa}: {evento.oggetto_nome}"
    if vita and evento.stato_a and evento.stato_a != evento.stato_da:
        testo += f" (ora: {vita.etichetta_stato(evento.stato_a).lower()})"
    return testo


def _che_cosa_mancava(evento: Evento) -> str:
    mancava = evento.dati.get("mancava") or []
    return f"Mancava: {' '.join(mancava)}" if mancava else ""


def _dettaglio(evento: Evento) -> str:
    lettore: Callable[[dict[str, object]], str] | None = _DETTAGLI.get(evento.verbo)
    return lettore(evento.dati) if lettore else ""


_DETTAGLI: dict[str, Callable[[dict[str, object]], str]] = {
    "invita_enti": lambda d: ", ".join(map(str, d.get("enti") or [])),  # type: ignore[call-overload]
    "proroga": lambda d: f"Da {_giorno(d.get('da'))} a {_giorno(d.get('a'))}.",
    "prolunga_turno": lambda d: f"Da {_giorno(d.get('da'))} a {_giorno(d.get('a'))}.",
    "consegna_turno": lambda d: f"Fino al {_giorno(d.get('scade_il'))}.",
    "sceglie_come_si_firma": lambda d: f"{d.get('modo')}.",
    "firma": lambda d: (
        "Ha firmato una persona diversa da quella registrata." if d.get("firmatario_diverso") else ""
    ),
    "aderisci": lambda d: "Dopo la scadenza." if d.get("dopo_la_scadenza") else "",
    "rinuncia": lambda d: "Dopo la scadenza." if d.get("dopo_la_scadenza") else "",
    "conferma_contributo": lambda d: (
        f"Emendamenti: {d.get('emendamenti')}, osservazioni: {d.get('osservazioni')}."
    ),
    "comincia_trascrizione": lambda d: f"Arrivate {d.get('arrivo')}, firmate da {d.get('firmata_da')}.",
    "invia_trascrizione": lambda d: f"Arrivate {d.get('arrivo')}, firmate da {d.get('firmata_da')}.",
    "registra_passaggio": lambda d: str(d.get("passaggio", "")),
    "registra_atto_ricevuto": lambda d: _pec(d),
    "registra_rinvio": lambda d: _pec(d),
    "registra_non_approvazione": lambda d: _pec(d),
    "registra_recesso": lambda d: _pec(d),
    "invita_persona": lambda d: f"{d.get('ruolo')} per {d.get('ente')}",
    "affida_incarico": lambda d: f"{d.get('ruolo')} per {d.get('ente')}",
    "concludi_incarico": lambda d: f"{d.get('ruolo')} per {d.get('ente')}",
}


def _pec(dati: dict[str, object]) -> str:
    return f"PEC protocollo {dati.get('pec_protocollo')}, {_giorno(dati.get('pec_data'))}."


def _giorno(valore: object) -> str:
    parti = str(valore or "").split("-")
    return "/".join(reversed(parti)) if len(parti) == 3 else "nessuna data"


@cache
def vite_per_tipo() -> dict[str, Vita]:
    """Return the life of every model that has one, by the model's label."""
    return {
        modello._meta.label_lower: vita
        for modello in apps.get_models()
        if issubclass(modello, ConVita) and (vita := modello().la_vita())
    }
