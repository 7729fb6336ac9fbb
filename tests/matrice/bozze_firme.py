"""Co-signatures and sub-amendments: every route and person."""

from typing import Any

from tests.bozze.emendamenti.fabbriche import cambia, emendamento, sopprimi, subemendamento, versione
from tests.matrice.base import LETTORI, SOLO_ENTE, Riga, come_post, slug


def _presentato(scena: Any) -> None:
    versione(scena)
    scena.emendamento = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    scena.sub = subemendamento(scena, scena.emendamento)


def _bozza(scena: Any) -> None:
    versione(scena)
    fatte = [*cambia("ogni due anni", "ogni anno"), *sopprimi("La partecipazione")]
    scena.emendamento = emendamento(scena, fatte, presenta=False)


def _em(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.emendamento.pk}


def _sub(scena: Any) -> dict[str, Any]:
    return {**slug(scena), "pk": scena.sub.pk}


RIGHE = {
    "bozze:emendamento_scegli": Riga(SOLO_ENTE, argomenti=_em, prepara=_bozza),
    "bozze:emendamento_togli": Riga(
        come_post(SOLO_ENTE),
        argomenti=lambda scena: {**_em(scena), "numero": 2},
        metodo="post",
        dati={"revisione": "0"},
        prepara=_bozza,
    ),
    "bozze:subemendamento": Riga(LETTORI, argomenti=_sub, prepara=_presentato),
}
