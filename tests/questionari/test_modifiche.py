"""Changing a questionnaire: what depends on something keeps it in place, and every code is kept for life."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordo.base.errori import ErroreDominio
from questionari import lettura, modifiche, scrittura
from questionari.definizione import Condizione, Definizione, Domanda, Gruppo, Sezione
from tests.questionari.definizioni import definizioni
from tests.questionari.strategie import DEFINIZIONE, TIPI_ENTE, calma


def _rifiuta(modifica: modifiche.Modifica, definizione: Definizione = DEFINIZIONE) -> str:
    with pytest.raises(ErroreDominio) as errore:
        modifica(definizione)
    return " ".join(m.testo for m in errore.value.mancanze)


def test_chi_ha_chi_dipende_non_si_elimina() -> None:
    assert "la 2.6" in _rifiuta(modifiche.togli_domanda("D10"))
    senza = modifiche.togli_domanda("D10")(modifiche.togli_domanda("D11")(DEFINIZIONE))
    assert "D10" not in senza.per_codice
    assert [d.codice for d in modifiche.dipendenti_da(DEFINIZIONE, ["D10"])] == ["D11"]


def test_una_domanda_non_scavalca_quella_da_cui_dipende() -> None:
    parole = _rifiuta(modifiche.sposta_domanda("D11", -1))
    assert "che verrebbe dopo" in parole
    assert "da quella" not in parole


def test_un_opzione_usata_non_si_toglie() -> None:
    from dataclasses import replace

    senza_si = replace(
        DEFINIZIONE.per_codice["D10"],
        voci=tuple(v for v in DEFINIZIONE.per_codice["D10"].voci if v.codice != "si"),
    )
    assert "un'opzione" in _rifiuta(modifiche.metti_domanda(senza_si, "S2"))


def test_due_domande_non_dipendono_l_una_dall_altra() -> None:
    from dataclasses import replace

    giro = replace(DEFINIZIONE.per_codice["D10"], visibile_se=Condizione("D11", "risposto"))
    assert "l'una dall'altra" in _rifiuta(modifiche.metti_domanda(giro, "S2"))
    sola = replace(DEFINIZIONE.per_codice["D10"], visibile_se=Condizione("D10", "risposto"))
    assert "da sé stessa" in _rifiuta(modifiche.metti_domanda(sola, "S2"))


def test_spostare_tra_le_sezioni() -> None:
    prima = DEFINIZIONE.sezioni[0].domande
    dopo = modifiche.sposta_domanda(prima[-1].codice, 1)(DEFINIZIONE)
    assert dopo.sezioni[1].domande[0] is prima[-1]
    assert modifiche.sposta_domanda(prima[-1].codice, -1)(dopo) == DEFINIZIONE
    assert modifiche.sposta_domanda(prima[0].codice, -1)(DEFINIZIONE) == DEFINIZIONE
    portata = modifiche.porta_domanda("D02", "S3")(DEFINIZIONE)
    assert portata.sezioni[2].domande[-1].codice == "D02"


def test_duplicare() -> None:
    copia = modifiche.duplica_domanda("D11", "D90")(DEFINIZIONE)
    codici = list(copia.per_codice)
    assert codici.index("D90") == codici.index("D11") + 1
    assert copia.per_codice["D90"].visibile_se == copia.per_codice["D11"].visibile_se
    assert modifiche.duplica_domanda("D11", "D90")(copia) is copia


def test_i_codici_non_tornano() -> None:
    assert modifiche.codice_domanda(DEFINIZIONE) == "D37"
    assert modifiche.codice_domanda(DEFINIZIONE, ["D50"]) == "D51"
    assert modifiche.codice_sezione(DEFINIZIONE) == "S7"


@calma
@given(definizioni(), st.data())
def test_dopo_ogni_modifica_il_questionario_sta_in_piedi(
    definizione: Definizione, data: st.DataObject
) -> None:
    """Whatever is pressed, the result is read again as it is, or the refusal has words; no question is lost."""
    for _ in range(5):
        codici = list(definizione.per_codice) or [""]
        codice = data.draw(st.sampled_from(codici))
        sezione = data.draw(st.sampled_from([s.codice for s in definizione.sezioni] or [""]))
        quale: Any = data.draw(
            st.sampled_from(
                [
                    modifiche.sposta_domanda(codice, data.draw(st.sampled_from((-1, 1)))),
                    modifiche.sposta_sezione(sezione, data.draw(st.sampled_from((-1, 1)))),
                    modifiche.porta_domanda(codice, sezione),
                    modifiche.duplica_domanda(codice, modifiche.codice_domanda(definizione)),
                    modifiche.metti_sezione(Sezione(modifiche.codice_sezione(definizione), "Nuova", ())),
                    modifiche.togli_domanda(codice),
                ]
            )
        )
        prima = set(definizione.per_codice)
        try:
            nuova = quale(definizione)
        except ErroreDominio as errore:
            assert errore.testo
            continue
        scritta = scrittura.scrivi(nuova)
        assert lettura.leggi(scritta, tipi_ente=TIPI_ENTE, in_costruzione=True) == nuova
        assert len(prima - set(nuova.per_codice)) <= 1
        definizione = nuova


def test_le_regole_vanno_e_tornano_dal_modulo() -> None:
    from questionari.moduli import condizioni

    precedenti = {
        "A": Domanda("A", "numero", "Quanti?"),
        "B": Domanda("B", "data", "Quando?"),
        "D10": DEFINIZIONE.per_codice["D10"],
    }
    foglie = [
        Condizione("A", "maggiore", 1.5),
        Condizione("B", "minore", "2026-01-01"),
        Condizione("D10", "uguale", "si"),
        Condizione("A", "risposto"),
    ]
    for regola in (
        None,
        foglie[0],
        Gruppo("almeno_una", tuple(foglie)),
        Gruppo("tutte", (foglie[0], Gruppo("almeno_una", (foglie[1], foglie[2])))),
        Gruppo(
            "tutte", (Gruppo("almeno_una", (Gruppo("tutte", (foglie[0], foglie[1])), foglie[2])), foglie[3])
        ),
    ):
        letta, errori = condizioni.in_regola(condizioni.da_regola(regola), precedenti)
        assert letta == regola
        assert not errori
