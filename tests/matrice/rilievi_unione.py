"""The matrix of merging findings, of their evidence and of the documents made of them."""

from tests.matrice.base import LETTORI, SOLO_COORDINATORE, Riga, come_post, slug
from tests.matrice.rilievi import confermato, proposto
from tests.rilievi.fabbriche import RilievoFactory


def due(scena) -> None:
    for numero in (1, 2):
        RilievoFactory(accordo=scena.accordo, ambito=scena.ambito, numero=numero)


def con_fonte(scena) -> None:
    proposto(scena)
    scena.fonte = scena.rilievo.fonti.create(genere="altro", testo="Una relazione")


def _uno(scena):
    return {"slug": scena.accordo.slug, "numero": 1}


RIGHE = {
    "rilievi:quadro_pdf": Riga(LETTORI, argomenti=slug, prepara=confermato),
    "rilievi:quadro_xlsx": Riga(LETTORI, argomenti=slug, prepara=confermato),
    "rilievi:doppioni": Riga(SOLO_COORDINATORE, argomenti=slug, prepara=due),
    "rilievi:unisci": [
        Riga(SOLO_COORDINATORE, argomenti=_uno, prepara=due),
        Riga(come_post(SOLO_COORDINATORE), argomenti=_uno, prepara=due, metodo="post", dati={"altro": "2"}),
    ],
    "rilievi:fonte": [
        Riga(SOLO_COORDINATORE, argomenti=_uno, prepara=proposto),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=_uno,
            prepara=proposto,
            metodo="post",
            dati={"fonte": "Una relazione"},
        ),
    ],
    "rilievi:ritira_fonte": [
        Riga(SOLO_COORDINATORE, argomenti=lambda s: _uno(s) | {"pk": s.fonte.pk}, prepara=con_fonte),
        Riga(
            come_post(SOLO_COORDINATORE),
            argomenti=lambda s: _uno(s) | {"pk": s.fonte.pk},
            prepara=con_fonte,
            metodo="post",
            dati={"motivazione": "Era di un altro ente."},
        ),
    ],
}
