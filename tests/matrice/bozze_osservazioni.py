"""The thread under a remark, and reading along the text: every route and person."""

from tests.matrice.base import LETTORI, Riga, come_post
from tests.matrice.bozze_emendamenti import _oss, _presentato

RIGHE = {
    "bozze:osservazione_replica": Riga(
        come_post(LETTORI),
        argomenti=_oss,
        metodo="post",
        dati={"replica": "Siamo d'accordo."},
        prepara=_presentato,
    ),
}
