"""Writing a questionnaire: what is written is read again as it was."""

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionari import lettura, scrittura, visibilita
from questionari.definizione import Definizione
from tests.questionari.definizioni import definizioni
from tests.questionari.strategie import DATI, DEFINIZIONE, TIPI_ENTE, calma, valori


def _riletta(definizione: Definizione, **opzioni: Any) -> Definizione:
    scritta = scrittura.scrivi(definizione, **opzioni)
    return lettura.leggi(json.loads(json.dumps(scritta)), tipi_ente=TIPI_ENTE)


def test_il_questionario_vero_va_e_torna() -> None:
    assert _riletta(DEFINIZIONE) == DEFINIZIONE
    assert _riletta(DEFINIZIONE, su=DATI) == DEFINIZIONE
    scritta = scrittura.scrivi(DEFINIZIONE, su=DATI)
    assert scritta["compilazione"] == DATI["compilazione"]
    assert scritta["legenda"] == DATI["legenda"]


@calma
@given(definizioni())
def test_va_e_torna_senza_perdite(definizione: Definizione) -> None:
    assert _riletta(definizione) == definizione
    assert scrittura.scrivi(_riletta(definizione)) == scrittura.scrivi(definizione)


@calma
@given(st.data())
def test_chi_dipende_da_una_domanda_nascosta_e_nascosto(data: st.DataObject) -> None:
    definizione = data.draw(definizioni())
    risposte = {d.codice: data.draw(valori(d)) for d in definizione.domande if d.chiede}
    for tipo in TIPI_ENTE[:2]:
        viste = {d.codice: d for d in visibilita.visibili(definizione, tipo, risposte)}
        assert all(d.per(tipo) and definizione.sezione_di[c].per(tipo) for c, d in viste.items())
        inviate = visibilita.da_inviare(definizione, tipo, risposte)
        assert {d.codice for d in visibilita.visibili(definizione, tipo, inviate)} == viste.keys()
        mancanti = {c.domanda.codice for c in visibilita.mancanti(definizione, tipo, risposte)}
        assert all(viste[c].chiede and viste[c].obbligatoria for c in mancanti)
    for domanda in definizione.domande:
        parole = visibilita.perche_visibile(definizione, domanda)
        assert bool(parole) == (domanda.visibile_se is not None)
        for altra in domanda.dipende_da:
            assert domanda in visibilita.dipendenti(definizione, altra)


NIENTE_DI_BUONO = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda dentro: st.lists(dentro, max_size=3) | st.dictionaries(st.text(max_size=5), dentro, max_size=3),
    max_leaves=5,
)


@calma
@given(st.data())
def test_un_json_guasto_e_rifiutato_con_parole(data: st.DataObject) -> None:
    """Any value put in any place: either it is read, or every error is a sentence with its place."""
    dati: Any = copy.deepcopy(DATI)
    nodo: Any = dati
    while True:
        chiavi = list(nodo) if isinstance(nodo, dict) else list(range(len(nodo)))
        chiave = data.draw(st.sampled_from(chiavi))
        if isinstance(nodo[chiave], dict | list) and nodo[chiave] and data.draw(st.booleans()):
            nodo = nodo[chiave]
            continue
        nodo[chiave] = data.draw(NIENTE_DI_BUONO)
        break
    for in_costruzione in (False, True):
        try:
            lettura.leggi(dati, tipi_ente=TIPI_ENTE, in_costruzione=in_costruzione)
        except lettura.DefinizioneNonValida as errore:
            assert errore.errori
            assert all(": " in riga for riga in errore.errori)
