"""How the parts of a legal text announce themselves at the start of a line: "Art. 5 -", "2.", "a)", "VISTI"."""

import re
from dataclasses import dataclass

from bozze.testo.albero import Tipo

_SEP = r"\s*(?:[-–—:.]\s*)?"
_BIS = r"(?:[-\s]?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies))?"

_ARTICOLO = re.compile(
    rf"(?P<segno>art(?:icolo|\.)?\s*(?P<n>\d+{_BIS})\s*°?)(?P<sep>\s*[-–—:.)]*\s*)(?P<resto>.*)", re.I
)
_PARTIZIONE = re.compile(
    r"(?P<segno>(?P<tipo>titolo|capo|allegato)\s+(?P<n>[IVXLC]+|\d+|[A-Z]|unico)\b)(?P<sep>\s*[-–—:.)]*\s*)(?P<resto>.*)",
    re.I,
)
_ALLEGATO_SOLO = re.compile(r"(?P<segno>ALLEGATO)(?P<sep>\s*[-–—:.]*\s*)(?P<resto>.*)")
_COMMA = re.compile(rf"(?P<segno>(?P<n>\d{{1,3}}{_BIS})\.)(?!\d)\s*(?P<resto>\S.*)", re.I)
_NUMERO = re.compile(r"(?P<segno>\(?(?P<n>\d{1,3})\))\s*(?P<resto>\S.*)")
_LETTERA = re.compile(r"(?P<segno>\(?(?P<n>[a-z]{1,2})\)|(?P<m>[a-z])\.)\s+(?P<resto>\S.*)")
_ROMANO = re.compile(r"(?P<segno>\(?(?P<n>i{1,3}|iv|vi{0,3}|ix|x)\))\s+(?P<resto>\S.*)")
_TRATTINO = re.compile(r"(?P<segno>[-–—•·*▪◦])\s+(?P<resto>\S.*)")

_PREMESSO = re.compile(r"(?:premess[oaei]|richiamat[oaei]|dato atto)\b", re.I)
_VISTO = re.compile(r"(?:vist[oaei])\b", re.I)
_CONSIDERATO = re.compile(r"(?:considerat[oaei]|ritenut[oaei]|rilevat[oaei]|atteso)\b", re.I)
_FORMULA = re.compile(
    r"\b(?:conveng\w+|si conviene|stipulano|concordano|sottoscrivono|quanto segue|tutto ci[oò] premesso)\b",
    re.I,
)
_CHIUSA = re.compile(r"(?:letto,? (?:approvato|confermato)|li'?,|lì,?|data e firma|firmat[oi])\b", re.I)


@dataclass(frozen=True, slots=True)
class Segno:
    """What a line announces: the kind, the mark as written (kept for the report), its number, what is left of the line."""

    tipo: Tipo
    segno: str
    numero: str
    resto: str


def partizione(riga: str) -> Segno | None:
    """A heading: titolo, capo, articolo or allegato."""
    for forma in (_ARTICOLO, _PARTIZIONE, _ALLEGATO_SOLO):
        trovato = forma.fullmatch(riga)
        if trovato is None:
            continue
        resto, staccato = trovato["resto"].strip(), bool(trovato["sep"].strip())
        gridato = trovato["segno"].isupper()
        if resto and not staccato and not gridato and not resto.startswith("("):
            return None  # "Articolo 5 della legge…" is a sentence, not a heading
        if resto[:1].islower() and not gridato:
            return None
        nome = trovato.groupdict().get("tipo") or ("allegato" if forma is _ALLEGATO_SOLO else "articolo")
        segno = riga[: len(riga) - len(trovato["resto"])].strip()
        return Segno(Tipo(nome.lower()), segno, trovato.groupdict().get("n") or "", resto)
    return None


def gruppo_premesse(riga: str) -> Segno | None:
    """ "PREMESSO CHE", "VISTI", "Visto l'articolo 15…": the kind, with the whole line as what is left."""
    for tipo, forma in ((Tipo.PREMESSO, _PREMESSO), (Tipo.VISTO, _VISTO), (Tipo.CONSIDERATO, _CONSIDERATO)):
        if forma.match(riga):
            return Segno(tipo, "", "", riga)
    return None


def solo_intestazione(riga: str) -> bool:
    """Whether the line of a group is only its heading ("VISTI", "Premesso che:") and not also its first content."""
    parole_riga = riga.rstrip(" :,").split()
    return riga.isupper() or len(parole_riga) <= 3 or riga.rstrip().endswith(":")


def voce(riga: str, *, dopo: str = "") -> Segno | None:
    """A numbered or dashed item. ``dopo``: the letter of the item before, to tell the letter i) from the roman one."""
    trovato = _ROMANO.fullmatch(riga)
    if (
        trovato
        and not (trovato["n"] in {"i", "v"} and dopo in {"h", "u"})
        and not (trovato["n"] == "x" and dopo == "v")
    ):
        romano_certo = len(trovato["n"]) > 1 or dopo not in {"h", "u"}
        if romano_certo and dopo:
            return Segno(Tipo.NUMERO, trovato["segno"], trovato["n"], trovato["resto"])
    for tipo, forma in (
        (Tipo.COMMA, _COMMA),
        (Tipo.NUMERO, _NUMERO),
        (Tipo.LETTERA, _LETTERA),
        (Tipo.TRATTINO, _TRATTINO),
    ):
        trovato = forma.fullmatch(riga)
        if trovato:
            gruppi = trovato.groupdict()
            return Segno(tipo, trovato["segno"], gruppi.get("n") or gruppi.get("m") or "", trovato["resto"])
    return None


def formula(riga: str) -> bool:
    return len(riga) < 200 and bool(_FORMULA.search(riga))


def chiusa(riga: str) -> bool:
    """The lines after the last article: place, date, signatures."""
    return bool(_CHIUSA.match(riga))
