"""Cross references inside the text: "all'articolo 5, comma 2" is found, led to its disposition, and kept true.

References are not marked in the text: they are read in it, as a person reads them. So nothing has to be learned to
write one, the words stay the words of the law, and what is printed, amended and hashed is the text alone. When numbers
change (a comma is added, articles are reordered) ``aggiorna`` writes the new numbers where the old ones stood.

Read: "articolo 5", "comma 2 dell'articolo 5", "articolo 5, comma 2, lettera b)", "lettera b)" in the same comma,
"articoli 5 e 6", "Allegato A". What belongs to another act ("articolo 15 della legge 7 agosto 1990") is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.numerazione import SUFFISSI, Nome, nomi

_TIPI = {
    "articol": Tipo.ARTICOLO,
    "art": Tipo.ARTICOLO,
    "comm": Tipo.COMMA,
    "letter": Tipo.LETTERA,
    "numer": Tipo.NUMERO,
    "allegat": Tipo.ALLEGATO,
    "titol": Tipo.TITOLO,
    "cap": Tipo.CAPO,
}
_SUFFISSO = rf"(?:-(?:{'|'.join(SUFFISSI)}))?(?:\.\d+)*"
_VALORI = {
    Tipo.ARTICOLO: rf"\d+{_SUFFISSO}",
    Tipo.COMMA: rf"\d+{_SUFFISSO}",
    Tipo.LETTERA: rf"[a-z]{{1,2}}{_SUFFISSO}(?=\))",
    Tipo.NUMERO: rf"\d+{_SUFFISSO}(?=\))",
    Tipo.ALLEGATO: r"[A-Z]{1,2}\b",
    Tipo.TITOLO: r"[IVXLC]+\b",
    Tipo.CAPO: r"[IVXLC]+\b",
}
_PAROLA = re.compile(
    r"\b(?P<radice>articol|comm|letter|numer|allegat|titol|cap)(?P<fine>[oiae])\s+|\b(?P<breve>art)\.\s*",
    re.I,
)
_ANCORA = re.compile(r"\)?(?:\s*,\s*|\s+e\s+|\s*,\s*e\s+)")
"""Between two numbers of one enumeration: "5, 6 e 7", "a) e b)"."""
_LEGAME = re.compile(r"\)?\s*,?\s*(?:(?:del|al|nel)(?:l'|lo|la)?\s*)?", re.I)
"""Between two parts of one reference: "articolo 5, comma 2", "comma 2 dell'articolo 5"."""
_ALTRO_ATTO = re.compile(
    r"\)?\s*,?\s*(?:e\s+seguenti\s*)?(?:,\s*)?(?:del|dello|della|dell'|dei|degli|delle)\s*"
    r"(?!present|stess|medesim|accordo\b|titolo\b|capo\b|allegato\b|articolo\b|comma\b)\w",
    re.I,
)
_ATTI = re.compile(
    r"\)?\s*,?\s*(?:legge|l\.\s|d\.\s?l|d\.?p\.?r|decreto|regolamento|codice|t\.?u\.?e\.?l|costituzione|direttiva)",
    re.I,
)
_ORDINE = (Tipo.ALLEGATO, Tipo.TITOLO, Tipo.CAPO, Tipo.ARTICOLO, Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO)


@dataclass(frozen=True, slots=True)
class Parte:
    """One step of a reference: the kind, and where its number stands in the words."""

    tipo: Tipo
    inizio: int
    fine: int
    valore: str


@dataclass(frozen=True, slots=True)
class Rinvio:
    """A reference in the words of a disposition, from ``inizio`` to ``fine``."""

    inizio: int
    fine: int
    parti: tuple[Parte, ...]


@dataclass(frozen=True, slots=True)
class Avviso:
    """A reference that a person must look at."""

    disposizione: str
    parole: str
    motivo: str


def trova(parole: str) -> list[Rinvio]:
    """The references to the text's own dispositions, in the order of the words; their targets are not looked up."""
    trovati: list[Rinvio] = []
    gruppo: list[list[Parte]] = []
    capo, fine_gruppo = 0, -1
    for inizio, passi in _passi(parole):
        legame = _LEGAME.fullmatch(parole, fine_gruppo, inizio) if gruppo else None
        stesso = legame is not None and passi[0].tipo not in {g[0].tipo for g in gruppo}
        if not stesso:
            trovati += _chiudi(parole, capo, gruppo)
            gruppo, capo = [], inizio
        gruppo.append(passi)
        fine_gruppo = passi[-1].fine
    return trovati + _chiudi(parole, capo, gruppo)


def _passi(parole: str) -> Iterator[tuple[int, list[Parte]]]:
    """Each "articolo 5" or "commi 2 e 3", with where it begins."""
    letto = 0
    for parola in _PAROLA.finditer(parole):
        if parola.start() < letto:
            continue
        tipo = _TIPI[(parola["radice"] or parola["breve"]).lower()]
        valore = re.compile(_VALORI[tipo])
        passi: list[Parte] = []
        trovato = valore.match(parole, parola.end())
        while trovato:
            passi.append(Parte(tipo, trovato.start(), trovato.end(), trovato.group()))
            ancora = _ANCORA.match(parole, trovato.end()) if (parola["fine"] or "") in "ie" else None
            trovato = valore.match(parole, ancora.end()) if ancora else None
        if passi:
            letto = passi[-1].fine
            yield parola.start(), passi


def _chiudi(parole: str, capo: int, gruppo: list[list[Parte]]) -> list[Rinvio]:
    if not gruppo:
        return []
    ultima = gruppo[-1][-1].fine
    if _ALTRO_ATTO.match(parole, ultima) or _ATTI.match(parole, ultima):
        return []
    plurale = next((passi for passi in gruppo if len(passi) > 1), None)
    if plurale is None:
        parti = tuple(passi[0] for passi in gruppo)
        fine = ultima + 1 if parole[ultima : ultima + 1] == ")" else ultima
        return [Rinvio(capo, fine, parti)]
    comuni = tuple(passi[0] for passi in gruppo if passi is not plurale)
    return [Rinvio(parte.inizio, parte.fine, (parte, *comuni)) for parte in plurale]


class Indice:
    """Where the numbers of one text lead."""

    def __init__(self, testo: Testo, nomi_testo: Mapping[str, Nome] | None = None) -> None:
        self.testo = testo
        self.nomi = nomi_testo or nomi(testo)
        self._figli: dict[tuple[str, Tipo, str], str] = {}
        for codice, posto in testo.indice.items():
            sopra = posto.genitore.id if posto.genitore else ""
            if posto.nodo.tipo is Tipo.ARTICOLO:  # articles count through titoli and capi
                sopra = self.allegato_di(codice)
            self._figli.setdefault((sopra, posto.nodo.tipo, self.nomi[codice].nucleo), codice)

    def allegato_di(self, codice: str) -> str:
        """The annex that holds a disposition; empty for the text itself."""
        cammino = self.testo.cammino(codice)
        return cammino[0].id if cammino and cammino[0].tipo is Tipo.ALLEGATO else ""

    def bersaglio(self, rinvio: Rinvio, casa: str) -> str | None:
        """The disposition that a reference written in ``casa`` leads to; None if there is none."""
        valori = {parte.tipo: parte.valore for parte in rinvio.parti}
        dove = self._partenza(valori, casa)
        for tipo in _ORDINE:
            if tipo in valori and dove is not None:
                dove = self._figli.get((dove, tipo, valori[tipo]))
        return dove or None

    def _partenza(self, valori: Mapping[Tipo, str], casa: str) -> str | None:
        """From where the first step goes: the text, the annex, or for what is said short the place where it is said."""
        if Tipo.ALLEGATO in valori or Tipo.TITOLO in valori:
            return ""
        if Tipo.ARTICOLO in valori:
            return self.allegato_di(casa)
        primo = next((tipo for tipo in _ORDINE if tipo in valori), None)
        genitore = {Tipo.COMMA: Tipo.ARTICOLO, Tipo.LETTERA: Tipo.COMMA, Tipo.NUMERO: Tipo.LETTERA}
        if primo not in genitore:
            return ""
        voluto = genitore[primo]
        return next((n.id for n in reversed(self.testo.cammino(casa)) if n.tipo is voluto), None)

    def valore(self, codice: str, tipo: Tipo) -> str | None:
        """The number, now, of the disposition of this kind that holds ``codice`` or is it."""
        nodo = next((n for n in reversed(self.testo.cammino(codice)) if n.tipo is tipo), None)
        return self.nomi[nodo.id].nucleo if nodo else None


@dataclass(frozen=True, slots=True)
class Brano:
    """Some words: plain, or a reference with the disposition it leads to."""

    parole: str
    bersaglio: str = ""


def brani(nodo: Disposizione, indice: Indice) -> tuple[Brano, ...]:
    """The words of a disposition cut at its references, for pages with links; joined, they are its words."""
    fatti: list[Brano] = []
    letto = 0
    for rinvio in trova(nodo.testo):
        bersaglio = indice.bersaglio(rinvio, nodo.id)
        if bersaglio is None or bersaglio == nodo.id:
            continue
        fatti.append(Brano(nodo.testo[letto : rinvio.inizio]))
        fatti.append(Brano(nodo.testo[rinvio.inizio : rinvio.fine], bersaglio))
        letto = rinvio.fine
    fatti.append(Brano(nodo.testo[letto:]))
    return tuple(brano for brano in fatti if brano.parole)


def aggiorna(prima: Testo, dopo: Testo) -> tuple[Testo, tuple[Avviso, ...]]:
    """``dopo`` with the references that led somewhere in ``prima`` leading there still, whatever its number is now.

    Whoever writes, or amends, speaks of the numbers of ``prima``. What leads to something that is gone, or cannot be
    said in the same way any more, is left as it is and reported.
    """
    vecchio, nuovo = Indice(prima), Indice(dopo)
    avvisi: list[Avviso] = []

    def rivedi(nodo: Disposizione) -> Disposizione:
        figli = tuple(rivedi(figlio) for figlio in nodo.figli)
        parole = _riscrivi(nodo, vecchio, nuovo, avvisi) if nodo.testo else nodo.testo
        if parole == nodo.testo and all(a is b for a, b in zip(figli, nodo.figli, strict=True)):
            return nodo
        return nodo.con(testo=parole, figli=figli)

    radici = tuple(rivedi(radice) for radice in dopo.radici)
    return replace(dopo, radici=radici), tuple(avvisi)


def _riscrivi(nodo: Disposizione, vecchio: Indice, nuovo: Indice, avvisi: list[Avviso]) -> str:
    casa = _casa(nodo.id, vecchio, nuovo)
    cambi: dict[tuple[int, int], str] = {}
    for rinvio in trova(nodo.testo):
        detto = nodo.testo[rinvio.inizio : rinvio.fine]
        bersaglio = vecchio.bersaglio(rinvio, casa)
        if bersaglio is None:
            if nuovo.bersaglio(rinvio, nodo.id) is None:
                avvisi.append(Avviso(nodo.id, detto, "Rinvia a una disposizione che non c'è."))
            continue
        if bersaglio not in nuovo.testo.indice:
            era = vecchio.nomi[bersaglio].esteso
            avvisi.append(Avviso(nodo.id, detto, f"Rinvia a una disposizione soppressa: era {era}."))
            continue
        nuovi = {parte: nuovo.valore(bersaglio, parte.tipo) for parte in rinvio.parti}
        prova = Rinvio(
            rinvio.inizio, rinvio.fine, tuple(replace(p, valore=v or "") for p, v in nuovi.items())
        )
        if nuovo.bersaglio(prova, nodo.id) != bersaglio:
            ora = nuovo.nomi[bersaglio].esteso
            avvisi.append(Avviso(nodo.id, detto, f"Va riscritto: la disposizione ora è {ora}."))
            continue
        cambi |= {(p.inizio, p.fine): v for p, v in nuovi.items() if v is not None and v != p.valore}
    parole = nodo.testo
    for (inizio, fine), valore in sorted(cambi.items(), reverse=True):
        parole = parole[:inizio] + valore + parole[fine:]
    return parole


def _casa(codice: str, vecchio: Indice, nuovo: Indice) -> str:
    """Where a reference was written, in the old text: for what is new, the nearest thing above it that was there."""
    return next((n.id for n in reversed(nuovo.testo.cammino(codice)) if n.id in vecchio.testo.indice), "")
