"""The numbers of the results, and what may not be learned from them."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from questionari import statistica
from questionari.esiti.vecchi import Esiti
from questionari.prospetti import Esito
from questionari.statistica import RispostaEnte
from tests.questionari.strategie import DEFINIZIONE, calma, date, valori

D = DEFINIZIONE.per_codice
AMBITI = ["Piana", "Serchio", "Versilia", "Prefettura", "Regione"]


def _enti(*per_ambito: tuple[str, list[Any]], codice: str) -> list[RispostaEnte]:
    return [
        RispostaEnte(f"{ambito} {i}", ambito, {codice: valore})
        for ambito, suoi in per_ambito
        for i, valore in enumerate(suoi)
    ]


def _esiti(risposte: list[RispostaEnte], soglia: int = 3) -> Esiti:
    return Esiti(DEFINIZIONE, risposte, AMBITI, soglia, dict.fromkeys(AMBITI, 5))


class TestNumeri:
    """Counts and means by hand."""

    def test_scelte(self) -> None:
        d = D["D06"]
        dati = ["basso", "basso", "alto"]
        assert statistica.conta_scelte(d, dati)["basso"] == 2
        assert statistica.media_scelta(d, dati) == (2 + 2 + 4) / 3

    def test_altro_si_conta(self) -> None:
        conti = statistica.conta_scelte(D["D04"], [{"scelte": ["scuole"], "altro": "Radio"}])
        assert (conti["scuole"], conti[""], conti["stampa"]) == (1, 1, 0)

    def test_non_so_fuori_dalla_media(self) -> None:
        dati = [{"spaccio": 5}, {"spaccio": None}, {"minori": 1}, {"spaccio": 2}]
        assert statistica.media_riga("spaccio", dati) == 3.5
        assert statistica.distribuzione(D["D01"], "spaccio", dati)[None] == 1
        assert statistica.media_riga("rifiuti", dati) is None

    def test_graduatoria(self) -> None:
        prima, seconda, *_ = statistica.classifica(D["D31"], [["video", "scuole"], ["scuole"], ["video"]])
        assert (prima.codice, prima.punti, prima.primi, prima.media) == ("video", 10 / 3, 2, 1.0)
        assert (seconda.codice, seconda.scelte, seconda.primi) == ("scuole", 2, 1)


class TestRiservatezza:
    """From everything published, no small group can be told apart."""

    def test_riservata_non_da_niente(self) -> None:
        risposte = _enti(("Piana", [10, 20, 30, 40]), codice="D17")
        esito = _esiti(risposte).domanda(D["D17"])
        assert (esito.rispondenti, esito.tabelle, esito.grafico) == (0, (), None)

    def test_gli_ambiti_piccoli_escono_anche_dai_totali(self) -> None:
        risposte = _enti(
            ("Piana", ["alto"] * 4),
            ("Prefettura", ["molto-basso"]),
            ("Regione", ["molto-alto"]),
            codice="D06",
        )
        esito = _esiti(risposte).domanda(D["D06"])
        assert esito.rispondenti == 4
        assert "Prefettura e Regione: meno di 3 enti" in esito.avvisi[0]
        per_ambito = esito.tabelle[1]
        assert [riga.celle[3] for riga in per_ambito.righe] == [None] * len(per_ambito.righe)

    def test_piu_ambiti_piccoli_si_contano_insieme(self) -> None:
        risposte = _enti(
            ("Piana", ["alto"] * 4), ("Serchio", ["basso"] * 2), ("Versilia", ["basso"]), codice="D06"
        )
        esito = _esiti(risposte).domanda(D["D06"])
        assert esito.rispondenti == 7
        assert statistica.INSIEME + " (3)" in esito.tabelle[1].colonne

    def test_testi(self) -> None:
        pubblici = _esiti(_enti(("Piana", ["Un parco"]), codice="D16")).domanda(D["D16"])
        assert pubblici.testi == (("Piana 0", "Un parco"),)
        aggregati = _esiti(_enti(("Piana", ["Parole mie"] * 4), codice="D36")).domanda(D["D36"])
        assert "Parole mie" not in _tutto(aggregati)

    @calma
    @given(
        st.sampled_from([d for d in DEFINIZIONE.domande if d.riservatezza == "aggregata"]).flatmap(
            lambda d: st.tuples(
                st.just(d),
                st.lists(st.tuples(st.sampled_from(AMBITI), valori(d)), max_size=14),
                st.integers(2, 5),
            )
        )
    )
    def test_ogni_gruppo_pubblicato_e_grande_e_il_totale_e_la_loro_somma(self, caso: Any) -> None:
        domanda, coppie, soglia = caso
        risposte = [RispostaEnte(str(i), a, {domanda.codice: v}) for i, (a, v) in enumerate(coppie)]
        raccolta = statistica.raccogli(domanda, risposte, AMBITI, soglia=soglia)
        assert all(g.enti >= soglia for g in raccolta.pubblicati if g.enti)
        assert len(raccolta.totale) == sum(g.enti for g in raccolta.pubblicati)
        assert all(not g.valori for g in raccolta.gruppi if not g.pubblicato)

    @calma
    @given(st.data())
    def test_cio_che_si_vede_non_dipende_da_un_ente_escluso(self, data: st.DataObject) -> None:
        """The attack: change the answer of a body in a group kept back; everything published stays the same."""
        domanda = data.draw(
            st.sampled_from([d for d in DEFINIZIONE.domande if d.riservatezza == "aggregata"])
        )
        risposta = date(domanda)
        grandi = [RispostaEnte(f"g{i}", "Piana", {domanda.codice: data.draw(risposta)}) for i in range(4)]
        sola, altra = data.draw(risposta), data.draw(risposta)
        viste = [
            _tutto(
                _esiti([*grandi, RispostaEnte("sola", "Prefettura", {domanda.codice: v})]).domanda(domanda)
            )
            for v in (sola, altra)
        ]
        assert viste[0] == viste[1]


def _tutto(esito: Esito) -> str:
    """Everything that a page shows of a result."""
    return json.dumps(
        [
            esito.frase,
            esito.avvisi,
            [str(g) for g in esito.grafico or ()],
            [(t.titolo, t.colonne, [(r.titolo, r.celle) for r in t.righe]) for t in esito.tabelle],
            esito.testi,
        ]
    )
