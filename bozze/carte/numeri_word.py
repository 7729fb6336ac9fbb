"""The automatic numbers of a Word document: what Word prints before a paragraph and keeps nowhere as words.

Source: ECMA-376, part 1, 17.9 (numbering).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from bozze.testo.numerazione import romano

LIVELLI = 9
_SIMBOLI = "-"


@dataclass(slots=True)
class _Livello:
    forma: str = "decimal"
    modello: str = ""
    inizio: int = 1
    ricomincia_da: int | None = None


@dataclass(slots=True)
class _Elenco:
    livelli: dict[int, _Livello] = field(default_factory=dict)
    conti: dict[int, int] = field(default_factory=dict)


class Numeratore:
    """Goes through the paragraphs in their order, once, and says the mark of each."""

    def __init__(self, documento: Any) -> None:
        self._astratti: dict[str, dict[int, _Livello]] = {}
        self._elenchi: dict[str, _Elenco] = {}
        self._stili = {stile.style_id: stile.element for stile in documento.styles}
        self._conti: defaultdict[str, dict[int, int]] = defaultdict(dict)
        try:
            radice = documento.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists has no such part
            return
        self._leggi(radice)

    def segno(self, paragrafo: Any) -> str:
        """The mark of this paragraph ("Art. 5 -", "2.", "a)", "-"), empty if it has none; it moves the count on."""
        numero, livello = self._di(paragrafo)
        elenco = self._elenchi.get(numero)
        if elenco is None or livello not in elenco.livelli:
            return ""
        fatto = self._avanza(elenco, livello)
        return _stampa(elenco, livello, fatto)

    def _avanza(self, elenco: _Elenco, livello: int) -> dict[int, int]:
        conti = elenco.conti
        for altro in range(livello):
            conti.setdefault(altro, elenco.livelli.get(altro, _Livello()).inizio)
        conti[livello] = conti[livello] + 1 if livello in conti else elenco.livelli[livello].inizio
        for sotto in [altro for altro in conti if altro > livello]:
            limite = elenco.livelli.get(sotto, _Livello()).ricomincia_da
            if limite is None or (limite and livello < limite):
                del conti[sotto]
        return conti

    def _di(self, paragrafo: Any) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, or those of its style or of what that is based on."""
        proprieta = paragrafo.find(qn("w:pPr"))
        numero, livello = _num(proprieta)
        stile = _valore(proprieta, "w:pStyle")
        visti: set[str] = set()
        while stile and stile not in visti and (numero is None or livello is None):
            visti.add(stile)
            elemento = self._stili.get(stile)
            if elemento is None:
                break
            dello_stile, suo_livello = _num(elemento.find(qn("w:pPr")))
            numero = dello_stile if numero is None else numero
            livello = suo_livello if livello is None else livello
            stile = _valore(elemento, "w:basedOn")
        return numero or "", livello or 0

    def _leggi(self, radice: Any) -> None:
        for astratto in radice.findall(qn("w:abstractNum")):
            livelli = {}
            for livello in astratto.findall(qn("w:lvl")):
                livelli[int(livello.get(qn("w:ilvl"), "0"))] = _livello(livello)
            self._astratti[astratto.get(qn("w:abstractNumId"), "")] = livelli
        for elenco in radice.findall(qn("w:num")):
            astratto = _valore(elenco, "w:abstractNumId") or ""
            livelli = dict(self._astratti.get(astratto, {}))
            nuovo_conto = False
            for cambio in elenco.findall(qn("w:lvlOverride")):
                nuovo_conto = True
                posto = int(cambio.get(qn("w:ilvl"), "0"))
                sostituto = cambio.find(qn("w:lvl"))
                if sostituto is not None:
                    livelli[posto] = _livello(sostituto)
                inizio = _valore(cambio, "w:startOverride")
                if inizio is not None and posto in livelli:
                    base = livelli[posto]
                    livelli[posto] = _Livello(
                        base.forma, base.modello, _intero(inizio, 1), base.ricomincia_da
                    )
            # Lists of one abstract count together, unless one says where it starts.
            conti = {} if nuovo_conto else self._conti[astratto]
            self._elenchi[elenco.get(qn("w:numId"), "")] = _Elenco(livelli, conti)


def _livello(elemento: Any) -> _Livello:
    ricomincia = _valore(elemento, "w:lvlRestart")
    return _Livello(
        _valore(elemento, "w:numFmt") or "decimal",
        _valore(elemento, "w:lvlText") or "",
        _intero(_valore(elemento, "w:start"), 1),
        None if ricomincia is None else _intero(ricomincia, 0),
    )


def _stampa(elenco: _Elenco, livello: int, conti: dict[int, int]) -> str:
    proprio = elenco.livelli[livello]
    if proprio.forma == "none":
        return ""
    if proprio.forma == "bullet":
        return _SIMBOLI
    segno = proprio.modello
    # A comma counted as "5.2" under "Art. 5" is comma 2: the article says its own number.
    if proprio.forma == "decimal" and segno.count("%") > 1 and not segno.strip(".%123456789) "):
        segno = f"%{livello + 1}."
    for posto in range(LIVELLI):
        chiave = f"%{posto + 1}"
        if chiave in segno:
            forma = elenco.livelli.get(posto, _Livello()).forma
            segno = segno.replace(chiave, _cifra(conti.get(posto, 1), forma))
    return segno.strip()


def _cifra(numero: int, forma: str) -> str:
    match forma:
        case "lowerLetter" | "upperLetter":
            lettere = chr(ord("a") + (numero - 1) % 26) * ((numero - 1) // 26 + 1)
            return lettere if forma == "lowerLetter" else lettere.upper()
        case "lowerRoman":
            return romano(numero).lower()
        case "upperRoman":
            return romano(numero)
        case "ordinal":
            return f"{numero}°"
        case "decimalZero":
            return f"{numero:02}"
        case _:
            return str(numero)


def _num(proprieta: Any) -> tuple[str | None, int | None]:
    if proprieta is None:
        return None, None
    gruppo = proprieta.find(qn("w:numPr"))
    if gruppo is None:
        return None, None
    livello = _valore(gruppo, "w:ilvl")
    return _valore(gruppo, "w:numId"), None if livello is None else _intero(livello, 0)


def _valore(elemento: Any, nome: str) -> str | None:
    figlio = None if elemento is None else elemento.find(qn(nome))
    return None if figlio is None else figlio.get(qn("w:val"))


def _intero(valore: str | None, altrimenti: int) -> int:
    try:
        return max(0, min(int(valore or altrimenti), 100_000))
    except ValueError:
        return altrimenti
