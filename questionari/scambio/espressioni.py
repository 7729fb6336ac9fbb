"""The conditions of other systems, read: ExpressionScript (LimeSurvey) and XPath (XLSForm) give one small tree.

A recursive descent parser with bounds: never a regular expression over the whole text, never `eval`.
"""

import re
from dataclasses import dataclass

from questionari.scambio import limiti


class EspressioneNonLetta(Exception):
    """The text is not an expression that we read; the words say why."""


@dataclass(frozen=True, slots=True)
class Nome:
    """A question (or a part of one), as the file names it. "." is the question itself."""

    nome: str


@dataclass(frozen=True, slots=True)
class Costante:
    """A text or a number."""

    valore: str | int | float


@dataclass(frozen=True, slots=True)
class Chiamata:
    """A function with its arguments."""

    funzione: str
    argomenti: tuple["Albero", ...]


@dataclass(frozen=True, slots=True)
class Operazione:
    """`e`, `o` (any number of arguments), `non`, a comparison (== != < <= > >=) or arithmetic (+ - * / mod)."""

    segno: str
    argomenti: tuple["Albero", ...]


type Albero = Nome | Costante | Chiamata | Operazione

CIFRE_INTERE = 30
CIFRE = 400
"""As many as the smallest number that a computer tells from zero takes, written without exponent."""
_SPAZIO = re.compile(r"[\s\u00a0]+")
_NUMERO = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_STRINGA = {
    "'": re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL),
    '"': re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL),
}
_STRINGA_XPATH = {"'": re.compile(r"'([^']*)'"), '"': re.compile(r'"([^"]*)"')}
# a LimeSurvey name may begin with digits: 123456X78X910SQ1.NAOK
_NOME_LIME = re.compile(
    r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_]+)*|[0-9]+X[0-9]+X[0-9]+[A-Za-z0-9_#]*(?:\.[A-Za-z_]+)*"
)
_RIFERIMENTO = re.compile(r"\$\{\s*([^{}\s]{1,200})\s*\}")
_NOME_XPATH = re.compile(r"[A-Za-z_][\w-]*(?:[.:][A-Za-z_][\w-]*)*")
# what LimeSurvey may add to a name and still mean the answer
_RISPOSTA = re.compile(r"\.(?:NAOK|valueNAOK|value|code)\Z")
_SEGNI_LIME = ("&&", "||", "==", "!=", "<=", ">=", "=", "<", ">", "!", "+", "-", "*", "/", "(", ")", ",")
_SEGNI_XPATH = ("!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", ",", "..", ".", "/")

_PAROLE_LIME = {
    "and": "e", "or": "o", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
}  # fmt: skip
_PAROLE_XPATH = {"and": "e", "or": "o", "div": "/", "mod": "mod"}
_UGUALI = {"&&": "e", "||": "o", "=": "=="}
_CONFRONTI = frozenset({"==", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class _Segno:
    genere: str  # "nome", "costante", "segno"
    valore: str | int | float


def leggi_limesurvey(testo: str) -> Albero:
    """Read an ExpressionScript expression. Raises EspressioneNonLetta."""
    return _Lettore(_segni(testo, xpath=False), _PAROLE_LIME).tutto()


def leggi_xpath(testo: str) -> Albero:
    """Read an XLSForm expression. Raises EspressioneNonLetta."""
    return _Lettore(_segni(testo, xpath=True), _PAROLE_XPATH).tutto()


def _segni(testo: str, *, xpath: bool) -> list[_Segno]:
    if len(testo) > limiti.ESPRESSIONE:
        raise EspressioneNonLetta(f"è più lunga di {limiti.ESPRESSIONE} caratteri")
    segni: list[_Segno] = []
    i = 0
    while i < len(testo):
        if spazio := _SPAZIO.match(testo, i):
            i = spazio.end()
            continue
        segno, i = _prossimo(testo, i, xpath=xpath)
        segni.append(segno)
        if len(segni) > limiti.ESPRESSIONE_SEGNI:
            raise EspressioneNonLetta(f"ha più di {limiti.ESPRESSIONE_SEGNI} parti")
    return segni


def _prossimo(testo: str, i: int, *, xpath: bool) -> tuple[_Segno, int]:
    c = testo[i]
    if c in "'\"":
        stringa = (_STRINGA_XPATH if xpath else _STRINGA)[c].match(testo, i)
        if stringa is None:
            raise EspressioneNonLetta("le virgolette non si chiudono")
        parole = stringa[1] if xpath else re.sub(r"\\(.)", r"\1", stringa[1], flags=re.DOTALL)
        return _Segno("costante", parole), stringa.end()
    if c == "$" and xpath:
        riferimento = _RIFERIMENTO.match(testo, i)
        if riferimento is None:
            raise EspressioneNonLetta("un riferimento ${…} non si chiude")
        return _Segno("nome", "${" + riferimento[1].removeprefix("last-saved#")), riferimento.end()
    nome = (_NOME_XPATH if xpath else _NOME_LIME).match(testo, i)
    if nome:
        return _Segno("nome", nome[0]), nome.end()
    if numero := _NUMERO.match(testo, i):
        return _Segno("costante", _numero(numero[0])), numero.end()
    for segno in _SEGNI_XPATH if xpath else _SEGNI_LIME:
        if testo.startswith(segno, i):
            return _Segno("segno", _UGUALI.get(segno, segno)), i + len(segno)
    raise EspressioneNonLetta(f"contiene «{c}», che qui non ha un significato")


def _numero(testo: str) -> int | float:
    if len(testo.partition(".")[0]) > CIFRE_INTERE or len(testo) > CIFRE:
        raise EspressioneNonLetta(f"contiene un numero di più di {CIFRE_INTERE} cifre")
    return float(testo) if "." in testo else int(testo)


class _Lettore:
    """Precedence, lowest first: o, e, comparison, sum, product, unary, atom."""

    def __init__(self, segni: list[_Segno], parole: dict[str, str]) -> None:
        self.segni, self.parole = segni, parole
        self.i = self.livello = 0

    def tutto(self) -> Albero:
        if not self.segni:
            raise EspressioneNonLetta("è vuota")
        albero = self._o()
        if self.i < len(self.segni):
            raise EspressioneNonLetta(f"dopo la fine resta «{self.segni[self.i].valore}»")
        return albero

    def _segno(self) -> str:
        """The operator at hand, if it is one; a word such as "and" counts as one only between two terms."""
        if self.i >= len(self.segni):
            return ""
        segno = self.segni[self.i]
        if segno.genere == "segno":
            return str(segno.valore)
        if segno.genere == "nome":
            return self.parole.get(str(segno.valore).lower(), "")
        return ""

    def _o(self) -> Albero:
        self.livello += 1
        if self.livello > limiti.ESPRESSIONE_PROFONDITA:
            raise EspressioneNonLetta(
                f"ha più di {limiti.ESPRESSIONE_PROFONDITA} parentesi una dentro l'altra"
            )
        rami = [self._e()]
        while self._segno() == "o":
            self.i += 1
            rami.append(self._e())
        self.livello -= 1
        return rami[0] if len(rami) == 1 else Operazione("o", tuple(rami))

    def _e(self) -> Albero:
        rami = [self._confronto()]
        while self._segno() == "e":
            self.i += 1
            rami.append(self._confronto())
        return rami[0] if len(rami) == 1 else Operazione("e", tuple(rami))

    def _confronto(self) -> Albero:
        sinistra = self._somma()
        if (segno := self._segno()) in _CONFRONTI:
            self.i += 1
            sinistra = Operazione(segno, (sinistra, self._somma()))
            if self._segno() in _CONFRONTI:
                raise EspressioneNonLetta("due confronti si seguono senza «and» o «or»")
        return sinistra

    def _somma(self) -> Albero:
        albero = self._prodotto()
        giri = 0
        while (segno := self._segno()) in ("+", "-"):
            self.i += 1
            albero = Operazione(segno, (albero, self._prodotto()))
            giri += 1
            if giri > limiti.ESPRESSIONE_PROFONDITA:
                raise EspressioneNonLetta("ha troppe operazioni di seguito")
        return albero

    def _prodotto(self) -> Albero:
        albero = self._unario()
        giri = 0
        while (segno := self._segno()) in ("*", "/", "mod"):
            self.i += 1
            albero = Operazione(segno, (albero, self._unario()))
            giri += 1
            if giri > limiti.ESPRESSIONE_PROFONDITA:
                raise EspressioneNonLetta("ha troppe operazioni di seguito")
        return albero

    def _unario(self) -> Albero:
        segni = []
        while self.i < len(self.segni) and self.segni[self.i].genere == "segno":
            segno = self.segni[self.i].valore
            if segno not in ("!", "-", "+"):
                break
            segni.append(segno)
            self.i += 1
            if len(segni) > limiti.ESPRESSIONE_PROFONDITA:
                raise EspressioneNonLetta("ha troppi segni di seguito")
        albero = self._atomo()
        for segno in reversed(segni):
            if segno == "!":
                albero = Operazione("non", (albero,))
            elif segno == "-":
                albero = (
                    Costante(-albero.valore)
                    if isinstance(albero, Costante) and not isinstance(albero.valore, str)
                    else Operazione("-", (Costante(0), albero))
                )
        return albero

    def _atomo(self) -> Albero:
        if self.i >= len(self.segni):
            raise EspressioneNonLetta("si interrompe a metà")
        segno = self.segni[self.i]
        self.i += 1
        if segno.genere == "costante":
            return Costante(segno.valore)
        if segno.genere == "nome":
            nome = str(segno.valore)
            if nome.startswith("${"):
                return Nome(nome[2:])
            if self.i < len(self.segni) and self.segni[self.i] == _Segno("segno", "("):
                self.i += 1
                return self._chiamata(nome)
            return Nome(_RISPOSTA.sub("", nome))
        if segno.valore == "(":
            albero = self._o()
            self._chiudi()
            return albero
        if segno.valore == ".":
            return Nome(".")
        raise EspressioneNonLetta(f"«{segno.valore}» è fuori posto")

    def _chiamata(self, nome: str) -> Albero:
        argomenti: list[Albero] = []
        if self._segno() == ")":
            self.i += 1
            return Chiamata(nome.lower(), ())
        argomenti.append(self._o())
        while self._segno() == ",":
            self.i += 1
            argomenti.append(self._o())
        self._chiudi()
        if nome.lower() == "not" and len(argomenti) == 1:
            return Operazione("non", (argomenti[0],))
        return Chiamata(nome.lower(), tuple(argomenti))

    def _chiudi(self) -> None:
        if self._segno() != ")":
            raise EspressioneNonLetta("una parentesi non si chiude")
        self.i += 1
