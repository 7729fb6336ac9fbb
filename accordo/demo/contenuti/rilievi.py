"""What was learned: (area, kind, sentence, objectives, question of the survey that bears it out)."""

RILIEVI: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("piana", "forza", "Le sale operative dei Comuni maggiori sono già in contatto tra loro.", ("1.4",), "D22"),
    ("piana", "forza", "Le associazioni sono presenti in ogni frazione e collaborano con i Comuni.", ("2.1",), "D09"),
    ("piana", "criticita", "Attorno a stazioni e scuole gli spazi sono giudicati critici.", ("3.2", "4.1"), "D12"),
    ("piana", "criticita", "Nelle ore serali manca un raccordo stabile tra le sale operative.", ("1.4",), "D19"),
    ("piana", "proposta", "Un canale unico tra le sale operative, con un calendario comune dei servizi serali.", ("1.2", "3.1"), "D31"),
    ("piana", "proposta", "Interventi sugli spazi attorno alle stazioni di Lucca, Altopascio e Porcari.", ("4.2",), "D14"),
    ("valle-del-serchio", "forza", "Le polizie locali associate tengono già un registro comune.", ("3.1",), "D18"),
    ("valle-del-serchio", "forza", "I rapporti di vicinato sono buoni: le segnalazioni arrivano presto.", ("2.2",), "D09"),
    ("valle-del-serchio", "criticita", "In diversi comuni montani c'è un solo agente di polizia locale.", ("3.1",), "D17"),
    ("valle-del-serchio", "criticita", "Le persone anziane sole sono esposte alle truffe.", ("2.2",), "D08"),
    ("valle-del-serchio", "criticita", "Non abbiamo dati confrontabili da un anno all'altro.", ("1.1", "1.5"), "D03"),
    ("valle-del-serchio", "proposta", "Svolgere in forma associata le funzioni di polizia locale nei comuni minori.", ("3.1",), "D31"),
    ("valle-del-serchio", "proposta", "Incontri nelle frazioni sulle truffe, con le forze dell'ordine e i servizi sociali.", ("2.3",), "D31"),
    ("versilia", "forza", "I servizi congiunti estivi hanno dato buoni risultati.", ("1.4",), "D26"),
    ("versilia", "forza", "Gli operatori economici del litorale partecipano alle iniziative.", ("2.1",), "D26"),
    ("versilia", "criticita", "I rinforzi estivi arrivano tardi e senza coordinamento fra Comuni vicini.", ("1.3", "3.2"), "D19"),
    ("versilia", "criticita", "Le aree dismesse dietro il litorale restano senza interventi.", ("4.1",), "D14"),
    ("versilia", "proposta", "Programmare insieme i servizi da maggio a settembre.", ("1.3", "4.3"), "D31"),
    ("versilia", "proposta", "Un solo quadro di indicatori, aggiornato con regolarità.", ("1.5",), "D33"),
    ("prefettura", "criticita", "I protocolli vigenti coprono solo alcuni Comuni e hanno scadenze diverse.", ("1.2",), "D27"),
    ("prefettura", "proposta", "Raccordare i protocolli vigenti con il nuovo accordo.", ("1.2",), "D27"),
    ("regione", "proposta", "Assistenza tecnica ai Comuni minori per i bandi regionali.", ("3.3",), "D32"),
    ("valle-del-serchio", "criticita", "Le truffe colpiscono le persone anziane che vivono sole.", ("2.2",), "D08"),
)  # fmt: skip

DOPPIONE = (
    "Le truffe colpiscono le persone anziane che vivono sole.",
    "Le persone anziane sole sono esposte alle truffe.",
)
"""Two sentences that say the same: the first is merged into the second."""

CITAZIONI: dict[tuple[int, int], tuple[int, ...]] = {
    (4, 1): (11,),
    (5, 2): (11, 19),
    (9, 1): (1, 4, 5),
    (9, 2): (14, 18),
    (10, 2): (11, 19),
    (13, 2): (10, 13),
    (15, 1): (12,),
    (16, 3): (3, 6),
    (18, 1): (7, 9, 12),
    (21, 1): (17,),
}
"""Which findings (by their place above, from 1) an article's comma comes from."""
