"""From the condition of another system to ours, as far as ours goes, and in words what was lost on the way.

What cannot be said is left out so that the question shows more often than in the source, never less: a part of an
"and" is dropped, an "or" with such a part goes whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import ge, gt, le, lt
from typing import Any

from questionari.definizione import (
    ALMENO_UNA,
    AMMESSI,
    CONTIENE,
    DATA,
    DIVERSO,
    GRADUATORIA,
    MAGGIORE,
    MINORE,
    MULTIPLA,
    NON_CONTIENE,
    NUMERO,
    RISPOSTO,
    SINGOLA,
    TESTO,
    TESTO_LUNGO,
    TUTTE,
    UGUALE,
)
from questionari.scambio.espressioni import Albero, Chiamata, Costante, Nome, Operazione
from questionari.scambio.numeri import e_giorno

NEGATI = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
SPECCHIO = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_SENZA_RISPOSTA = "qui una domanda senza risposta non soddisfa la condizione"


@dataclass(frozen=True, slots=True)
class Bersaglio:
    """What a name of the file stands for here. `parte` is the option that the name itself means, if it means one."""

    codice: str
    tipo: str
    voci: Mapping[str, str] = field(default_factory=dict)
    """Codes of the options: the file's → ours."""
    parte: str = ""
    nota: str = ""
    """What to say of any condition on it."""


type Risolvi = Callable[[str], Bersaglio | str]
"""Finds what a name stands for, or says in words why it stands for nothing."""


@dataclass(frozen=True, slots=True)
class Tradotta:
    """A condition in our form (`regola` is JSON; None: always shown) and what changed. `mai`: it can never hold."""

    regola: dict[str, Any] | None
    motivi: tuple[str, ...] = ()
    persa: bool = False
    """Something was left out: the question shows more often than it did."""
    mai: bool = False


@dataclass(frozen=True, slots=True)
class _Vero:
    pass


@dataclass(frozen=True, slots=True)
class _Falso:
    pass


@dataclass(frozen=True, slots=True)
class _Ignota:
    """Cannot be said."""


type _Esito = dict[str, Any] | _Vero | _Falso | _Ignota


def traduci(albero: Albero, risolvi: Risolvi) -> Tradotta:
    """Put a condition in our form."""
    traduttore = _Traduttore(risolvi)
    esito = traduttore.traduci(albero, negato=False)
    motivi = tuple(dict.fromkeys([*traduttore.motivi, *[_SENZA_RISPOSTA for _ in traduttore.negate]]))
    match esito:
        case _Vero():
            return Tradotta(None, motivi, persa=traduttore.persa)
        case _Falso():
            return Tradotta(None, motivi, persa=True, mai=True)
        case _Ignota():
            return Tradotta(None, motivi, persa=True)
        case regola:
            return Tradotta(regola, motivi, persa=traduttore.persa)


def insieme(regole: Sequence[dict[str, Any] | None]) -> dict[str, Any] | None:
    """All of these conditions at once."""
    esito = _unisci([regola for regola in regole if regola is not None], TUTTE)
    return esito if isinstance(esito, dict) else None


def _foglia(codice: str, operatore: str, valore: str | int | float | None = None) -> dict[str, Any]:
    foglia: dict[str, Any] = {"domanda": codice, "operatore": operatore}
    return foglia if valore is None else foglia | {"valore": valore}


def _unisci(parti: Sequence[_Esito], modo: str) -> _Esito:
    """Join outcomes, each said once, groups of the same kind opened up."""
    neutro, fermo = (_Vero, _Falso) if modo == TUTTE else (_Falso, _Vero)
    rami: list[dict[str, Any]] = []
    for parte in parti:
        if isinstance(parte, fermo):
            return parte
        if isinstance(parte, neutro):
            continue
        assert isinstance(parte, dict)
        for ramo in parte.get(modo, [parte]):
            if ramo not in rami:
                rami.append(ramo)
    if modo == TUTTE:
        # every condition wants an answer: "answered" beside another on the same question says nothing more
        altri = {r["domanda"] for r in rami if "domanda" in r and r["operatore"] != RISPOSTO}
        altri |= {c for r in rami if (c := _una_sola(r))}
        rami = [r for r in rami if r.get("operatore") != RISPOSTO or r["domanda"] not in altri]
    if not rami:
        return neutro()
    return rami[0] if len(rami) == 1 else {modo: rami}


def _una_sola(regola: dict[str, Any]) -> str:
    """The question that a group speaks of, if it speaks of one only."""
    rami = regola.get(ALMENO_UNA)
    if not rami or any("domanda" not in r for r in rami):
        return ""
    codici = {r["domanda"] for r in rami}
    return codici.pop() if len(codici) == 1 else ""


class _Traduttore:
    def __init__(self, risolvi: Risolvi) -> None:
        self.risolvi = risolvi
        self.motivi: list[str] = []
        self.persa = False
        self.negate: set[str] = set()
        """Questions that a negative condition looks at without asking whether they are answered."""

    def _ignota(self, motivo: str) -> _Ignota:
        self.motivi.append(motivo)
        return _Ignota()

    def traduci(self, albero: Albero, *, negato: bool) -> _Esito:
        match albero:
            case Operazione("non", (dentro,)):
                return self.traduci(dentro, negato=not negato)
            case Operazione("e" | "o" as segno, rami):
                return self._rami(rami, (segno == "e") != negato, negato=negato)
            case Operazione(segno, (a, b)) if segno in NEGATI:
                return self._confronto(NEGATI[segno] if negato else segno, a, b)
            case Costante(valore):
                vero = valore not in ("", "0", 0, "false", "False")
                return _Vero() if vero != negato else _Falso()
            case Chiamata("true" | "false" as nome, ()):
                return _Vero() if (nome == "true") != negato else _Falso()
            case Chiamata("selected", (Nome(nome), Costante(valore))):
                return self._contiene(nome, str(valore), negato=negato)
            case Chiamata("contains", (Nome(nome), cercato)) if isinstance(nudo := _nudo(cercato), Costante):
                return self._parole(nome, str(nudo.valore), negato=negato)
            case Chiamata("is_empty" | "empty", (Nome(nome),)):
                return self._risposto(nome, negato=not negato)
            case Chiamata("boolean" | "string" | "trim" | "strip" | "number", (dentro,)):
                return self.traduci(dentro, negato=negato)
            case Nome(nome):
                return self._risposto(nome, negato=negato)
            case Chiamata(nome, _):
                return self._ignota(f"la funzione «{nome}» non ha un equivalente")
            case Operazione(segno, _):
                return self._ignota(f"un calcolo con «{segno}» non ha un equivalente")
        raise TypeError(albero)

    def _rami(self, rami: Sequence[Albero], tutte: bool, *, negato: bool) -> _Esito:
        esiti = [self.traduci(ramo, negato=negato) for ramo in rami]
        if not any(isinstance(esito, _Ignota) for esito in esiti):
            self._custodite(esiti, tutte=tutte)
            return _unisci(esiti, TUTTE if tutte else ALMENO_UNA)
        noti = [esito for esito in esiti if not isinstance(esito, _Ignota)]
        self._custodite(noti, tutte=tutte)
        if tutte and noti:
            self.persa = True
            return _unisci(noti, TUTTE)
        if not tutte and any(isinstance(esito, _Vero) for esito in noti):
            return _Vero()
        return _Ignota()

    def _custodite(self, esiti: Sequence[_Esito], *, tutte: bool) -> None:
        """ "Answered, and not X": the negative condition means here what it meant there."""
        for esito in esiti:
            if tutte and isinstance(esito, dict) and esito.get("operatore") == RISPOSTO:
                self.negate.discard(esito["domanda"])

    def _trova(self, nome: str) -> Bersaglio | None:
        bersaglio = self.risolvi(nome)
        if isinstance(bersaglio, str):
            self.motivi.append(bersaglio)
            return None
        if bersaglio.nota:
            self.motivi.append(bersaglio.nota)
        return bersaglio

    def _risposto(self, nome: str, *, negato: bool) -> _Esito:
        bersaglio = self._trova(nome)
        if bersaglio is None:
            return _Ignota()
        if bersaglio.parte:
            return self._parte(bersaglio, scelta=not negato)
        if negato:
            return self._ignota(f"«{nome}» senza risposta: non è una condizione che si può porre qui")
        if RISPOSTO not in AMMESSI[bersaglio.tipo]:
            return self._ignota(f"«{nome}» non è una domanda a cui si risponde")
        return _foglia(bersaglio.codice, RISPOSTO)

    def _parte(self, bersaglio: Bersaglio, *, scelta: bool) -> _Esito:
        if CONTIENE not in AMMESSI[bersaglio.tipo]:
            return self._ignota("una condizione su una sola riga non ha un equivalente")
        if not scelta:
            self.negate.add(bersaglio.codice)
        return _foglia(bersaglio.codice, CONTIENE if scelta else NON_CONTIENE, bersaglio.parte)

    def _contiene(self, nome: str, valore: str, *, negato: bool) -> _Esito:
        bersaglio = self._trova(nome)
        if bersaglio is None:
            return _Ignota()
        if bersaglio.tipo not in (SINGOLA, MULTIPLA, GRADUATORIA) or bersaglio.parte:
            return self._ignota(f"«{nome}» non è una domanda a scelta")
        voce = bersaglio.voci.get(valore)
        if voce is None:
            return self._opzione_ignota(nome, valore, negato=negato)
        if negato:
            self.negate.add(bersaglio.codice)
        if bersaglio.tipo == SINGOLA:
            return _foglia(bersaglio.codice, DIVERSO if negato else UGUALE, voce)
        return _foglia(bersaglio.codice, NON_CONTIENE if negato else CONTIENE, voce)

    def _parole(self, nome: str, valore: str, *, negato: bool) -> _Esito:
        bersaglio = self._trova(nome)
        if bersaglio is None:
            return _Ignota()
        if bersaglio.tipo not in (TESTO, TESTO_LUNGO) or not valore.strip():
            return self._ignota(f"cercare parole in «{nome}» non ha un equivalente")
        if negato:
            self.negate.add(bersaglio.codice)
        return _foglia(bersaglio.codice, NON_CONTIENE if negato else CONTIENE, valore)

    def _opzione_ignota(self, nome: str, valore: str, *, negato: bool) -> _Esito:
        self.motivi.append(f"«{valore[:60]}» non è tra le opzioni di «{nome}»")
        return _Vero() if negato else _Falso()

    def _confronto(self, segno: str, a: Albero, b: Albero) -> _Esito:
        a, b = _nudo(a), _nudo(b)
        if isinstance(a, Costante) and not isinstance(b, Costante):
            segno, a, b = SPECCHIO[segno], b, a
        match a, b:
            case Nome(nome), Costante(valore):
                return self._con_valore(segno, nome, valore)
            case Chiamata("count-selected" | "count", (Nome(nome),)), Costante(int() as valore):
                if (segno, valore) in ((">", 0), (">=", 1), ("!=", 0)):
                    return self._risposto(nome, negato=False)
                return self._ignota("contare le opzioni scelte non ha un equivalente")
            case Chiamata("string-length" | "strlen", (Nome(nome),)), Costante(int() as valore):
                if (segno, valore) in ((">", 0), (">=", 1), ("!=", 0)):
                    return self._risposto(nome, negato=False)
                return self._ignota("contare i caratteri di una risposta non ha un equivalente")
            case Chiamata("selected" | "is_empty", _), Costante(valore):
                vero = valore not in ("", "0", 0, "false")
                return self.traduci(a, negato=vero != (segno == "=="))
            case Costante(x), Costante(y):
                uguali = str(x) == str(y)
                return _Vero() if uguali == (segno in ("==", "<=", ">=")) else _Falso()
            case Nome(uno), Nome(altro):
                return self._ignota(
                    f"il confronto fra due risposte («{uno}» e «{altro}») non ha un equivalente"
                )
            case _:
                pass
        if isinstance(a, Chiamata) and isinstance(b, Chiamata) and b.funzione in ("true", "false"):
            return self.traduci(a, negato=(b.funzione == "true") != (segno == "=="))
        for lato in (a, b):
            if isinstance(lato, Chiamata):
                return self._ignota(f"la funzione «{lato.funzione}» non ha un equivalente")
        return self._ignota("un confronto con un calcolo non ha un equivalente")

    def _con_valore(self, segno: str, nome: str, valore: str | int | float) -> _Esito:
        bersaglio = self._trova(nome)
        if bersaglio is None:
            return _Ignota()
        if bersaglio.parte:
            if segno not in ("==", "!="):
                return self._ignota(f"«{nome}» è un'opzione: si può solo scegliere o no")
            return self._parte(bersaglio, scelta=(segno == "==") == (str(valore) not in ("", "N", "0")))
        if valore == "":
            return self._risposto(nome, negato=segno == "==")
        ammessi = AMMESSI[bersaglio.tipo]
        if bersaglio.tipo in (NUMERO, DATA):
            return self._misura(segno, nome, bersaglio, valore)
        if segno not in ("==", "!="):
            return self._in_ordine(segno, nome, bersaglio, valore)
        operatore = UGUALE if segno == "==" else DIVERSO
        if operatore not in ammessi:
            return self._ignota(f"«{nome}» non ammette questo confronto")
        scritto: str = _scritto(valore)
        if bersaglio.voci:
            voce = bersaglio.voci.get(scritto)
            if voce is None:
                return self._opzione_ignota(nome, scritto, negato=segno == "!=")
            scritto = voce
        if operatore == DIVERSO:
            self.negate.add(bersaglio.codice)
        return _foglia(bersaglio.codice, operatore, scritto)

    def _misura(self, segno: str, nome: str, bersaglio: Bersaglio, valore: str | int | float) -> _Esito:
        """A comparison with a number or a date."""
        misura: str | int | float = valore
        if bersaglio.tipo == NUMERO:
            numero = _numero(valore)
            if numero is None:
                return self._ignota(f"«{nome}» è un numero, «{str(valore)[:40]}» no")
            misura = numero
        elif not isinstance(valore, str) or not e_giorno(valore):
            return self._ignota(f"«{nome}» è una data, «{str(valore)[:40]}» no")
        semplici = {"==": UGUALE, "!=": DIVERSO, ">": MAGGIORE, "<": MINORE}
        if segno == "!=":
            self.negate.add(bersaglio.codice)
        if segno in semplici:
            return _foglia(bersaglio.codice, semplici[segno], misura)
        estremo = MAGGIORE if segno == ">=" else MINORE
        return {
            ALMENO_UNA: [
                _foglia(bersaglio.codice, estremo, misura),
                _foglia(bersaglio.codice, UGUALE, misura),
            ]
        }

    def _in_ordine(self, segno: str, nome: str, bersaglio: Bersaglio, valore: str | int | float) -> _Esito:
        """An option's code compared as a number: the options that it means, one by one."""
        soglia = _numero(valore)
        if bersaglio.tipo != SINGOLA or soglia is None:
            return self._ignota(f"«{nome}» non è un numero")
        vale = {"<": lt, "<=": le, ">": gt, ">=": ge}[segno]
        numeri = {codice: _numero(originale) for originale, codice in bersaglio.voci.items()}
        buone = [codice for codice, n in numeri.items() if n is not None and vale(n, soglia)]
        if not buone:
            self.motivi.append(f"nessuna opzione di «{nome}» soddisfa il confronto")
            return _Falso()
        return _unisci([_foglia(bersaglio.codice, UGUALE, codice) for codice in buone], ALMENO_UNA)


def _nudo(albero: Albero) -> Albero:
    """Without the functions that only change the type, and dates as text."""
    match albero:
        case Chiamata("concat", pezzi) if all(isinstance(pezzo, Costante) for pezzo in pezzi):
            return Costante("".join(str(pezzo.valore) for pezzo in pezzi if isinstance(pezzo, Costante)))
        case Chiamata("number" | "int" | "string" | "trim" | "date" | "intval" | "floatval", (dentro,)):
            return _nudo(dentro)
    return albero


def _scritto(valore: str | int | float) -> str:
    if isinstance(valore, float) and valore.is_integer():
        return str(int(valore))
    return str(valore)


def _numero(valore: str | int | float) -> int | float | None:
    if isinstance(valore, str):
        try:
            valore = float(valore) if "." in valore else int(valore)
        except ValueError:
            return None
    if valore != valore or valore in (float("inf"), float("-inf")):
        return None
    return int(valore) if isinstance(valore, float) and valore.is_integer() else valore
