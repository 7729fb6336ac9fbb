"""The answers laid flat: what a sending becomes, and that laying it out again gives the same."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionari import servizi
from questionari.esiti import quesiti
from questionari.esiti.quadro import quadro_di
from questionari.models import CellaRisposta, Questionario, Scheda, TestoRisposta
from questionari.servizi import schede
from tests.questionari.fabbriche import altri_enti, apri, ente_che_invia, inviata
from tests.questionari.strategie import DATI, DEFINIZIONE, RISPOSTE, calma
from tests.scena import Scena


@calma
@given(RISPOSTE)
def test_ogni_risposta_chiusa_ha_le_sue_celle(risposte: dict[str, Any]) -> None:
    celle = list(quesiti.celle(DEFINIZIONE, risposte))
    assert len({(d, v) for d, v, _ in celle}) == len(celle)
    for codice, valore in risposte.items():
        domanda = DEFINIZIONE.per_codice[codice]
        sue = [c for c in celle if c[0] == codice]
        if valore is None or domanda.tipo not in quesiti.CHIUSE:
            assert not sue
        else:
            assert len(sue) == (len(valore) if domanda.tipo == "matrice" else 1)
            assert all(quesiti.facce(domanda.tipo, v) for _, _, v in sue)


def test_chi_dipende_eredita_la_riservatezza() -> None:
    livelli = quesiti.effettive(DEFINIZIONE)
    assert livelli["D25"] == "aggregata"  # asked only of who has projects: with the name it would tell D24
    assert (livelli["D16"], livelli["D17"], livelli["D06"]) == ("pubblica", "riservata", "aggregata")


@given(st.sampled_from(["comune", "unione_comuni"]))
def test_la_firma_distingue_chi_e_interrogato_su_altro(tipo: str) -> None:
    assert quesiti.firma(DEFINIZIONE, tipo, {}) != quesiti.firma(DEFINIZIONE, "prefettura", {})
    assert quesiti.firma(DEFINIZIONE, tipo, {"D06": "alto"}) == quesiti.firma(DEFINIZIONE, "comune", {})


@pytest.mark.django_db
class TestSchede:
    """From the sending to the rows."""

    def test_chi_invia_ha_la_sua_scheda(self, scena: Scena) -> None:
        apri(scena)
        invio = inviata(scena)
        scheda = Scheda.objects.get(invio=invio)
        assert (scheda.strato.ambito, scheda.strato.tipo, scheda.strato.classe) == (
            scena.ambito,
            "comune",
            "1",
        )
        assert scheda.celle.filter(domanda="D01").count() == 12
        assert scheda.testi.get(domanda="D16").testo == "Testo di prova numero 0"

    def test_un_secondo_invio_prende_il_posto_del_primo(self, scena: Scena) -> None:
        apri(scena)
        invio = inviata(scena)
        sua = invio.compilazione
        servizi.riapri(sua, da=scena.agente(scena.coordinatore), motivazione="Da correggere")
        servizi.salva_risposte(sua, {"D06": "molto-alto"}, da=scena.agente(scena.referente))
        servizi.invia_alla_convalida(sua, da=scena.agente(scena.referente))
        servizi.convalida_e_invia(sua, da=scena.agente(scena.rappresentante))
        assert Scheda.objects.count() == 1
        assert CellaRisposta.objects.get(domanda="D06").valore == "molto-alto"

    def test_rifare_da_lo_stesso(self, scena: Scena) -> None:
        apri(scena)
        for seme, ente in enumerate([scena.ente_b, *altri_enti(scena, 0)]):
            ente_che_invia(scena, ente, seme)
        inviata(scena)
        prima = sorted(CellaRisposta.objects.values_list("scheda__invio", "domanda", "voce", "valore"))
        testi = sorted(TestoRisposta.objects.values_list("scheda__invio", "domanda", "testo"))
        assert schede.allinea(scena.accordo) == 0
        assert schede.ricostruisci(scena.accordo) == 2
        assert (
            sorted(CellaRisposta.objects.values_list("scheda__invio", "domanda", "voce", "valore")) == prima
        )
        assert sorted(TestoRisposta.objects.values_list("scheda__invio", "domanda", "testo")) == testi

    def test_una_domanda_cambiata_non_conta_piu(self, scena: Scena) -> None:
        questionario = apri(scena)
        inviata(scena)
        dati = copy.deepcopy(DATI)
        dati["sezioni"][1]["domande"][0]["opzioni"].append({"codice": "boh", "etichetta": "Boh"})
        questionario.stato = "bozza"
        questionario.save()
        Questionario.objects.filter(pk=questionario.pk).update(stato="chiuso")
        nuova = Questionario.objects.get(pk=questionario.pk)
        nuova.pk, nuova.versione, nuova.definizione, nuova.impronta = None, 2, dati, "f" * 64
        nuova._state.adding = True
        Questionario.objects.filter(pk=questionario.pk).update(stato=superata())
        nuova.stato = "aperto"
        nuova.save()
        assert schede.allinea(scena.accordo) == 1
        domande = set(CellaRisposta.objects.values_list("domanda", flat=True))
        assert "D06" not in domande
        assert "D07" in domande

    def test_il_quadro_costa_due_query(self, scena: Scena, django_assert_num_queries: Any) -> None:
        apri(scena)
        inviata(scena)
        with django_assert_num_queries(2):
            quadro = quadro_di(scena.accordo, None)
        assert quadro is not None
        assert quadro.rispondenti == 1
        assert [strato.enti for strato in quadro.fuori] == [1]


def superata() -> str:
    """The state of a version that another one has taken the place of."""
    from questionari.stati import StatoQuestionario

    return "superato" if "superato" in StatoQuestionario.values else "chiuso"
