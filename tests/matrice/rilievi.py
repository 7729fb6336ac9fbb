"""The matrix of the findings' routes."""

from tests.matrice.base import LETTORI, SOLO_COORDINATORE, Riga, come_post, con, slug
from tests.rilievi.fabbriche import RilievoFactory


def proposto(scena) -> None:
    scena.rilievo = RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=1)


def confermato(scena) -> None:
    scena.rilievo = RilievoFactory(accordo=scena.accordo, numero=1, stato="confermato")


def altrove(scena) -> None:
    scena.rilievo = RilievoFactory(accordo=scena.accordo, numero=1)


def _uno(scena):
    return {"slug": scena.accordo.slug, "numero": 1}


def _dati(scena):
    return {
        "tipo": "forza",
        "testo": "Una frase.",
        "ambito": scena.ambito.pk,
        "obiettivi": [scena.accordo.obiettivi.get(codice="1").pk],
    }


RIGHE = {
    "rilievi:quadro": [
        Riga(LETTORI, argomenti=slug, prepara=confermato),
        Riga(LETTORI, argomenti=slug, prepara=confermato, query="vista=elenco"),
    ],
    "rilievi:nuovo": [
        Riga(SOLO_COORDINATORE, argomenti=slug),
        Riga(come_post(SOLO_COORDINATORE), argomenti=slug, prepara=proposto, metodo="post", dati=_dati),
    ],
    "rilievi:rilievo": [
        Riga(con(LETTORI), argomenti=_uno, prepara=confermato),
        Riga(con(LETTORI), argomenti=_uno, prepara=proposto),
        Riga(SOLO_COORDINATORE, argomenti=_uno, prepara=altrove),
    ],
    "rilievi:modifica": [
        Riga(SOLO_COORDINATORE, argomenti=_uno, prepara=proposto),
        Riga(come_post(SOLO_COORDINATORE), argomenti=_uno, prepara=proposto, metodo="post", dati=_dati),
    ],
    "rilievi:passo": [
        Riga(SOLO_COORDINATORE, argomenti=lambda s: _uno(s) | {"verbo": "conferma"}, prepara=proposto),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=lambda s: _uno(s) | {"verbo": "scarta"},
            prepara=proposto,
            metodo="post",
            dati={"motivazione": "Doppione."},
        ),
    ],
}
