"""Foreign labels as plain text, and foreign names as codes of ours."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from questionari.lettura import CODICE

CODICE_LUNGO = 50
_A_CAPO = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"})
_MUTI = frozenset({"script", "style", "head", "title", "template", "object", "iframe", "svg", "math"})
_LEGAME = re.compile(r"\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})\)")
_APRE = re.compile(r"<(?=[a-zA-Z/!?])")
_MINUSCOLE = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
"""Capitals of ASCII only, so that places in the text stay the same."""
_NOME_TAG = re.compile(r"</?([a-z0-9]{1,12})")
_SCAPPATO = re.compile(r"\\([*_#<>\[\]`~-])")
_TITOLO = re.compile(r"^#{1,6} +", re.MULTILINE)


def pulisci(testo: str) -> str:
    """Return text without control characters, spaces in a row, and more than one empty line."""
    testo = "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in testo)
    righe = [" ".join(riga.split()) for riga in testo.replace("\u2019", "'").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(righe)).strip()


@lru_cache(maxsize=256)
def da_html(testo: str) -> str:
    """Return the words of an HTML fragment (or of plain text) as plain text, in one pass over it."""
    if "<" not in testo:
        return pulisci(unescape(testo) if "&" in testo else testo)
    pezzi: list[str] = []
    basso, i = testo.translate(_MINUSCOLE), 0
    while trovato := _APRE.search(testo, i):
        apre = trovato.start()
        pezzi.append(_in_riga(testo[i:apre]))
        chiude = testo.find("-->" if testo.startswith("<!--", apre) else ">", apre)
        if chiude < 0:  # never closed: these are words
            i = apre
            break
        nome = _NOME_TAG.match(basso, apre)
        tag = nome[1] if nome else ""
        i = chiude + (3 if testo.startswith("<!--", apre) else 1)
        if tag in _A_CAPO:
            pezzi.append("\n")
        elif tag == "td":
            pezzi.append(" ")
        elif tag in _MUTI and basso[apre + 1] != "/":
            fine = basso.find(f"</{tag}", i)
            i = len(testo) if fine < 0 else fine
    pezzi.append(_in_riga(testo[i:]))
    return re.sub(r"\n{2,}", "\n", pulisci("".join(pezzi)))


def _in_riga(testo: str) -> str:
    """In HTML a line's end is a space."""
    return re.sub(r"\s+", " ", unescape(testo))


def da_markdown(testo: str) -> str:
    """Return the words of an XLSForm label, which may hold a little Markdown or HTML."""
    testo = _LEGAME.sub(r"\1 (\2)", testo.replace("**", "").replace("\r\n", "\n"))
    testo = _SCAPPATO.sub(r"\1", _TITOLO.sub("", testo))
    return da_html(testo.replace("\n", "<br>")) if "<" in testo or "&" in testo else pulisci(testo)


def codice_da(nome: str, riserva: str) -> str:
    """Return a code of ours as near as can be to a foreign name."""
    if CODICE.match(nome):
        return nome
    piatto = unicodedata.normalize("NFKD", nome.replace("ß", "ss")).encode("ascii", "ignore").decode()
    piatto = re.sub(r"[^A-Za-z0-9_-]+", "-", piatto).strip("-").lstrip("_-")
    return piatto[:CODICE_LUNGO].rstrip("-") or riserva


class Codici:
    """Gives codes that are safe and not yet taken, and says how each came about."""

    def __init__(self) -> None:
        self._presi: set[str] = set()
        self._giri: dict[str, int] = {}
        """How far the numbers of a base have come, so that many alike do not each begin again."""

    def dai(self, nome: str, riserva: str) -> tuple[str, str]:
        """Return the code for a name, and the words of the report if it is another one."""
        base = codice_da(nome, riserva)
        codice, giro = base, self._giri.get(base, 2)
        while codice in self._presi:
            coda = f"-{giro}"
            codice, giro = base[: CODICE_LUNGO - len(coda)] + coda, giro + 1
        self._giri[base] = giro
        self._presi.add(codice)
        if codice == nome:
            return codice, ""
        return (
            codice,
            f"il codice «{_breve(nome)}» diventa «{codice}»" if nome else f"riceve il codice «{codice}»",
        )


def _breve(nome: str) -> str:
    return nome if len(nome) <= 60 else nome[:59] + "…"
