"""A .lss as tables of rows: read in one pass, without entities, within bounds."""

from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from questionari.scambio import limiti
from questionari.scambio.limiti import FileRifiutato

type Riga = dict[str, str]

_ALTRI = {
    "group": "Il file contiene un solo gruppo di domande (.lsg): da LimeSurvey esporta l'intero sondaggio, .lss.",
    "question": "Il file contiene una sola domanda (.lsq): da LimeSurvey esporta l'intero sondaggio, .lss.",
    "label set": "Il file contiene un insieme di etichette (.lsl): da LimeSurvey esporta il sondaggio, .lss.",
    "responses": "Il file contiene le risposte: da LimeSurvey esporta la struttura del sondaggio, .lss.",
}


def leggi_tabelle(contenuto: bytes) -> dict[str, list[Riga]]:
    """Return the rows of each table by name. Raises FileRifiutato."""
    try:
        return _leggi(contenuto)
    except DefusedXmlException as errore:
        raise FileRifiutato(
            "Il file dichiara entità o un DOCTYPE: per sicurezza non si legge. "
            "I file esportati da LimeSurvey non ne hanno."
        ) from errore
    except ParseError as errore:
        riga = errore.position[0]
        raise FileRifiutato(
            f"Il file è interrotto o rovinato: alla riga {riga} non è più XML valido. Esportalo di nuovo da LimeSurvey."
        ) from errore
    except (LookupError, ValueError) as errore:
        raise FileRifiutato("Il file ha una codifica dei caratteri che non si può leggere.") from errore


def _leggi(contenuto: bytes) -> dict[str, list[Riga]]:
    tabelle: dict[str, list[Riga]] = {}
    percorso: list[str] = []
    quante = 0
    radice: Element | None = None
    for evento, elemento in iterparse(BytesIO(contenuto), events=("start", "end"), forbid_dtd=True):
        if evento == "start":
            percorso.append(elemento.tag)
            if len(percorso) > limiti.XML_PROFONDITA:
                raise FileRifiutato(
                    f"Il file ha più di {limiti.XML_PROFONDITA} elementi uno dentro l'altro: non è di LimeSurvey."
                )
            if radice is None:
                radice = elemento
                if elemento.tag != "document":
                    raise FileRifiutato("Il file XML non è di LimeSurvey: comincia in un altro modo.")
            continue
        percorso.pop()
        if elemento.tag == "LimeSurveyDocType" and len(percorso) == 1:
            _controlla_genere(elemento.text or "")
            tabelle.setdefault("", []).append({"genere": "Survey"})
        elif elemento.tag in ("DBVersion", "language") and percorso[-1:] in (["document"], ["languages"]):
            tabelle.setdefault(f"#{elemento.tag}", []).append({"valore": (elemento.text or "").strip()})
        elif elemento.tag == "row" and percorso[-1:] == ["rows"] and len(percorso) == 3:
            quante += 1
            if quante > limiti.XML_RIGHE:
                raise FileRifiutato(
                    f"Il file ha più di {limiti.XML_RIGHE} righe: è troppo grande per un questionario."
                )
            tabelle.setdefault(percorso[1], []).append({c.tag: (c.text or "").strip() for c in elemento})
            elemento.clear()
        elif len(percorso) == 1:
            elemento.clear()
    if "" not in tabelle:
        raise FileRifiutato(
            "Il file XML non dice di essere un sondaggio di LimeSurvey: manca «LimeSurveyDocType»."
        )
    return tabelle


def _controlla_genere(genere: str) -> None:
    genere = genere.strip()
    if genere != "Survey":
        raise FileRifiutato(
            _ALTRI.get(genere.lower(), f"Il file è di LimeSurvey, ma non è un sondaggio: è «{genere[:40]}».")
        )
