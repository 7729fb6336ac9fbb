"""The proposal with which the Provincia begins, and what it says along the way."""

TITOLO = "Accordo istituzionale per la sicurezza in provincia di Lucca"
SOTTOTITOLO = "Insieme per la sicurezza in provincia di Lucca"

TESTO = """La Provincia di Lucca propone ai Comuni, alle Unioni di comuni, alla Prefettura e alla Regione Toscana di definire \
insieme un accordo istituzionale per interventi coordinati in materia di sicurezza.

La sicurezza è un bene collettivo. Nessuna istituzione ha da sola tutti gli strumenti: servono la qualità degli spazi, dei \
servizi e delle relazioni, il controllo del territorio, la prevenzione. Servono anche risposte diverse nella Piana, nella Valle \
del Serchio e in Versilia.

L'accordo ha quattro obiettivi: accrescere la cooperazione, coinvolgere gli attori locali, integrare competenze e risorse, \
sperimentare azioni concrete.

Chiediamo a ogni ente di dire se partecipa e di indicare una persona degli uffici che segua il lavoro. Nelle prossime settimane \
riceverete un questionario; gli esiti saranno restituiti a tutti, poi discussi in un focus group per ogni ambito. La bozza \
nascerà da lì."""

RISPOSTE_PER_PEC = """Si trasmettono le risposte del Comune al questionario, compilate dagli uffici e condivise con la giunta.

Il Comune non ha in questo periodo personale che possa riportarle sul portale: si chiede alla Provincia di farlo."""
MOTIVO_TRASCRIZIONE = (
    "Il Comune ha risposto per PEC: non ha personale che possa riportare le risposte sul portale."
)
MOTIVO_INCOMPLETA = "Nel documento mancano alcune risposte facoltative: si riporta quello che c'è."
COLLEGA = {
    "nome": "Giulia",
    "cognome": "Casciani",
    "email": "polizia.locale.barga@example.invalid",
    "nota": "Organici e turni li conosci meglio tu: ci pensi entro venerdì?",
}

NOTA_ESITI = """Hanno risposto quasi tutti gli enti. La percezione di insicurezza supera spesso i fatti; le differenze tra le \
tre aree sono nette e chiedono azioni diverse."""

MOTIVO_PROROGA = "Diversi Comuni montani hanno chiesto una settimana in più per sentire le Unioni."
MOTIVO_CHIUSURA = (
    "Il termine prorogato è passato e i due enti hanno comunicato che non riescono a rispondere in tempo."
)
NOTA_VERSIONE = "Prima versione, scritta dopo i focus group delle tre aree."
NOTA_DEFINITIVA = "Testo definitivo, con gli emendamenti accolti."
PROMEMORIA_FASE = "Il termine si sposta di pochi giorni perché la fase precedente è durata più del previsto."

RISORSE = (
    (("Ente", 36), ("Risorsa", 44), ("Unità di misura", 20), ("Quantità in un anno", 20)),
    (
        ("Provincia di Lucca", "Segreteria tecnica dell'accordo", "persone", 2),
        ("Comune di Lucca", "Agenti per i servizi congiunti", "ore", 600),
        ("Comune di Viareggio", "Agenti per i servizi congiunti, da maggio a settembre", "ore", 800),
        ("Comune di Barga", "Sala per la formazione congiunta", "giornate", 12),
        (
            "Unione dei Comuni Media Valle del Serchio",
            "Automezzo attrezzato per la prevenzione",
            "giornate",
            60,
        ),
        ("Regione Toscana", "Cofinanziamento dei progetti pilota di area", "euro", 45_000),
    ),
)
"""Annex C as a spreadsheet: columns and rows, invented."""
