"""Amendments and remarks of the demo, on the text of accordo/demo/dati/accordo_esempio.txt.

An amendment names the article, the comma and, if it is one, the letter; `esito` and `perche` are what the Provincia decides
in phase 7. 5.2 of Viareggio and of Seravezza change the same words: they collide, and so do those on 6.3.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposta:
    """An amendment: `genere` is parole, intero, sopprimi, dopo (a disposition after), in_fondo or rubrica."""

    ente: str
    genere: str
    articolo: int
    comma: int = 0
    lettera: str = ""
    vecchie: str = ""
    nuove: str = ""
    motivo: str = ""
    esito: str = "accolto"
    perche: str = ""
    riformulata: str = ""
    anche: tuple["Proposta", ...] = ()
    """What the same amendment changes elsewhere."""


EMENDAMENTI: tuple[Proposta, ...] = (
    Proposta("comune-capannori", "parole", 4, 2, vecchie="ogni anno", nuove="ogni anno, entro il 30 settembre,",
             motivo="Con una data certa gli uffici possono programmare la raccolta dei dati.",
             perche="La data è compatibile con il lavoro dell'osservatorio."),
    Proposta("comune-lucca", "dopo", 4, 3, nuove="L'analisi comprende i dati sulla percezione della sicurezza.",
             motivo="Il questionario mostra che la percezione e i fatti spesso non coincidono.",
             perche="È coerente con l'Allegato A."),
    Proposta("comune-viareggio", "parole", 5, 2, vecchie="entro il 31 maggio", nuove="entro il 31 marzo",
             motivo="I tavoli di area scelgono le azioni in primavera: a maggio è tardi per la stagione.",
             perche="La data di marzo serve ai tavoli di area; gli uffici dell'osservatorio la possono rispettare."),
    Proposta("comune-seravezza", "parole", 5, 2, vecchie="entro il 31 maggio", nuove="entro il 30 giugno",
             motivo="I dati della polizia locale sono completi solo a giugno.",
             esito="precluso", perche="È stato accolto l'emendamento che fissa il termine al 31 marzo."),
    Proposta("regione-toscana", "dopo", 5, 5, nuove="Gli indicatori sono coerenti con quelli usati dalla Regione Toscana.",
             motivo="Permette il confronto con le altre province.", perche="Il confronto è utile a tutti."),
    Proposta("unione-garfagnana", "parole", 5, 4, vecchie="5.000 abitanti", nuove="3.000 abitanti",
             motivo="La soglia di cinquemila abitanti comprende Comuni che hanno già uffici adeguati.",
             esito="respinto", perche="La soglia è quella usata per le gestioni associate: cambiarla creerebbe due regole."),
    Proposta("comune-barga", "parole", 6, 3, vecchie="due volte l'anno", nuove="tre volte l'anno",
             motivo="Due riunioni non bastano per seguire le azioni.",
             esito="riformulato", riformulata="tre volte l'anno, di cui una in ciascuna area",
             perche="Si accoglie il numero e si porta la cabina nei territori."),
    Proposta("comune-camaiore", "parole", 6, 3, vecchie="due volte l'anno", nuove="ogni due mesi",
             motivo="Un ritmo regolare aiuta chi deve organizzarsi.",
             esito="precluso", perche="È stato accolto, riformulato, l'emendamento che porta le riunioni a tre."),
    Proposta("prefettura-lucca", "dopo", 6, 4, nuove="Alle riunioni possono essere invitati i responsabili delle forze di polizia.",
             motivo="Il raccordo con le forze di polizia è parte dell'oggetto dell'accordo.",
             perche="Non cambia la composizione della cabina."),
    Proposta("comune-massarosa", "rubrica", 7, nuove="Tavoli di area dei sindaci",
             motivo="La rubrica dice subito chi ne fa parte.",
             esito="respinto", perche="Al tavolo siedono anche i comandi di polizia locale."),
    Proposta("comune-castelnuovo-di-garfagnana", "parole", 7, 3, vecchie="un anno", nuove="due anni",
             motivo="Un anno è poco per avviare e concludere un lavoro.", perche="Due anni sono compatibili con la durata dell'accordo."),
    Proposta("comune-porcari", "in_fondo", 7, nuove="Il tavolo si riunisce almeno ogni quattro mesi.",
             motivo="Senza una frequenza minima il tavolo rischia di non riunirsi.", perche="La frequenza è sostenibile."),
    Proposta("comune-minucciano", "dopo", 8, 2, nuove="Chi non può usare il portale riceve i documenti dalla segreteria, in altra forma.",
             motivo="Alcuni uffici hanno collegamenti lenti.", perche="Nessuno deve restare escluso."),
    Proposta("prefettura-lucca", "parole", 9, 2, vecchie="sentito il Comitato", nuove="previo parere del Comitato",
             motivo="Il Comitato è la sede propria di questa valutazione.",
             esito="respinto", perche="Il parere preventivo su ogni servizio rallenterebbe la programmazione."),
    Proposta("comune-pietrasanta", "parole", 9, 2, vecchie="ogni tre mesi", nuove="ogni due mesi da maggio a settembre e ogni tre mesi negli altri periodi",
             motivo="In estate la presenza turistica cambia in fretta.", perche="Accoglie una richiesta del focus group della Versilia."),
    Proposta("comune-altopascio", "parole", 10, 2, vecchie="due volte l'anno", nuove="una volta l'anno",
             motivo="Gli uffici minori faticano a raccogliere i dati due volte.",
             esito="respinto", perche="Con un solo invio l'osservatorio non vedrebbe la stagione estiva."),
    Proposta("comune-vagli-sotto", "dopo", 10, 3, nuove="La Provincia aiuta i comuni con meno di mille abitanti a raccogliere i dati.",
             motivo="Nel nostro Comune c'è un solo impiegato amministrativo.", perche="È coerente con l'articolo 25."),
    Proposta("comune-montecarlo", "parole", 11, 2, vecchie="sessanta giorni", nuove="trenta giorni",
             motivo="Chi propone deve sapere presto se la proposta è accolta.",
             esito="riformulato", riformulata="quarantacinque giorni", perche="Trenta giorni non bastano per convocare la cabina."),
    Proposta("comune-bagni-di-lucca", "in_fondo", 12, 1, nuove="d) l'educazione stradale.",
             motivo="L'incidentalità dei giovani è un tema sentito.", perche="Completa l'elenco."),
    Proposta("comune-gallicano", "sopprimi", 12, 2, motivo="Le scuole programmano i percorsi nei loro tempi.",
             esito="respinto", perche="La programmazione anticipata è stata chiesta dalle scuole stesse."),
    Proposta("unione-media-valle-serchio", "intero", 13, 2,
             nuove="Per le persone anziane le azioni comprendono la prevenzione delle truffe e incontri nelle frazioni, con i servizi sociali.",
             motivo="Le frazioni isolate si raggiungono solo andandoci.", perche="Accoglie una proposta del focus group della Valle."),
    Proposta("comune-forte-dei-marmi", "parole", 14, 2, vecchie="e non svolgono pattugliamenti", nuove="e non svolgono pattugliamenti né usano uniformi o segni distintivi",
             motivo="Evita confusione con le polizie locali.", perche="Chiarisce un limite già scritto."),
    Proposta("comune-coreglia-antelminelli", "parole", 15, 1, vecchie="ogni anno", nuove="entro febbraio di ogni anno",
             motivo="Serve tempo per organizzare le sostituzioni.", perche="Il termine è ragionevole."),
    Proposta("comune-lucca", "in_fondo", 16, nuove="Le Parti pubblicano ogni anno l'elenco delle aree su cui sono intervenute.",
             motivo="I cittadini devono poter vedere i risultati.", perche="È già previsto dalla trasparenza.",
             anche=(Proposta("comune-lucca", "rubrica", 16, nuove="Qualità urbana, prevenzione ambientale e trasparenza"),)),
    Proposta("comune-viareggio", "parole", 17, 2, vecchie="I nuovi impianti", nuove="I nuovi impianti e quelli rinnovati",
             motivo="Gran parte degli impianti sarà rinnovata e non costruita da zero.", perche="La spesa è la stessa."),
    Proposta("comune-piazza-al-serchio", "dopo", 18, 2, nuove="L'assistenza è gratuita.",
             motivo="I comuni minori non hanno fondi per consulenze.", perche="La Provincia usa personale proprio."),
    Proposta("comune-stazzema", "parole", 21, 1, vecchie="dodici mesi", nuove="diciotto mesi",
             motivo="Nei territori montani i tempi dei lavori dipendono dalla stagione.",
             esito="respinto", perche="Il termine riguarda l'avvio del progetto, non la sua conclusione."),
    Proposta("regione-toscana", "intero", 29, 2,
             nuove="Entro il 31 marzo di ogni anno la cabina approva una relazione pubblica sui risultati e la trasmette alla Regione.",
             motivo="La Regione raccoglie le relazioni di tutte le province.", perche="Non comporta oneri."),
    Proposta("comune-fabbriche-di-vergemoli", "parole", 31, 3, vecchie="novanta giorni", nuove="centottanta giorni",
             motivo="Un recesso improvviso mette in difficoltà chi gestisce servizi associati.",
             esito="ritirato", perche="Ritirato dopo il chiarimento della segreteria sugli impegni già assunti."),
    Proposta("comune-pescaglia", "sopprimi", 23, 2, motivo="La frase ripete quanto già dice il comma 1.",
             esito="respinto", perche="Il principio di una comunicazione verificabile va mantenuto."),
)  # fmt: skip

OSSERVAZIONI: tuple[tuple[str, int, int, str, str], ...] = (
    ("comune-lucca", 3, 2, "Il passaggio a un'altra area", "Andrebbe detto se il passaggio cambia anche il tavolo di riferimento."),
    ("azienda-usl", 13, 1, "", "L'Azienda chiede di essere sentita prima di programmare gli interventi sulle dipendenze."),
    ("comune-careggine", 18, 1, "nei comuni di minore dimensione", "Chiediamo di precisare quali sono."),
    ("comune-villa-collemandina", 19, 2, "", "La clausola va spiegata agli uffici ragioneria."),
    ("comune-massarosa", 16, 3, "", "Aggiungere le aree verdi lungo il lago tra quelle prioritarie."),
    ("prefettura-lucca", 1, 2, "", "La definizione è coerente con il decreto-legge 14 del 2017."),
    ("rete-scuole", 12, 1, "", "Le scuole chiedono un calendario entro giugno."),
    ("comune-fosciandora", 8, 3, "", "Un referente per due enti è ammesso? Lo chiediamo perché la persona è la stessa."),
    ("comune-san-romano-in-garfagnana", 26, 1, "", "Il termine delle rilevazioni dovrebbe essere comune a tutti."),
    ("unione-versilia", 27, 1, "", "L'Unione è d'accordo con il testo."),
    ("forum-economico-sociale", 11, 1, "", "Il forum chiede due riunioni l'anno nei primi due anni."),
    ("comune-sillano-giuncugnano", 7, 1, "", "Nei comuni senza comando partecipa il sindaco soltanto?"),
)  # fmt: skip

REPLICHE: tuple[tuple[str, str], ...] = (
    ("", "Il confronto con l'Azienda è previsto nel tavolo di area: conviene scriverlo nel comma?"),
    ("comune-viareggio", "Siamo d'accordo: nei comuni della costa la programmazione si fa già insieme."),
)
"""Under the remark of the health authority: who speaks (empty: who leads), and what is said."""

RISPOSTA_OSSERVAZIONE = "Grazie: se ne tiene conto nella proposta definitiva e nelle note di attuazione."

FIRME: tuple[tuple[str, str, str], ...] = (
    ("comune-viareggio", "5.2", "comune-camaiore"),
    ("comune-viareggio", "5.2", "comune-massarosa"),
    ("comune-barga", "6.3", "comune-castelnuovo-di-garfagnana"),
)
"""Who has proposed, on which article and comma, who signs with them."""

INVITI: tuple[tuple[str, str, str], ...] = (
    ("comune-castelnuovo-di-garfagnana", "7.3", "comune-barga"),
    ("comune-viareggio", "5.2", "comune-forte-dei-marmi"),
)
"""Who has proposed, on which article and comma, who is asked to sign and has not answered yet."""

INSIEME: tuple[str, tuple[tuple[str, int], ...], str] = (
    "respinto",
    (("comune-gallicano", 12), ("comune-pescaglia", 23)),
    "La disposizione è stata chiesta nei focus group: va mantenuta.",
)
"""Where the demo stops in phase 7: one outcome and one reason for several amendments, by body and article."""

PROPOSTA_APERTA = ("comune-barga", 6)
"""Where the demo stops in phase 7: the amendment whose reformulation waits for its proposer."""

NOTA_ADOZIONE = (
    "Entrano nel testo gli emendamenti accolti sugli articoli 4 e 5; l'esame degli altri continua."
)

SUBEMENDAMENTO = (
    "comune-camaiore",
    "comune-lucca",
    4,
    "sulla percezione",
    "sulla percezione, per fasce di età,",
    "La percezione cambia molto con l'età: senza questa distinzione il dato dice poco.",
    "La distinzione è già nel questionario.",
)
"""Who proposes it, to whose amendment, on which article, the words, those in their place, why, and why it is accepted."""
