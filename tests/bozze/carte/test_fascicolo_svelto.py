"""The redlines of the bundle: found without making the text anew, and the same."""

import pytest

from bozze.interrogazioni.redline import brani, brani_svelti
from bozze.redazione import Azione, Proposta, operazioni
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Posizione, Sposta
from tests.bozze.emendamenti.fabbriche import aggiungi, albero_base, cambia, id_di, sopprimi

pytestmark = pytest.mark.una_volta


def _rubrica():
    return operazioni(albero_base(), id_di("Oggetto"), Proposta(Azione.MODIFICA, rubrica="Scopo"))


@pytest.mark.parametrize(
    "fatte",
    [
        cambia("ogni due anni", "ogni anno"),
        sopprimi("La cabina si riunisce"),
        sopprimi("Oggetto"),
        _rubrica(),
        aggiungi("La cabina si riunisce", "Un comma nuovo."),
        [Sposta(id_di("La partecipazione"), Posizione.DOPO, id_di("Le Parti coordinano"))],
        [*cambia("due volte", "tre volte"), *cambia("ogni due anni", "ogni anno")],
    ],
    ids=["parole", "soppressa", "articolo", "rubrica", "aggiunta", "spostata", "due articoli"],
)
def test_svelti_e_uguali(fatte):
    testo = albero_base()

    def cambiate(trovati):
        return [(b.titolo, [(r.id, r.pezzi) for r in b.righe if r.pezzi]) for b in trovati]

    assert cambiate(brani_svelti(testo, nomi(testo), fatte)) == cambiate(brani(testo, fatte))
