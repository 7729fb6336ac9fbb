"""Numbers and names of the dispositions, derived from the tree.

Letters are those of the Italian alphabet, as in legal drafting: after ``z)`` come ``aa)``, ``bb)``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bozze.testo.albero import GRUPPI_PREMESSE, Disposizione, Testo, Tipo

ALFABETO = "abcdefghilmnopqrstuvz"
ALFABETO_ALLEGATI = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SUFFISSI = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "novies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
    "quaterdecies",
    "quindecies",
    "sexdecies",
    "septiesdecies",
    "octiesdecies",
    "noviesdecies",
    "vicies",
]
ORDINALI = ["primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo"]

_NUCLEO = re.compile(r"(?P<base>\d+|[A-Za-z]+)(?:-(?P<suffisso>[a-z]+))?(?P<resto>(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Nome:
    numero: str
    """As printed before the text: "Articolo 5", "2.", "b)", "Titolo II", "Allegato A", "-"; empty if it has none."""
    breve: str
    """On its own: "comma 2", "lettera b)", "articolo 5"."""
    esteso: str
    """From the article down: "articolo 5, comma 2, lettera b)"."""
    ancora: str
    """For links inside a page: "art5-c2-a"."""
    nucleo: str
    """The bare number: "5", "5-bis", "b", "II"; empty if it has none."""

    def con(self, preposizione: str) -> str:
        """The long name with "di", "a", "da", "in" or the article alone (""): "dell'articolo 5, comma 2"."""
        return articolato(preposizione, self.esteso)

    @property
    def breve_con_articolo(self) -> str:
        """The short name with its article: "il comma 2"."""
        return articolato("", self.breve)


_PREPOSIZIONI = {
    "": ("il ", "la ", "l'", "le "),
    "di": ("del ", "della ", "dell'", "delle "),
    "a": ("al ", "alla ", "all'", "alle "),
    "da": ("dal ", "dalla ", "dall'", "dalle "),
    "in": ("nel ", "nella ", "nell'", "nelle "),
}
_FEMMINILI = ("lettera", "formula", "parte")


def articolato(preposizione: str, nome: str) -> str:
    """ "di" and "articolo 5" → "dell'articolo 5"."""
    maschile, femminile, elisa, plurale = _PREPOSIZIONI[preposizione]
    parola = nome.split(" ", 1)[0].rstrip(",").lower()
    if parola == "premesse":
        return plurale + nome
    if parola[:1] in "aeiou" and parola in {"articolo", "allegato", "emendamento"}:
        return elisa + nome
    return (femminile if parola in _FEMMINILI else maschile) + nome


def femminile(tipo: Tipo) -> bool:
    return tipo in {Tipo.LETTERA, Tipo.FORMULA, *GRUPPI_PREMESSE}


def nomi(testo: Testo, fissi: Mapping[str, str] | None = None) -> dict[str, Nome]:
    """The names of all dispositions by id.

    ``fissi`` (the text's own, unless others are given) are bare numbers already given by id, which the others must not
    disturb: what stands between two of them becomes bis, ter; what follows the last goes on counting.
    """
    return _Numeratore(dict(testo.fissi) if fissi is None else fissi).nomi(testo)


def romano(numero: int) -> str:
    """1 → "I", 4 → "IV"."""
    lettere = ""
    for valore, segno in _ROMANI:
        quante, numero = divmod(numero, valore)
        lettere += segno * quante
    return lettere


def da_romano(segni: str) -> int:
    valori = [
        {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[segno] for segno in segni.upper()
    ]
    return sum(-v if v < max(valori[i + 1 :], default=0) else v for i, v in enumerate(valori))


def lettera(numero: int) -> str:
    """1 → "a", 21 → "z", 22 → "aa"."""
    giro, posto = divmod(numero - 1, len(ALFABETO))
    return ALFABETO[posto] * (giro + 1)


def ordinale(numero: int) -> str:
    return ORDINALI[numero - 1] if numero <= len(ORDINALI) else f"{numero}°"


_ROMANI = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _cifra(numero: int, tipo: Tipo) -> str:
    if tipo is Tipo.LETTERA:
        return lettera(numero)
    if tipo in {Tipo.TITOLO, Tipo.CAPO}:
        return romano(numero)
    if tipo is Tipo.ALLEGATO:
        giro, posto = divmod(numero - 1, len(ALFABETO_ALLEGATI))
        return ALFABETO_ALLEGATI[posto] * (giro + 1)
    return str(numero)


def _valore(base: str, tipo: Tipo) -> int:
    """The place in its series of a bare number, the reverse of ``_cifra``."""
    if tipo is Tipo.LETTERA:
        return ALFABETO.find(base[0]) + 1 + len(ALFABETO) * (len(base) - 1)
    if tipo in {Tipo.TITOLO, Tipo.CAPO}:
        return da_romano(base)
    if tipo is Tipo.ALLEGATO:
        return ALFABETO_ALLEGATI.find(base[0]) + 1 + len(ALFABETO_ALLEGATI) * (len(base) - 1)
    return int(base)


def serie(nodi: Sequence[Disposizione], fissi: Mapping[str, str]) -> list[str]:
    """The bare numbers of dispositions of one kind that count together."""
    if not nodi:
        return []
    tipo = nodi[0].tipo
    if not any(nodo.id in fissi for nodo in nodi):
        return [_cifra(numero, tipo) for numero in range(1, len(nodi) + 1)]
    nuclei: list[str] = []
    ultimo_fisso = max(indice for indice, nodo in enumerate(nodi) if nodo.id in fissi)
    for indice, nodo in enumerate(nodi):
        if nodo.id in fissi:
            nuclei.append(fissi[nodo.id])
        elif indice > ultimo_fisso:
            massimo = max((_valore(_base(nucleo), tipo) for nucleo in nuclei), default=0)
            nuclei.append(_cifra(massimo + 1, tipo))
        else:
            seguente = next(fissi[altro.id] for altro in nodi[indice:] if altro.id in fissi)
            nuclei.append(_inserito(nuclei[-1] if nuclei else "", seguente, tipo))
    return nuclei


def _base(nucleo: str) -> str:
    trovato = _NUCLEO.fullmatch(nucleo)
    return trovato["base"] if trovato else nucleo


def _inserito(precedente: str, seguente: str, tipo: Tipo) -> str:
    """The number that stands between two: 5-bis after 5, 5-ter after 5-bis, 5-bis.1 between 5-bis and 5-ter."""
    if not precedente:
        return "0" + _cifra(1, tipo) if tipo in {Tipo.ARTICOLO, Tipo.COMMA, Tipo.NUMERO} else f"0{seguente}"
    trovato = _NUCLEO.fullmatch(precedente)
    if trovato is None:
        return f"{precedente}.1"
    if _base(seguente) == trovato["base"] or trovato["resto"]:
        testa, _, coda = precedente.rpartition(".") if trovato["resto"] else (precedente, "", "0")
        return f"{testa}.{int(coda) + 1}"
    posto = SUFFISSI.index(trovato["suffisso"]) + 1 if trovato["suffisso"] in SUFFISSI else 0
    return f"{trovato['base']}-{SUFFISSI[posto]}" if posto < len(SUFFISSI) else f"{precedente}.1"


class _Numeratore:
    def __init__(self, fissi: Mapping[str, str]) -> None:
        self._fissi = fissi
        self._nuclei: dict[str, str] = {}
        self._nomi: dict[str, Nome] = {}

    def nomi(self, testo: Testo) -> dict[str, Nome]:
        articoli = [n for r in testo.radici if r.tipo is not Tipo.ALLEGATO for n in _articoli(r)]
        self._conta(articoli)
        self._figli(testo.radici, "", "")
        return self._nomi

    def _conta(self, nodi: Sequence[Disposizione]) -> None:
        self._nuclei.update(zip((nodo.id for nodo in nodi), serie(nodi, self._fissi), strict=True))

    def _figli(self, figli: Sequence[Disposizione], ancora: str, esteso: str) -> None:
        ordinati = sorted(figli, key=lambda nodo: nodo.tipo)
        for tipo, gruppo in groupby(ordinati, key=lambda nodo: nodo.tipo):
            if tipo is not Tipo.ARTICOLO:
                self._conta(list(gruppo))
        for nodo in figli:
            if nodo.tipo is Tipo.ALLEGATO:
                self._conta([n for figlio in nodo.figli for n in _articoli(figlio)])
            nome = self._nome(nodo, ancora, esteso)
            self._nomi[nodo.id] = nome
            sopra = nome.esteso
            if nodo.tipo in {Tipo.TITOLO, Tipo.CAPO} and any(True for _ in _articoli(nodo)):
                # Articles count through titoli and capi: their names and anchors do not speak of them.
                articoli = [figlio for figlio in nodo.figli if figlio.tipo is Tipo.ARTICOLO]
                altri = [figlio for figlio in nodo.figli if figlio.tipo is not Tipo.ARTICOLO]
                self._figli(articoli, ancora, esteso)
                self._figli(altri, nome.ancora, sopra)
            else:
                self._figli(nodo.figli, nome.ancora, sopra)

    def _nome(self, nodo: Disposizione, ancora: str, esteso: str) -> Nome:
        nucleo = self._nuclei[nodo.id]
        numero, breve, segno = _parole(nodo, nucleo)
        if nodo.tipo in GRUPPI_PREMESSE:
            breve, lungo = f'parte "{nodo.testo or nodo.tipo.capitalize()}"', ""
            lungo = f"premesse, {breve}"
        else:
            lungo = f"{esteso}, {breve}" if esteso else breve
        return Nome(numero, breve, lungo, f"{ancora}-{segno}" if ancora else segno, nucleo if numero else "")


def _articoli(nodo: Disposizione) -> list[Disposizione]:
    if nodo.tipo is Tipo.ARTICOLO:
        return [nodo]
    if nodo.tipo in {Tipo.TITOLO, Tipo.CAPO}:
        return [articolo for figlio in nodo.figli for articolo in _articoli(figlio)]
    return []


def _parole(nodo: Disposizione, nucleo: str) -> tuple[str, str, str]:
    """Printed number, short name and piece of anchor of one disposition."""
    minuscolo = nucleo.lower().replace(".", "-")
    match nodo.tipo:
        case Tipo.TITOLO | Tipo.CAPO | Tipo.ALLEGATO:
            return f"{nodo.tipo.capitalize()} {nucleo}", f"{nodo.tipo} {nucleo}", f"{nodo.tipo}-{minuscolo}"
        case Tipo.ARTICOLO:
            return f"Articolo {nucleo}", f"articolo {nucleo}", f"art{minuscolo}"
        case Tipo.COMMA:
            return f"{nucleo}.", f"comma {nucleo}", f"c{minuscolo}"
        case Tipo.LETTERA:
            return f"{nucleo})", f"lettera {nucleo})", minuscolo
        case Tipo.NUMERO:
            return f"{nucleo})", f"numero {nucleo})", f"n{minuscolo}"
        case Tipo.TRATTINO:
            return "–", f"{_ordinale(nucleo)} trattino", f"t{minuscolo}"
        case Tipo.PARAGRAFO:
            return "", f"{_ordinale(nucleo)} capoverso", f"p{minuscolo}"
        case Tipo.FORMULA:
            return "", "formula introduttiva", f"formula{'' if nucleo == '1' else '-' + minuscolo}"
        case _:
            return "", str(nodo.tipo), f"{nodo.tipo}{'' if nucleo == '1' else '-' + minuscolo}"


def _ordinale(nucleo: str) -> str:
    return ordinale(int(nucleo)) if nucleo.isdigit() and int(nucleo) else nucleo
