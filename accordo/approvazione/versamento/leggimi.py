"""The first file that whoever opens the bag reads: what it holds, and how to check it with any tool."""

from collections import Counter
from collections.abc import Sequence

from accordo.approvazione.models import DocumentoFinale
from accordo.approvazione.versamento.metadati import Metadati
from accordo.iter.models import Accordo

CARTELLE = {
    "testo": "il testo definitivo: PDF/A da leggere, Akoma Ntoso (XML), i dati su cui si calcola la sua impronta, gli "
    "allegati che sono documenti",
    "firmato": "il testo con tutte le firme, in un solo file",
    "firme": "il file firmato da ciascun ente, e che cosa risultava dalla verifica quando è arrivato",
    "testi-precedenti": "i testi definitivi riaperti e riscritti, con le firme che avevano: non hanno effetto",
    "atti": "gli atti con cui gli enti hanno approvato il testo",
    "atti-sostituiti": "gli atti che altri hanno corretto o sostituito",
    "recessi": "gli atti con cui un ente lascia l'accordo",
    "lettere": "che cosa gli enti hanno scritto per PEC a chi coordina",
    "prefettura": "i passaggi della Prefettura prima del suo atto",
    "quadro": "chi ha approvato, con quale atto, chi ha firmato: in tabella",
    "emendamenti": "gli emendamenti a ogni versione, con gli esiti motivati",
    "verbali": "i verbali approvati delle riunioni",
    "questionario": "la relazione sul questionario e l'elenco di chi ha risposto",
    "registro": "tutto quello che è successo, in ordine, con le impronte in catena",
    "metadati": "i metadati di ogni documento, in XML e in JSON: gli stessi",
}


def leggimi(accordo: Accordo, testo: DocumentoFinale, righe: Sequence[Metadati]) -> str:
    """Return the words, wrapped by nobody: one line a paragraph."""
    quanti = Counter(riga.percorso.split("/")[1] for riga in righe) | Counter(metadati=2)
    cartelle = [f"  {nome}/ ({quanti[nome]}): {parole}." for nome, parole in CARTELLE.items() if quanti[nome]]
    sottoscritto = (
        f"Sottoscritto il {accordo.sottoscritto_il:%d/%m/%Y}."
        if accordo.sottoscritto_il
        else "Non ancora sottoscritto da tutti."
    )
    firmato = next((riga.percorso for riga in righe if riga.percorso.startswith("data/firmato/")), "")
    righe_di_testo = [
        accordo.titolo,
        f"Promosso da: {accordo.promotore.denominazione}. {sottoscritto}",
        "",
        "Questo è un pacchetto di versamento in forma BagIt 1.0 (RFC 8493). Nella cartella data:",
        *cartelle,
        "",
        "Le impronte (SHA-256)",
        f"  del testo, quella citata negli atti: {testo.impronta_testo}",
        "    (si ricalcola su testo/testo-definitivo.json)",
        f"  del PDF da firmare: {testo.sha256}",
        "",
        "Come si verifica, con strumenti comuni",
        "  I file sono interi: sha256sum -c manifest-sha256.txt",
        *_come_si_verifica(firmato),
        "  Le impronte del testo e degli atti stanno anche in quadro/quadro-degli-atti.csv.",
        "",
        "I documenti con «riservato» nei metadati (registro, verifica delle firme, elenco degli invii) contengono dati personali: "
        "non si pubblicano.",
    ]
    return "\n".join(righe_di_testo) + "\n"


def _come_si_verifica(firmato: str) -> list[str]:
    """How to check the signatures of the one file, by its kind."""
    if firmato.endswith(".p7m"):
        return [
            f"  Le firme: openssl cms -verify -binary -inform DER -noverify -in {firmato} -out testo.pdf",
            "    (controlla le firme, non chi ha rilasciato i certificati; testo.pdf è uguale a testo/testo-definitivo.pdf)",
        ]
    if firmato.endswith(".pdf"):
        return [f"  Le firme: pdfsig {firmato}"]
    return []
