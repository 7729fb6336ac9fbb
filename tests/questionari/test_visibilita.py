"""Who is asked what, and what is missing."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionari import visibilita
from questionari.definizione import Condizione
from tests.questionari.strategie import DEFINIZIONE, RISPOSTE, TIPI_ENTE, calma


def _codici(tipo: str, risposte: dict[str, Any]) -> set[str]:
    return {d.codice for d in visibilita.visibili(DEFINIZIONE, tipo, risposte)}


def test_sezioni_per_tipo_di_ente() -> None:
    assert "D18" in _codici("comune", {})
    assert "D18" not in _codici("prefettura", {})


def test_le_condizioni() -> None:
    assert "D11" not in _codici("comune", {})
    assert "D11" in _codici("comune", {"D10": "si"})
    assert "D19" not in _codici("comune", {})
    assert "D19" in _codici("comune", {"D18": "singola"})
    assert "D19" not in _codici("comune", {"D18": "assente"})
    assert "D25" in _codici("comune", {"D24": {"scelte": ["legalita"], "altro": ""}})
    assert "D25" not in _codici("comune", {"D24": {"scelte": ["nessuno"], "altro": ""}})
    assert visibilita.vale(Condizione("X", "contiene", "a"), ["a", "b"])
    assert [d.codice for d in visibilita.dipendenti(DEFINIZIONE, "D20")] == ["D21", "D22"]
    assert (
        visibilita.perche_visibile(DEFINIZIONE, DEFINIZIONE.per_codice["D21"]) == "hai risposto «Sì» alla 4.4"
    )


@calma
@given(st.sampled_from(TIPI_ENTE), RISPOSTE)
def test_cio_che_si_invia(tipo: str, risposte: dict[str, Any]) -> None:
    viste = _codici(tipo, risposte)
    inviate = visibilita.da_inviare(DEFINIZIONE, tipo, risposte)
    assert inviate.keys() <= viste
    assert all(risposte[c] is None for c in viste - inviate.keys())
    # leaving hidden answers out changes nothing of what is asked
    assert _codici(tipo, inviate) == viste
    mancanti = {c.domanda.codice for c in visibilita.mancanti(DEFINIZIONE, tipo, risposte)}
    assert mancanti <= viste
    assert all(DEFINIZIONE.per_codice[c].obbligatoria for c in mancanti)
    progressi = visibilita.progressi(DEFINIZIONE, tipo, risposte)
    assert sum(p.mancanti for p in progressi) == len(mancanti)
    assert sum(p.risposte for p in progressi) == len(inviate)
    assert sum(p.domande for p in progressi) == len(viste)


def test_matrice_a_meta() -> None:
    carenze = visibilita.mancanti(DEFINIZIONE, "prefettura", {"D09": {"vicinato": 1}})
    [carenza] = [c for c in carenze if c.domanda.codice == "D09"]
    assert carenza.motivo.startswith("manca: Dialogo tra generazioni,")
