"""Words quoted from a disposition: where they stand, and where they are found again when it has been rewritten.

A quotation is anchored to its words and to where they stood, never to a line or a number. It is found again only where
the very same words are; otherwise what became of them is shown. Nothing is re-pointed in silence.
"""

from dataclasses import dataclass
from enum import StrEnum

from accordo.base.differenze import Segmento, Segno, confronta_parole, tratti
from bozze.testo.albero import Testo
from bozze.testo.parole import confine, occorrenze, parole, pulisci

POCHE = 3
"""Fewer words than these are found all over a text: they are not looked for outside their own disposition."""


class Sorte(StrEnum):
    INTATTA = "intatta"
    """The disposition has not changed."""
    RITROVATA = "ritrovata"
    """It has changed elsewhere: the quoted words are as they were."""
    RISCRITTA = "riscritta"
    """The quoted words have changed."""
    TOLTA = "tolta"
    """The quoted words, or the whole disposition, are not there any more."""


@dataclass(frozen=True, slots=True)
class Brano:
    """A stretch of a text."""

    inizio: int
    fine: int

    def di(self, testo: str) -> str:
        return testo[self.inizio : self.fine]


@dataclass(frozen=True, slots=True)
class Ritrovamento:
    """What became of a quotation, and where it stands now."""

    sorte: Sorte
    brano: Brano | None
    segmenti: tuple[Segmento, ...] = ()
    """What changed in the whole disposition."""


def individua(testo: str, citazione: str, posto: int = 0) -> Brano | None:
    """Where the quoted words stand: the occurrence of this number (the last, if there are fewer), in whole words.

    The beginning or the end of a word is the whole word. ``None`` if they are not in the text, or there are none.
    """
    cercate = pulisci(citazione)
    if not parole(cercate):
        return None
    inizi = occorrenze(testo, cercate) or [i for i in (testo.find(cercate),) if i >= 0]
    if not inizi:
        return None
    inizio = inizi[min(max(posto, 0), len(inizi) - 1)]
    return _parole_intere(testo, inizio, inizio + len(cercate))


def _parole_intere(testo: str, inizio: int, fine: int) -> Brano:
    while not confine(testo, inizio):
        inizio -= 1
    while not confine(testo, fine):
        fine += 1
    return Brano(inizio, fine)


def ritrova(com_era: str, com_e: str | None, brano: Brano | None) -> Ritrovamento:
    """What became of the quotation at ``brano`` (``None``: of the whole) now that the text is ``com_e`` (``None``: gone)."""
    if com_e is None:
        return Ritrovamento(Sorte.TOLTA, None, _tolte(com_era))
    intero = brano or Brano(0, len(com_era))
    if com_era == com_e:
        return Ritrovamento(Sorte.INTATTA, intero)
    segmenti = confronta_parole(com_era, com_e)
    if brano is None:
        ora = Brano(0, len(com_e)) if com_e.strip() else None
        return Ritrovamento(Sorte.RISCRITTA if ora else Sorte.TOLTA, ora, segmenti)
    portato, intatte = _portato(com_era, com_e, brano)
    if intatte:
        return Ritrovamento(Sorte.RITROVATA, portato, segmenti)
    citate = brano.di(com_era)
    ora_qui = occorrenze(com_e, citate)
    if (
        len(ora_qui) == 1 and len(occorrenze(com_era, citate)) == 1
    ):  # the same words, moved inside the disposition
        return Ritrovamento(Sorte.RITROVATA, Brano(ora_qui[0], ora_qui[0] + len(citate)), segmenti)
    if not parole(portato.di(com_e)):
        return Ritrovamento(Sorte.TOLTA, None, segmenti)
    return Ritrovamento(Sorte.RISCRITTA, portato, segmenti)


def _portato(com_era: str, com_e: str, brano: Brano) -> tuple[Brano, bool]:
    """Where a stretch of the old text stands in the new one, and whether none of it was changed."""
    era = ora = 0
    inizio, fine, toccati, intatte = -1, 0, 0, True
    for tratto in tratti(com_era, com_e):
        era_fine, ora_fine = era + len(tratto.tolto), ora + len(tratto.aggiunto)
        if era < brano.fine and (era_fine > brano.inizio):
            toccati += 1
            intatte = intatte and tratto.uguale
            if inizio < 0:
                inizio = ora + brano.inizio - era if tratto.uguale else ora
            fine = ora_fine - max(0, era_fine - brano.fine) if tratto.uguale else ora_fine
        era, ora = era_fine, ora_fine
    portato = Brano(max(inizio, 0), max(fine, inizio, 0))
    return portato, intatte and toccati == 1 and portato.di(com_e) == brano.di(com_era)


def _tolte(testo: str) -> tuple[Segmento, ...]:
    return (Segmento(Segno.TOLTO, testo),) if testo else ()


def altrove(testo: Testo, citazione: str, senza: str = "") -> str:
    """The id of the one disposition that says these words, if exactly one does and they are enough to tell."""
    cercate = pulisci(citazione)
    if len(parole(cercate)) < POCHE:
        return ""
    trovate = [n.id for n in testo.disposizioni() if n.id != senza and occorrenze(n.testo, cercate)]
    return trovate[0] if len(trovate) == 1 else ""


def frasi(testo: str) -> list[str]:
    """The parts of a disposition that a person may want to quote, cut at the end of each sentence or clause."""
    pezzi: list[str] = []
    letto = 0
    for punto, carattere in enumerate(testo):
        if carattere in ".;:" and (punto + 1 == len(testo) or testo[punto + 1].isspace()):
            pezzi.append(testo[letto : punto + 1].strip())
            letto = punto + 1
    coda = testo[letto:].strip()
    return [*pezzi, coda] if coda else pezzi
