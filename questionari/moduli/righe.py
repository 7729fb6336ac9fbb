"""The rows of a question's form: options, steps of a scale, conditions. Pure: from and to a posted form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from questionari import valori
from questionari.definizione import (
    AMMESSI,
    DATA,
    NUMERO,
    RISPOSTO,
    TUTTE,
    Condizione,
    Domanda,
    Grado,
    Gruppo,
    Regola,
    Voce,
)
from questionari.modifiche import codice_voce

MAX_RIGHE = 200
PAROLE_OPERATORI = {
    "uguale": "è",
    "diverso": "non è",
    "contiene": "comprende",
    "non_contiene": "non comprende",
    "maggiore": "è maggiore di",
    "minore": "è minore di",
    "risposto": "ha una risposta",
}


class Posta(Protocol):
    """What is read of a posted form (django's QueryDict)."""

    def getlist(self, chiave: str, /) -> list[str]: ...
    def __contains__(self, chiave: object, /) -> bool: ...


def muovi[T](righe: Sequence[T], verbo: str, posto: int) -> list[T]:
    """Rows after one press of su, giu or togli on the one at `posto`."""
    nuove = list(righe)
    if not 0 <= posto < len(nuove):
        return nuove
    if verbo == "togli":
        del nuove[posto]
    elif verbo == "su" and posto > 0:
        nuove[posto - 1], nuove[posto] = nuove[posto], nuove[posto - 1]
    elif verbo == "giu" and posto < len(nuove) - 1:
        nuove[posto + 1], nuove[posto] = nuove[posto], nuove[posto + 1]
    return nuove


# Options, rows, items


def leggi_voci(dati: Posta) -> list[Voce]:
    """The options written in the form; those pasted together, one a line, come after the others."""
    codici, testi = dati.getlist("voce-codice"), dati.getlist("voce-testo")
    voci = [Voce(codice, " ".join(testo.split())) for codice, testo in zip(codici, testi, strict=False)]
    for riga in "\n".join(dati.getlist("voci-insieme")).splitlines():
        if parole := " ".join(riga.split()):
            voci.append(nuova_voce(voci, parole[:500]))
    return voci[:MAX_RIGHE]


def nuova_voce(voci: Sequence[Voce], etichetta: str = "") -> Voce:
    """An option with a code of its own."""
    return Voce(codice_voce(voce.codice for voce in voci), etichetta)


# Steps of a scale


def leggi_gradi(dati: Posta) -> list[tuple[str, str]]:
    """Value and words of each step, as they were typed."""
    valori_, testi = dati.getlist("grado-valore"), dati.getlist("grado-testo")
    return [(v.strip(), " ".join(t.split())) for v, t in zip(valori_, testi, strict=False)][:50]


def in_scala(gradi: Sequence[tuple[str, str]]) -> tuple[tuple[Grado, ...], list[str]]:
    """The scale, and what is wrong with it."""
    scala: list[Grado] = []
    errori = []
    for valore, testo in gradi:
        if not valore and not testo:
            continue
        try:
            numero = int(valore)
        except ValueError:
            errori.append(f"«{valore}» non è un numero intero." if valore else "Ogni grado ha il suo numero.")
            continue
        if abs(numero) > 1000:
            errori.append(f"{numero} è fuori misura: al massimo 1000.")
        elif any(numero == grado.valore for grado in scala):
            errori.append(f"Il numero {numero} è usato due volte.")
        else:
            scala.append(Grado(numero, testo))
    return tuple(scala), errori


# Conditions: groups of single conditions, one level deep; what is deeper is kept as it is


@dataclass(frozen=True, slots=True)
class Riga:
    """One condition as it is typed."""

    domanda: str = ""
    operatore: str = ""
    valore: str = ""


@dataclass(frozen=True)
class Blocco:
    """Conditions of which all, or at least one, must hold."""

    modo: str = TUTTE
    righe: tuple[Riga, ...] = ()


@dataclass(frozen=True)
class Condizioni:
    """The whole rule as it is typed: groups, of which all or at least one must hold."""

    modo: str = TUTTE
    gruppi: tuple[Blocco, ...] = ()
    complessa: Regola | None = None
    """A rule of more levels than the form has: shown in words, kept until it is taken away."""


def da_regola(regola: Regola | None) -> Condizioni:
    """How a stored rule stands in the form."""
    if regola is None:
        return Condizioni()
    if isinstance(regola, Condizione):
        return Condizioni(gruppi=(Blocco(righe=(_riga(regola),)),))
    singole = [parte for parte in regola.condizioni if isinstance(parte, Condizione)]
    if len(singole) == len(regola.condizioni):
        return Condizioni(gruppi=(Blocco(regola.modo, tuple(map(_riga, singole))),))
    gruppi = []
    for parte in regola.condizioni:
        if isinstance(parte, Condizione):
            gruppi.append(Blocco(righe=(_riga(parte),)))
            continue
        foglie = [p for p in parte.condizioni if isinstance(p, Condizione)]
        if len(foglie) < len(parte.condizioni):
            return Condizioni(complessa=regola)
        gruppi.append(Blocco(parte.modo, tuple(map(_riga, foglie))))
    return Condizioni(regola.modo, tuple(gruppi))


def _riga(condizione: Condizione) -> Riga:
    valore = condizione.valore
    detto = valori.in_cifre(valore).replace(".", "") if isinstance(valore, int | float) else valore
    return Riga(condizione.domanda, condizione.operatore, detto)


def leggi_condizioni(dati: Posta, complessa: Regola | None = None) -> Condizioni:
    """The rule typed in the form."""
    modi = dati.getlist("gruppo-modo")[:20]
    righe: list[list[Riga]] = [[] for _ in modi]
    terne = zip(
        dati.getlist("cond-gruppo"),
        dati.getlist("cond-domanda"),
        dati.getlist("cond-operatore"),
        dati.getlist("cond-valore"),
        strict=False,
    )
    for gruppo, domanda, operatore, valore in terne:
        if (
            gruppo.isdecimal()
            and len(gruppo) < 4
            and int(gruppo) < len(righe)
            and len(righe[int(gruppo)]) < 20
        ):
            righe[int(gruppo)].append(Riga(domanda, operatore, valore.strip()))
    gruppi = tuple(Blocco(modo, tuple(sue)) for modo, sue in zip(modi, righe, strict=True))
    modo = (dati.getlist("condizioni-modo") or [TUTTE])[0]
    tieni = complessa if "condizioni-tieni" in dati and not gruppi else None
    return Condizioni(modo, gruppi, tieni)


def aggiusta(condizioni: Condizioni, precedenti: Mapping[str, Domanda]) -> Condizioni:
    """Fill in what follows from the question chosen: an operator that it has, an option that exists."""
    return _ogni_riga(condizioni, lambda riga: _aggiustata(riga, precedenti))


def _aggiustata(riga: Riga, precedenti: Mapping[str, Domanda]) -> Riga:
    altra = precedenti.get(riga.domanda)
    if altra is None:
        return Riga()
    operatore = riga.operatore if riga.operatore in AMMESSI[altra.tipo] else AMMESSI[altra.tipo][0]
    valore = riga.valore
    if operatore == RISPOSTO or (altra.voci and valore not in altra.etichette):
        valore = ""
    return Riga(riga.domanda, operatore, valore)


def _ogni_riga(condizioni: Condizioni, cambia: Callable[[Riga], Riga]) -> Condizioni:
    return replace(
        condizioni,
        gruppi=tuple(replace(g, righe=tuple(map(cambia, g.righe))) for g in condizioni.gruppi),
    )


def premi(condizioni: Condizioni, verbo: str, gruppo: int, riga: int) -> Condizioni:
    """The rule after one press: nuova, gruppo, togli, togli_gruppo."""
    gruppi = list(condizioni.gruppi)
    if verbo == "gruppo" or (verbo == "nuova" and not gruppi):
        gruppi.append(Blocco(righe=(Riga(),)))
    elif verbo == "nuova" and gruppo < len(gruppi):
        gruppi[gruppo] = replace(gruppi[gruppo], righe=(*gruppi[gruppo].righe, Riga()))
    elif verbo == "togli" and gruppo < len(gruppi):
        rimaste = tuple(muovi(gruppi[gruppo].righe, "togli", riga))
        gruppi[gruppo : gruppo + 1] = [replace(gruppi[gruppo], righe=rimaste)] if rimaste else []
    complessa = None if verbo == "togli_complessa" else condizioni.complessa
    return replace(condizioni, gruppi=tuple(gruppi), complessa=complessa)


@dataclass
class Errori:
    """What is wrong with single conditions, by group and row."""

    per_riga: dict[tuple[int, int], str] = field(default_factory=dict)


def in_regola(condizioni: Condizioni, precedenti: Mapping[str, Domanda]) -> tuple[Regola | None, Errori]:
    """The rule, and what is wrong with it. A row in which no question is chosen counts for nothing."""
    if condizioni.complessa is not None:
        return condizioni.complessa, Errori()
    errori = Errori()
    parti: list[Regola] = []
    for g, gruppo in enumerate(condizioni.gruppi):
        singole: list[Regola] = []
        for r, riga in enumerate(gruppo.righe):
            if not riga.domanda:
                continue
            letta = _condizione(riga, precedenti)
            if isinstance(letta, str):
                errori.per_riga[g, r] = letta
            else:
                singole.append(letta)
        if singole:
            parti.append(singole[0] if len(singole) == 1 else Gruppo(gruppo.modo, tuple(singole)))
    if not parti:
        return None, errori
    return (parti[0] if len(parti) == 1 else Gruppo(condizioni.modo, tuple(parti))), errori


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
