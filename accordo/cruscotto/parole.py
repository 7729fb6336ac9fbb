"""What the verbs of every app mean in the registro, said of the body that did it.

accordo.iter.frasi has the words of its own verbs and falls back on the labels of the buttons; the interface, which
stands above all apps, adds better words for theirs (CruscottoConfig.ready).
"""

FRASI = {
    # questionari
    "carica_questionario": "ha caricato il questionario",
    "apri": "ha aperto il questionario",
    "chiudi": "ha chiuso il questionario",
    "sollecita": "ha sollecitato chi non ha ancora risposto",
    "inizia": "ha cominciato il questionario",
    "invia_alla_convalida": "ha compilato il questionario, che aspetta la conferma",
    "rimanda": "ha rimandato il questionario a chi lo compila",
    "convalida_e_invia": "ha confermato e inviato il questionario",
    "riapri": "ha riaperto: {oggetto}",
    "pubblica_restituzione": "ha pubblicato gli esiti del questionario",
    "legge_esiti": "ha letto gli esiti del questionario",
    # focusgroup
    "prepara_riunione": "ha preparato la riunione «{oggetto}»",
    "fissa_riunione": "ha fissato data e luogo della riunione «{oggetto}»",
    "convoca": "ha convocato gli enti alla riunione «{oggetto}»",
    "risponde_convocazione": "ha risposto all'invito al focus group",
    "sposta_riunione": "ha spostato la riunione «{oggetto}»",
    "registra_presenze": "ha registrato le presenze alla riunione «{oggetto}»",
    "chiudi_riunione": "ha chiuso la riunione «{oggetto}»",
    "pubblica_verbale": "ha messo in lettura il verbale della riunione «{oggetto}»",
    "approva_verbale": "ha approvato il verbale della riunione «{oggetto}»",
    "riapri_verbale": "ha riaperto il verbale della riunione «{oggetto}»",
    "annulla": "ha annullato la riunione «{oggetto}»",
    # rilievi
    "crea_rilievo": "ha scritto il rilievo «{oggetto}»",
    "conferma": "ha confermato il rilievo «{oggetto}»",
    "scarta": "ha scartato il rilievo «{oggetto}»",
    "riprendi": "ha ripreso il rilievo «{oggetto}»",
    "cita_rilievi": "ha collegato il testo ai rilievi",
    "riformula_rilievo": "ha riformulato il rilievo «{oggetto}»",
    # bozze
    "modifica_disposizione": "ha modificato la bozza: {oggetto}",
    "aggiungi_disposizione": "ha aggiunto alla bozza: {oggetto}",
    "sposta_disposizione": "ha spostato nella bozza: {oggetto}",
    "sopprimi_disposizione": "ha tolto dalla bozza: {oggetto}",
    "carica_testo": "ha caricato il testo della bozza",
    "pubblica_versione": "ha pubblicato il testo, {oggetto}",
    "segna_letta": "ha letto il testo, {oggetto}",
    "avvia_contributo": "ha cominciato a lavorare alle osservazioni",
    "conferma_contributo": "ha confermato le sue osservazioni",
    "riapri_contributo": "ha riaperto le sue osservazioni",
    "crea_osservazione": "ha preparato un'osservazione",
    "presenta_osservazione": "ha presentato un'{oggetto}",
    "scarta_osservazione": "ha scartato un'osservazione",
    "rispondi": "ha risposto all'{oggetto}",
    "crea_emendamento": "ha preparato una proposta di emendamento",
    "presenta_emendamento": "ha presentato l'{oggetto}",
    "modifica_osservazione": "ha modificato un'osservazione",
    "modifica_emendamento": "ha modificato una proposta di emendamento",
    "riporta_emendamento": "ha riportato sul nuovo testo l'{oggetto}",
    "scarta_emendamento": "ha scartato una proposta di emendamento",
    "ritira_emendamento": "ha ritirato l'{oggetto}",
    "rimetti_in_esame": "ha rimesso in esame l'{oggetto}",
    # approvazione
    "congela_testo": "ha fissato il testo definitivo da approvare",
    "avvia_istruttoria": "ha avviato l'istruttoria",
    "riprendi_istruttoria": "ha ripreso l'istruttoria",
    "registra_atto": "ha registrato l'atto di approvazione",
    "sostituisci_atto": "ha sostituito l'atto di approvazione",
    "rinvia": "ha rinviato il testo con osservazioni",
    "non_approvare": "ha dichiarato di non approvare il testo",
    "firma": "ha firmato il testo definitivo",
    # cruscotto
    "promemoria": "ha inviato un promemoria",
}
