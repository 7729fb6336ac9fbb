"""Elements of Akoma Ntoso, and their bytes: always the same for the same document."""

import re
from xml.etree import ElementTree

SPAZIO = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_VIETATI = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RIGHE = frozenset({"p", "num", "heading", "docTitle", "docNumber", "docProponent"})
"""Elements that hold words: nothing may be put between their parts to make the file readable."""

type Elemento = ElementTree.Element


def elemento(nome: str, *contenuto: "Elemento | str | None", **attributi: str) -> Elemento:
    """An element with its attributes (those that are empty are left out) and what it holds, words and elements.

    ``_as`` and the like stand for names that Python keeps for itself.
    """
    nuovo = ElementTree.Element(nome)
    for chiave, valore in attributi.items():
        if valore:
            nuovo.set(chiave.strip("_"), _VIETATI.sub("", valore))
    for parte in contenuto:
        if isinstance(parte, str):
            _scrivi_in(nuovo, _VIETATI.sub("", parte))
        elif parte is not None:
            nuovo.append(parte)
    return nuovo


def _scrivi_in(dove: Elemento, parole: str) -> None:
    if len(dove):
        dove[-1].tail = (dove[-1].tail or "") + parole
    else:
        dove.text = (dove.text or "") + parole


def capoversi(testo: str) -> list[Elemento]:
    """The words as paragraphs, one for each line; one empty paragraph if there are none."""
    righe = [riga.strip() for riga in testo.splitlines() if riga.strip()]
    return [elemento("p", riga) for riga in righe or [""]]


def documento(*contenuto: Elemento) -> bytes:
    """A whole file: UTF-8, indented where no words are, with a newline at the end."""
    radice = elemento("akomaNtoso", *contenuto, xmlns=SPAZIO)
    _rientra(radice, 0)
    righe: bytes = ElementTree.tostring(radice, encoding="unicode", short_empty_elements=True).encode()
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + righe + b"\n"


def _rientra(genitore: Elemento, livello: int) -> None:
    figli = list(genitore)
    if not figli or genitore.tag in _RIGHE:
        return
    genitore.text = _a_capo(livello + 1)
    for figlio in figli:
        _rientra(figlio, livello + 1)
        figlio.tail = _a_capo(livello + 1)
    figli[-1].tail = _a_capo(livello)


def _a_capo(livello: int) -> str:
    return "\n" + " " * livello
