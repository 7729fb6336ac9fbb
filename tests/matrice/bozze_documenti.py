"""Annexes that are files: every route and person."""

from typing import Any

from bozze.servizi import testo as servizi
from tests.bozze.testo.test_documenti import SORGENTE, _allega, _nodo
from tests.matrice.base import LETTORI, SOLO_COORDINATORE, Riga, come_post
from tests.scena import Scena


def _bozza(scena: Any) -> None:
    scena.porta_a("bozza")
    servizi.carica_testo(scena.accordo, SORGENTE, da=scena.agente(scena.coordinatore))
    scena.nodo = _allega(scena)


def _pubblicata(scena: Any) -> None:
    _bozza(scena)
    servizi.pubblica_versione(scena.accordo, motivazione="Prova.", da=scena.agente(scena.coordinatore))


def _codice(scena: Scena) -> dict[str, Any]:
    return {"slug": scena.accordo.slug, "codice": str(_nodo(scena).codice)}


def _versione(scena: Scena) -> dict[str, Any]:
    return {**_codice(scena), "numero": 1}


RIGHE = {
    "bozze:documento": Riga({**LETTORI, "anonimo": 404}, argomenti=_versione, prepara=_pubblicata),
    "bozze:documento_bozza_file": Riga(SOLO_COORDINATORE, argomenti=_codice, prepara=_bozza),
    "bozze:provenienza_pdf": Riga(
        LETTORI, argomenti=lambda s: {"slug": s.accordo.slug, "numero": 1}, prepara=_pubblicata
    ),
    "bozze:documento_bozza": [
        Riga(SOLO_COORDINATORE, argomenti=_codice, prepara=_bozza),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_codice,
            prepara=_bozza,
            metodo="post",
            dati={"revisione": 1, "togli": "si"},
        ),
    ],
}
