"""Co-signatures and sub-amendments: every route and person."""

from typing import Any

from tests.bozze.emendamenti.fabbriche import cambia, emendamento, subemendamento, versione
from tests.matrice.base import LETTORI, Riga, slug


def _presentato(scena: Any) -> None:
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.sub = subemendamento(scena, scena.emendamento)


def _sub(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.sub.pk}


RIGHE = {
    "bozze:subemendamento": Riga(LETTORI, argomenti=_sub, prepara=_presentato),
}
