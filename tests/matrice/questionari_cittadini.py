"""Who may open what of the results that citizens read: everybody, once they were opened, and only then."""

from __future__ import annotations

from typing import Any

from tests.matrice.base import PERSONE, PUBBLICA, SOLO_COORDINATORE, Riga, come_post, slug
from tests.matrice.questionari_esiti import _argomenti, _pubblicati

NESSUNO = dict.fromkeys(PERSONE, 404)


def aperti(scena: Any) -> None:
    from questionari import servizi

    _pubblicati(scena)
    type(scena.accordo).objects.filter(pk=scena.accordo.pk).update(pubblico=True)
    scena.accordo.pubblico = True
    servizi.apri_ai_cittadini(scena.accordo, da=scena.agente(scena.coordinatore))


def _pronti(scena: Any) -> None:
    _pubblicati(scena)
    type(scena.accordo).objects.filter(pk=scena.accordo.pk).update(pubblico=True)


RIGHE = {
    "questionari:risultati": [
        Riga(PUBBLICA, argomenti=slug, prepara=aperti),
        Riga(NESSUNO, argomenti=slug, prepara=_pronti),
    ],
    "questionari:risultati_sezione": [
        Riga(PUBBLICA, argomenti=_argomenti(codice="S1"), prepara=aperti),
        Riga(NESSUNO, argomenti=_argomenti(codice="S1"), prepara=_pronti),
    ],
    "questionari:risultati_relazione": [
        Riga(PUBBLICA, argomenti=slug, prepara=aperti),
        Riga(NESSUNO, argomenti=slug, prepara=_pronti),
    ],
    "questionari:risultati_dati": [
        Riga(PUBBLICA, argomenti=_argomenti(formato="csv"), prepara=aperti),
        Riga(PUBBLICA, argomenti=_argomenti(formato="risposte.csv"), prepara=aperti),
        Riga(PUBBLICA, argomenti=_argomenti(formato="xlsx"), prepara=aperti),
        Riga(NESSUNO, argomenti=_argomenti(formato="csv"), prepara=_pronti),
    ],
    "questionari:apri_ai_cittadini": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_pronti),
        Riga(come_post(SOLO_COORDINATORE), argomenti=slug, metodo="post", prepara=_pronti),
    ],
}
