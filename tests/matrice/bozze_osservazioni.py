"""The thread under a remark, and reading along the text: every route and person."""

from typing import Any

from tests.bozze.emendamenti.fabbriche import id_di
from tests.matrice.base import LETTORI, Riga, come_post, slug
from tests.matrice.bozze_emendamenti import _oss, _presentato
from tests.scena import Scena


def _proposte(scena: Scena) -> dict[str, Any]:
    return {**slug(scena), "numero": 1, "codice": id_di("ogni due anni")}


RIGHE = {
    "bozze:proposte": [
        Riga(LETTORI, argomenti=_proposte, prepara=_presentato, query="mostra=emendamenti", htmx=True),
        Riga(come_post(LETTORI), argomenti=_proposte, prepara=_presentato),
    ],
    "bozze:osservazione_replica": Riga(
        come_post(LETTORI),
        argomenti=_oss,
        metodo="post",
        dati={"replica": "Siamo d'accordo."},
        prepara=_presentato,
    ),
}
