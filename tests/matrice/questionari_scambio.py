"""Who may bring a questionnaire in, and take it out."""

from __future__ import annotations

from typing import Any

from tests.matrice.base import SOLO_COORDINATORE, Riga, come_post, con, slug
from tests.matrice.questionari import _aperto


def _bozza(scena: Any) -> None:
    from questionari import servizi
    from tests.questionari.strategie import DATI

    servizi.carica_questionario(scena.accordo, DATI)


def _formato(formato: str) -> Any:
    return lambda s: {"slug": s.accordo.slug, "formato": formato}


RIGHE = {
    "questionari:importa": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_aperto),
        # no file: told so
        Riga(con(come_post(SOLO_COORDINATORE), coordinatore=422), argomenti=slug, metodo="post"),
    ],
    "questionari:esporta": [
        Riga(SOLO_COORDINATORE, argomenti=_formato("json"), prepara=_bozza),
        Riga(SOLO_COORDINATORE, argomenti=_formato("xlsform"), prepara=_aperto),
    ],
}
