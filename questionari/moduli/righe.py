"""The rows of a question's form: options, steps of a scale. Pure: from and to a posted form."""

from collections.abc import Sequence
from typing import Protocol

from questionari.definizione import Grado, Voce
from questionari.modifiche import codice_voce

MAX_RIGHE = 200


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
