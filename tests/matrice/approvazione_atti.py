"""Who gets what: the Akoma Ntoso, the dossier, answers, letters, steps, joining and withdrawing, lists, deposit."""

from tests.approvazione.fabbriche import avvia
from tests.matrice.approvazione import _sottoscritto
from tests.matrice.base import LETTORI, PUBBLICA, Riga, slug

RIGHE = {
    "approvazione:testo_akn": [
        Riga({**LETTORI, "anonimo": 404}, argomenti=slug, prepara=avvia),
        Riga(PUBBLICA, argomenti=slug, prepara=_sottoscritto),
    ],
}
