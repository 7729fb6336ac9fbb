"""The conditions of a question's form: a tree of groups and single conditions, as deep as a rule may be. Pure.

The form sends the tree as it stands on the page, from the top: one `nodo` for each part ("c2" is a condition in the
second level of groups, "g1" a group in the first), and the fields of the conditions, and of the groups, in that order.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from questionari import valori
from questionari.condizioni import MAX_CONDIZIONI, MAX_PROFONDITA
from questionari.definizione import (
    AMMESSI,
    DATA,
    MODI,
    NUMERO,
    RISPOSTO,
    TUTTE,
    Condizione,
    Domanda,
    Gruppo,
    Regola,
)
from questionari.moduli.righe import Posta

PAROLE_OPERATORI = {
    "uguale": "è",
    "diverso": "non è",
    "contiene": "comprende",
    "non_contiene": "non comprende",
    "maggiore": "è maggiore di",
    "minore": "è minore di",
    "risposto": "ha una risposta",
}
MAX_NODI = 200

type Posto = tuple[int, ...]
"""Where a part stands in the tree: its place in each group from the outermost in; () is the whole."""


@dataclass(frozen=True, slots=True)
class Riga:
    """One condition as it is typed."""

    domanda: str = ""
    operatore: str = ""
    valore: str = ""


@dataclass(frozen=True)
class Insieme:
    """Conditions and groups of which all, or at least one, must hold."""

    modo: str = TUTTE
    parti: "tuple[Parte, ...]" = ()

    def righe(self) -> Iterator[Riga]:
        """The single conditions in it, however deep."""
        for parte in self.parti:
            if isinstance(parte, Riga):
                yield parte
            else:
                yield from parte.righe()


type Parte = Riga | Insieme


def da_regola(regola: Regola | None) -> Insieme:
    """How a stored rule stands in the form."""
    if regola is None:
        return Insieme()
    parte = _in_parte(regola)
    return parte if isinstance(parte, Insieme) else Insieme(parti=(parte,))


def _in_parte(regola: Regola) -> Parte:
    if isinstance(regola, Condizione):
        valore = regola.valore
        detto = valori.in_cifre(valore).replace(".", "") if isinstance(valore, int | float) else valore
        return Riga(regola.domanda, regola.operatore, detto)
    return Insieme(regola.modo, tuple(map(_in_parte, regola.condizioni)))


def leggi(dati: Posta) -> Insieme:
    """The tree typed in the form; what makes no sense in it is left out."""
    modi = iter(dati.getlist("gruppo-modo"))
    righe = zip(
        dati.getlist("cond-domanda"),
        dati.getlist("cond-operatore"),
        dati.getlist("cond-valore"),
        strict=False,
    )
    aperti: list[tuple[str, list[Parte]]] = [(_modo(next(iter(dati.getlist("condizioni-modo")), "")), [])]

    def chiudi(livello: int) -> None:
        while len(aperti) > livello:
            modo, parti = aperti.pop()
            aperti[-1][1].append(Insieme(modo, tuple(parti)))

    for nodo in dati.getlist("nodo")[:MAX_NODI]:
        genere, livello = nodo[:1], int(nodo[1:]) if nodo[1:2].isdecimal() and len(nodo) == 2 else 1
        chiudi(max(1, min(livello, len(aperti))))
        if genere == "g":
            modo = _modo(next(modi, ""))
            if len(aperti) < MAX_PROFONDITA:
                aperti.append((modo, []))
        elif (terna := next(righe, None)) is not None:
            domanda, operatore, valore = terna
            aperti[-1][1].append(Riga(domanda, operatore, valore.strip()))
    chiudi(1)
    return Insieme(aperti[0][0], tuple(aperti[0][1]))


def _modo(modo: str) -> str:
    return modo if modo in MODI else TUTTE


def aggiusta(insieme: Insieme, precedenti: Mapping[str, Domanda]) -> Insieme:
    """Fill in what follows from the question chosen: an operator that it has, an option that exists."""
    return replace(
        insieme,
        parti=tuple(
            _aggiustata(p, precedenti) if isinstance(p, Riga) else aggiusta(p, precedenti)
            for p in insieme.parti
        ),
    )


def _aggiustata(riga: Riga, precedenti: Mapping[str, Domanda]) -> Riga:
    altra = precedenti.get(riga.domanda)
    if altra is None:
        return Riga()
    operatore = riga.operatore if riga.operatore in AMMESSI[altra.tipo] else AMMESSI[altra.tipo][0]
    valore = riga.valore
    if operatore == RISPOSTO or (altra.voci and valore not in altra.etichette):
        valore = ""
    return Riga(riga.domanda, operatore, valore)


# One press


def premi(insieme: Insieme, verbo: str, posto: Posto) -> Insieme:
    """The tree after one press: `nuova` and `gruppo` add to the group at `posto`, `togli` takes the part away."""
    if verbo == "nuova":
        return _in(insieme, posto, lambda g: replace(g, parti=(*g.parti, Riga())))
    if verbo == "gruppo" and len(posto) < MAX_PROFONDITA - 1:
        return _in(insieme, posto, lambda g: replace(g, parti=(*g.parti, Insieme(_altro(g), (Riga(),)))))
    if verbo == "togli" and posto:
        ultimo = posto[-1]
        return _senza_vuoti(
            _in(insieme, posto[:-1], lambda g: replace(g, parti=g.parti[:ultimo] + g.parti[ultimo + 1 :]))
        )
    return insieme


def _altro(insieme: Insieme) -> str:
    """A group inside another is of use if it combines the other way."""
    return next(modo for modo in MODI if modo != insieme.modo)


def _in(insieme: Insieme, posto: Posto, cambia: Callable[[Insieme], Insieme]) -> Insieme:
    """The tree with the group at `posto` changed; as it was if there is none."""
    if not posto:
        return cambia(insieme)
    primo, parti = posto[0], list(insieme.parti)
    dentro = parti[primo] if 0 <= primo < len(parti) else None
    if not isinstance(dentro, Insieme):
        return insieme
    parti[primo] = _in(dentro, posto[1:], cambia)
    return replace(insieme, parti=tuple(parti))


def _senza_vuoti(insieme: Insieme) -> Insieme:
    parti = (_senza_vuoti(p) if isinstance(p, Insieme) else p for p in insieme.parti)
    return replace(insieme, parti=tuple(p for p in parti if isinstance(p, Riga) or p.parti))


# Back to a rule


@dataclass
class Errori:
    """What is wrong with single conditions, by their place."""

    per_posto: dict[Posto, str] = field(default_factory=dict)
    troppe: bool = False
    """There are more conditions than a rule may have."""

    def __bool__(self) -> bool:
        return self.troppe or bool(self.per_posto)


def in_regola(insieme: Insieme, precedenti: Mapping[str, Domanda]) -> tuple[Regola | None, Errori]:
    """The rule, and what is wrong with it. A row in which no question is chosen counts for nothing."""
    errori = Errori()
    regola = _gruppo(insieme, (), precedenti, errori)
    errori.troppe = sum(bool(riga.domanda) for riga in insieme.righe()) > MAX_CONDIZIONI
    return regola, errori


def _gruppo(
    insieme: Insieme, posto: Posto, precedenti: Mapping[str, Domanda], errori: Errori
) -> Regola | None:
    parti: list[Regola] = []
    for i, parte in enumerate(insieme.parti):
        qui = (*posto, i)
        if isinstance(parte, Insieme):
            dentro = _gruppo(parte, qui, precedenti, errori)
            parti += [dentro] if dentro is not None else []
        elif parte.domanda:
            letta = _condizione(parte, precedenti)
            if isinstance(letta, str):
                errori.per_posto[qui] = letta
            else:
                parti.append(letta)
    if not parti:
        return None
    return parti[0] if len(parti) == 1 else Gruppo(insieme.modo, tuple(parti))


def _condizione(riga: Riga, precedenti: Mapping[str, Domanda]) -> Condizione | str:
    altra = precedenti.get(riga.domanda)
    if altra is None:
        return "Scegli una domanda che viene prima di questa."
    if riga.operatore not in AMMESSI[altra.tipo]:
        return "Scegli come confrontare la risposta."
    if riga.operatore == RISPOSTO:
        return Condizione(altra.codice, RISPOSTO)
    if altra.voci:
        if riga.valore not in altra.etichette:
            return "Scegli con quale risposta confrontarla."
        return Condizione(altra.codice, riga.operatore, riga.valore)
    if altra.tipo == DATA:
        giorno = valori.giorno(riga.valore)
        return Condizione(altra.codice, riga.operatore, giorno.isoformat()) if giorno else "Scrivi una data."
    if altra.tipo == NUMERO:
        try:
            numero = valori.normalizza(Domanda("", NUMERO, "", decimali=6), riga.valore)
        except valori.ValoreNonValido as errore:
            return str(errore)
        return "Scrivi un numero." if numero is None else Condizione(altra.codice, riga.operatore, numero)
    return (
        Condizione(altra.codice, riga.operatore, riga.valore)
        if riga.valore
        else "Scrivi le parole da cercare."
    )
