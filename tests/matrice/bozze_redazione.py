"""Who gets what, for writing the draft in place: who coordinates, nobody else."""

from bozze.models import Traccia
from bozze.servizi import testo as servizi
from tests.matrice.base import SOLO_COORDINATORE, Riga, come_post, slug
from tests.matrice.bozze import _nodo, _scritta

CODICE = "0b4b0d0e-0000-4000-8000-000000000001"
NUOVA = {"tipo": "articolo", "posizione": "dopo", "testo": "Nuovo"}


def _cambiata(scena):
    _scritta(scena)
    servizi.modifica_disposizione(
        scena.accordo, scena.nodo.codice, testo="", rubrica="Altra", revisione_attesa=0,
        da=scena.agente(scena.coordinatore),
    )  # fmt: skip


def _ripristino(scena):
    prima = Traccia.objects.filter(disposizione=scena.nodo.codice).earliest("pk")
    return {"traccia": prima.pk, "revisione": 1}


def _post(argomenti, dati, prepara=_scritta):
    return Riga(come_post(SOLO_COORDINATORE), argomenti=argomenti, prepara=prepara, metodo="post", dati=dati)


def _in_luogo(argomenti, dati, prepara=_scritta):
    """What only the page that writes in place asks: it answers with pieces of page."""
    return Riga(SOLO_COORDINATORE, argomenti=argomenti, prepara=prepara, metodo="post", dati=dati)


RIGHE = {
    "bozze:salva": _in_luogo(_nodo, {"testo": "Altra", "revisione": 0}),
    "bozze:nuova": _in_luogo(_nodo, {**NUOVA, "codice": CODICE}),
    "bozze:incolla": _in_luogo(_nodo, {**NUOVA, "testo": "Uno\nDue"}),
    "bozze:obiettivi_citati": _post(_nodo, {"togli": "1"}),
    "bozze:unisci": _post(_nodo, {"revisione": 0}),
    "bozze:ripensa": _post(slug, {"cosa": "annulla"}, _cambiata),
    "bozze:cambi_bozza": _in_luogo(slug, {"visto": "0"}),
    "bozze:presenze_bozza": _in_luogo(slug, {}),
    "bozze:ripristina": _post(_nodo, _ripristino, _cambiata),
    "bozze:scheda": Riga(SOLO_COORDINATORE, argomenti=_nodo, prepara=_cambiata),
    "bozze:storia_bozza": [
        Riga(SOLO_COORDINATORE, argomenti=slug, prepara=_cambiata),
        Riga(
            SOLO_COORDINATORE, argomenti=slug, prepara=_scritta, query="chi=1&disposizione=non-esiste&page=9"
        ),
    ],
}
