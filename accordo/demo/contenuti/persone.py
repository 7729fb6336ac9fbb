"""Invented names: whoever they resemble, it is chance."""

NOMI_SINDACI = (
    "Anna", "Davide", "Elena", "Marco", "Chiara", "Paolo", "Giulia", "Andrea", "Silvia", "Matteo", "Laura", "Stefano",
    "Francesca", "Luca", "Martina", "Simone", "Valentina", "Alberto", "Serena", "Nicola",
)  # fmt: skip
COGNOMI_SINDACI = (
    "Marchi", "Tosi", "Benedetti", "Fabbri", "Lenzi", "Nardi", "Orsi", "Pieri", "Quilici", "Rossetti", "Salvini",
    "Tognetti", "Ugolini", "Vannucci", "Zanetti", "Bandini", "Corsi", "Dini", "Ercolini",
)  # fmt: skip
NOMI_REFERENTI = (
    "Marta", "Paolo", "Ilaria", "Tommaso", "Sara", "Giacomo", "Irene", "Riccardo", "Federica", "Lorenzo", "Caterina",
    "Pietro", "Alice", "Gabriele", "Monica", "Daniele", "Beatrice", "Filippo", "Claudia", "Enrico",
)  # fmt: skip
COGNOMI_REFERENTI = (
    "Neri", "Santini", "Bacci", "Cipriani", "Del Carlo", "Franchi", "Giusti", "Innocenti", "Landucci", "Menconi",
    "Nieri", "Paolini", "Ricci", "Simi", "Tardelli", "Viviani", "Bertini", "Cardella", "Donati",
)  # fmt: skip

COORDINATORE = ("Laura", "Bonetti")
OSSERVATORE = ("Carla", "Menchini")

SOGGETTI_COINVOLTI = (
    ("forze-di-polizia", "Rappresentanza delle forze di polizia"),
    ("azienda-usl", "Azienda USL, zone della provincia di Lucca"),
    ("rete-scuole", "Rete delle istituzioni scolastiche"),
    ("forum-economico-sociale", "Forum degli attori economici e sociali"),
)
