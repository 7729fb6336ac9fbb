"""The parts of an accord as doors: each phase with its state and the page where its work is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from accordo.cruscotto.tempi import TempiFase
from accordo.iter.models import Accordo


@dataclass(frozen=True, slots=True)
class Porta:
    """One phase, and its page if the reader may open it."""

    tempi: TempiFase
    url: str


def indirizzo(rotta: str, slug: str) -> str:
    """Return the address of a phase's page; empty if the phase has none."""
    if not rotta:
        return ""
    try:
        return reverse(rotta, args=[slug])
    except NoReverseMatch:
        return ""


def porte(accordo: Accordo, tempi: Iterable[TempiFase], *, lavora: bool) -> list[Porta]:
    """Return all phases; those reached have a door for who works on the accord."""
    return [
        Porta(
            voce,
            indirizzo(voce.fase.pagina, accordo.slug)
            if lavora and voce.numero <= accordo.numero_fase
            else "",
        )
        for voce in tempi
    ]
