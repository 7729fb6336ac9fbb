"""Numbers and names of the dispositions, derived from the tree."""

from collections.abc import Mapping
from dataclasses import dataclass

from bozze.testo.albero import Testo


@dataclass(frozen=True, slots=True)
class Nome:
    numero: str
    """As printed before the text: "Art. 5", "2.", "b)", "Titolo II", "Allegato A"; empty if it has none."""
    breve: str
    """On its own: "comma 2", "lettera b)", "articolo 5"."""
    esteso: str
    """From the article down: "articolo 5, comma 2, lettera b)"."""
    ancora: str
    """For links inside the page: "art5-c2-lb"."""


def nomi(testo: Testo, fissi: Mapping[str, str] | None = None) -> dict[str, Nome]:
    """The names of all dispositions by id. ``fissi``: numbers already given, which the others must not disturb (bis, ter)."""
    raise NotImplementedError


def romano(numero: int) -> str:
    raise NotImplementedError
