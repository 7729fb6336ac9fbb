"""What who coordinates marks in the free answers: theme, question, the words; and the passage that becomes a rilievo."""

TEMI = (
    ("Illuminazione e spazi", "D16", "nuova illuminazione, percorsi senza barriere"),
    ("Illuminazione e spazi", "D16", "La nuova illuminazione del centro ha ridotto le segnalazioni"),
    ("Illuminazione e spazi", "D05", "poca luce, poco passaggio"),
    ("Anziani soli", "D05", "molte persone anziane sole"),
    ("Anziani soli", "D25", "Progetto sulle truffe agli anziani, con i Carabinieri e i servizi sociali"),
)
RILIEVO_DA_UN_PASSO = (
    "D16",
    "nuova illuminazione, percorsi senza barriere",
    "forza",
    "Riaprire uno spazio con più luce, senza barriere e con le associazioni riporta le persone a usarlo.",
)
