"""A file that somebody sends as the draft: plain text, Word, or the JSON of a version. One door for page and command."""

import json
from dataclasses import dataclass
from pathlib import PurePath

from bozze.carte.da_word import NonLeggibile, da_word
from bozze.testo.albero import Testo

FORMATI = ("txt", "docx", "json")


@dataclass(frozen=True, slots=True)
class Sorgente:
    """What came: plain text still to be read, or a tree that is ready; and what was left out on the way."""

    testo: str = ""
    albero: Testo | None = None
    avvisi: tuple[str, ...] = ()


def apri(nome: str, contenuto: bytes) -> Sorgente:
    """Open a file by the end of its name. Raise ``NonLeggibile`` with words for the person."""
    match PurePath(nome).suffix.lower():
        case ".docx":
            letto = da_word(contenuto)
            return Sorgente(letto.testo, avvisi=letto.avvisi)
        case ".json":
            return Sorgente(albero=_albero(contenuto))
        case _:
            return Sorgente(_decodifica(contenuto))


def _albero(contenuto: bytes) -> Testo:
    try:
        return Testo.da_dati(json.loads(contenuto))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as errore:
        raise NonLeggibile(
            "Il file .json non è quello di una versione: si scarica dalla pagina del testo."
        ) from errore


def _decodifica(contenuto: bytes) -> str:
    """UTF-8 or, as older programs write it, Windows-1252."""
    if b"\x00" in contenuto:
        raise NonLeggibile("Il file non contiene testo. Si caricano file .txt, .docx e .json.")
    try:
        return contenuto.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenuto.decode("cp1252", errors="replace")
