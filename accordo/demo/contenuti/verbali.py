"""Where the focus groups met, and their minutes: four items for each area."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incontro:
    """A meeting of one area: the place, who was missing, one text for each item of the agenda."""

    luogo: str
    assenti: tuple[str, ...]
    verbale: tuple[str, str, str, str]


INCONTRI: dict[str, Incontro] = {
    "piana": Incontro(
        "Palazzo Ducale, sala Tobino, Lucca",
        ("comune-villa-basilica",),
        (
            "Gli esiti confermano un giudizio medio sul senso di sicurezza. Stazioni, fermate e aree attorno alle scuole hanno i "
            "punteggi più bassi.",
            "I presenti indicano le sale operative già in contatto tra i Comuni maggiori e la rete delle associazioni, presente in "
            "ogni frazione.",
            "Manca un raccordo stabile tra le sale operative nelle ore serali. I Comuni minori non riescono a garantire pattuglie "
            "dopo le venti. Si segnala la difficoltà di avere dati aggiornati.",
            "Si chiede un canale unico tra le sale operative, un calendario comune dei servizi serali e interventi sugli spazi "
            "attorno alle stazioni di Lucca, Altopascio e Porcari.",
        ),
    ),
    "valle-del-serchio": Incontro(
        "Sede dell'Unione, Castelnuovo di Garfagnana",
        ("comune-careggine", "comune-fosciandora"),
        (
            "Nei comuni montani i fenomeni sono sporadici, ma preoccupano le truffe alle persone anziane e l'isolamento delle "
            "frazioni.",
            "Le polizie locali associate tengono già un registro comune. Il vicinato funziona: in molte frazioni le segnalazioni "
            "arrivano prima che altrove.",
            "Il personale è poco: in sei comuni c'è un solo agente. Le banche dati non si parlano e la copertura radio è "
            "incompleta nelle valli laterali.",
            "Si propone lo svolgimento associato delle funzioni, una formazione comune e incontri nelle frazioni sulle truffe, con "
            "i Carabinieri e i servizi sociali.",
        ),
    ),
    "versilia": Incontro(
        "Villa Argentina, Viareggio",
        ("comune-stazzema",),
        (
            "I giudizi cambiano molto tra estate e inverno. Nei mesi di maggiore presenza crescono furti, abusivismo e guida in "
            "stato di alterazione.",
            "I servizi congiunti estivi con le forze di polizia hanno dato buoni risultati; gli operatori del litorale "
            "collaborano.",
            "I rinforzi estivi arrivano tardi e senza un coordinamento fra Comuni vicini. Le aree dismesse dietro il litorale "
            "restano senza interventi.",
            "Si chiede di programmare insieme i servizi da maggio a settembre, di condividere gli impianti di videosorveglianza e "
            "di un progetto pilota sulla pineta.",
        ),
    ),
    "prefettura": Incontro(
        "Palazzo Ducale, Lucca",
        (),
        (
            "La Prefettura prende atto degli esiti e ne condivide la lettura per aree.",
            "Il Comitato provinciale è una sede già attiva; i protocolli firmati negli ultimi anni restano validi.",
            "I protocolli esistenti coprono solo alcuni Comuni e hanno scadenze diverse.",
            "La Prefettura propone di portare l'accordo al Comitato provinciale e di raccordare i protocolli vigenti.",
        ),
    ),
    "regione": Incontro(
        "In videoconferenza",
        (),
        (
            "La Regione confronta gli esiti con quelli di altre province toscane.",
            "L'accordo usa gli stessi strumenti degli atti di collaborazione istituzionale previsti dalla legge regionale.",
            "I finanziamenti regionali hanno tempi che i Comuni più piccoli non riescono a seguire.",
            "La Regione propone assistenza tecnica ai Comuni minori e indicatori comuni con le altre province.",
        ),
    ),
}

PUNTI = 5
"""How many points each body has."""

PRIORITA: dict[str, str] = {
    "piana": "Si comincia dagli spazi attorno alle stazioni; il raccordo serale tra le sale operative viene subito dopo.",
    "valle-del-serchio": "Prima gli incontri nelle frazioni sulle truffe, poi il personale dei comuni montani.",
    "versilia": "Prima un solo quadro di indicatori, poi la programmazione comune dei servizi estivi.",
    "prefettura": "Si comincia dal raccordo dei protocolli vigenti.",
    "regione": "Si comincia dall'assistenza tecnica ai Comuni minori.",
}
"""What each meeting agreed, in words."""

CORREZIONI: tuple[tuple[str, str, int, str, str, str], ...] = (
    (
        "valle-del-serchio",
        "comune-barga",
        3,
        "I comuni con un solo agente non sono sei ma sette: c'è anche Fabbriche di Vergemoli.",
        "Con Fabbriche di Vergemoli i comuni con un solo agente sono sette.",
        "Il dato è giusto: il verbale lo riporta.",
    ),
    (
        "valle-del-serchio",
        "comune-castelnuovo-di-garfagnana",
        1,
        "Togliere la frase sull'isolamento delle frazioni.",
        "",
        "In riunione è stato detto da più enti: il verbale riporta quello che è stato detto.",
    ),
)
"""Area, body, item, what is asked, the words added to the item ("" if it is not accepted), the answer."""

LETTO_DA_TUTTI = "Chi c'era ha letto il verbale e lo ha confermato alla segreteria."
STESSA_COSA = "Dicono la stessa cosa con altre parole."
