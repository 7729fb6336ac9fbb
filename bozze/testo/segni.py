"""How the parts of a legal text announce themselves at the start of a line: "Art. 5 -", "2.", "a)", "VISTI"."""

import re
from dataclasses import dataclass

from bozze.testo.albero import Tipo

_BIS = r"(?:[-\s]?(?:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies))?"

_A_PAROLE = (
    ("unico", "uno", "primo"),
    ("due", "secondo"),
    ("tre", "terzo"),
    ("quattro", "quarto"),
    ("cinque", "quinto"),
    ("sei", "sesto"),
    ("sette", "settimo"),
    ("otto", "ottavo"),
    ("nove", "nono"),
    ("dieci", "decimo"),
    ("undici", "undicesimo"),
    ("dodici", "dodicesimo"),
    ("tredici", "tredicesimo"),
    ("quattordici", "quattordicesimo"),
    ("quindici", "quindicesimo"),
    ("sedici", "sedicesimo"),
    ("diciassette", "diciassettesimo"),
    ("diciotto", "diciottesimo"),
    ("diciannove", "diciannovesimo"),
    ("venti", "ventesimo"),
)
_CIFRE = {parola: str(n) for n, forme in enumerate(_A_PAROLE, start=1) for parola in forme}

_ARTICOLO = re.compile(
    rf"(?P<segno>art(?:icolo|\.)?\s*(?P<n>\d+{_BIS}|(?<=\s)(?:{'|'.join(sorted(_CIFRE, key=len, reverse=True))})\b)\s*[°º]?)"
    r"(?P<sep>\s*[-–—:.)]*\s*)(?P<resto>.*)",
    re.I,
)
_PARTIZIONE = re.compile(
    r"(?P<segno>(?P<tipo>titolo|capo|allegato)\s+(?P<n>[IVXLC]+|\d+|[A-Z]|unico)\b)(?P<sep>\s*[-–—:.)]*\s*)(?P<resto>.*)",
    re.I,
)
_ALLEGATO_SOLO = re.compile(r"(?P<segno>ALLEGATO)(?P<sep>\s*[-–—:.]*\s*)(?P<resto>.*)")
_COMMA = re.compile(rf"(?P<segno>(?P<n>\d{{1,3}}{_BIS})\.)(?!\d)\s*(?P<resto>\S.*)", re.I)
_COMMA_DETTO = re.compile(
    rf"(?P<segno>(?:Comma|COMMA|§)\s*(?P<n>\d{{1,3}}{_BIS})\s*[.:)–—-])\s*(?P<resto>\S.*)"
)
_DOPPIO = re.compile(r"(?P<segno>(?P<sopra>\d{1,3})\.(?P<n>\d{1,2})[.)]?)\s+(?P<resto>\S.*)")
_NUDO = re.compile(r"(?P<segno>(?P<n>\d{1,2}))\s+(?P<resto>[A-ZÈÀÌÒÙ]['\w].*)")
_COME_ARTICOLO = re.compile(r"(?:art\.?|articolo)\s*\d", re.I)
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


_PARTE = re.compile(r"(?:comma|commi|lett|lettera|punto|n\.|de[lgi]|co\.)", re.I)
APERTE = {"(": ")", "[": "]", "«": "»", '"': '"'}
BREVE = 100
"""A rubrica is not longer, when nothing but its capital letter tells it."""


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
        resto, gridato = trovato["resto"].strip(), trovato["segno"].isupper()
        if not gridato and not _intesta(trovato, resto):
            return None
        nome = trovato.groupdict().get("tipo") or ("allegato" if forma is _ALLEGATO_SOLO else "articolo")
        segno = riga[: len(riga) - len(trovato["resto"])].strip()
        numero = trovato.groupdict().get("n") or ""
        return Segno(Tipo(nome.lower()), segno, _CIFRE.get(numero.lower(), numero), resto)
    return None


def _intesta(trovato: re.Match[str], resto: str) -> bool:
    """Whether it is a heading and not a sentence, as "Articolo 5 della legge…" is."""
    if not resto or resto[0] in APERTE:
        return True
    separatore = trovato["sep"].strip()
    if resto[0].islower():  # "Art. 5 - oggetto"
        return separatore[:1] in set("-–—") and trovato["segno"][0].isupper() and not _PARTE.match(resto)
    if separatore:
        return True
    certo = trovato["segno"][0].isupper() and not trovato["n"].islower()
    return certo and len(resto) <= BREVE and resto[-1] not in ".;:,"  # "Art. 5 Oggetto"


def senza_parentesi(rubrica: str) -> str:
    """The rubrica without what it is closed in: (Oggetto), [Oggetto], «Oggetto»."""
    dentro = rubrica.removesuffix(".")
    if len(dentro) > 1 and APERTE.get(dentro[0]) == dentro[-1] and dentro[0] not in dentro[1:]:
        return dentro[1:-1].strip()
    return rubrica


def netta(segno: Segno) -> bool:
    """Whether nobody would write such a line in the middle of a sentence: "Art. 5 - Oggetto", "Art. 5 (Oggetto)"."""
    return bool(segno.resto) and (segno.segno[-1:] in set("-–—") or segno.resto[0] in APERTE)


def come_articolo(riga: str) -> bool:
    """Whether it begins as the heading of an article does, be it one or not."""
    return riga[:1].isupper() and bool(_COME_ARTICOLO.match(riga))


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
        (Tipo.COMMA, _COMMA_DETTO),
        (Tipo.NUMERO, _NUMERO),
        (Tipo.LETTERA, _LETTERA),
        (Tipo.TRATTINO, _TRATTINO),
    ):
        trovato = forma.fullmatch(riga)
        if trovato:
            gruppi = trovato.groupdict()
            return Segno(tipo, trovato["segno"], gruppi.get("n") or gruppi.get("m") or "", trovato["resto"])
    return None


def numero_doppio(riga: str) -> tuple[str, Segno] | None:
    """ "5.2 Le parti…": the number above, and the item."""
    trovato = _DOPPIO.fullmatch(riga)
    if trovato is None:
        return None
    return trovato["sopra"], Segno(Tipo.COMMA, trovato["segno"], trovato["n"], trovato["resto"])


def numero_nudo(riga: str) -> Segno | None:
    """ "2 Le parti…": a number without a dot, which only its place can tell from an amount."""
    trovato = _NUDO.fullmatch(riga)
    return Segno(Tipo.COMMA, trovato["segno"], trovato["n"], trovato["resto"]) if trovato else None


def formula(riga: str) -> bool:
    return len(riga) < 200 and bool(_FORMULA.search(riga))


def chiusa(riga: str) -> bool:
    """The lines after the last article: place, date, signatures."""
    return bool(_CHIUSA.match(riga))
