"""What the dossier of a meeting says of the survey: nothing before the results are out, then what the rules let be known."""

from typing import Any
from unittest.mock import patch

import pytest

from accordo.enti.models import Ambito
from accordo.iter.procedura import EsitoBreve
from questionari import servizi
from questionari.fascicolo import esiti_ambito
from questionari.models import Scheda
from tests.fabbriche import AmbitoFactory, PartecipazioneFactory
from tests.questionari.fabbriche import altri_enti, apri, ente_che_invia
from tests.scena import Scena

pytestmark = pytest.mark.django_db


@pytest.fixture
def raccolti(scena: Scena) -> Scena:
    """Four bodies have sent in the area of the scene, and one alone in another."""
    apri(scena)
    sola = AmbitoFactory(codice="sola", nome="Ambito solo", ordine=60)
    enti = [*altri_enti(scena, 4), PartecipazioneFactory(accordo=scena.accordo, ente__ambito=sola).ente]
    servizi.avvia_questionario(scena.accordo, da=scena.agente(scena.coordinatore))
    for seme, ente in enumerate(enti):
        ente_che_invia(scena, ente, seme)
    scena.porta_a("restituzione")
    servizi.avvia_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))
    return scena


def _pubblica(scena: Scena) -> None:
    with patch("questionari.relazione.stampa", return_value=b"%PDF-1.7 di prova"):
        servizi.pubblica_restituzione(scena.accordo, da=scena.agente(scena.coordinatore))


def _per_numero(esiti: Any) -> dict[str, EsitoBreve]:
    return {esito.numero: esito for esito in esiti}


def test_prima_della_pubblicazione_tace(raccolti: Scena) -> None:
    assert esiti_ambito(raccolti.accordo, raccolti.ambito) == ()
    senza = AmbitoFactory(codice="altro", nome="Altro ambito")
    assert esiti_ambito(raccolti.accordo, senza) == ()


def test_a_risultati_pubblicati(raccolti: Scena, django_assert_max_num_queries: Any) -> None:
    _pubblica(raccolti)
    with django_assert_max_num_queries(8):
        esiti = _per_numero(esiti_ambito(raccolti.accordo, raccolti.ambito))
    matrice = esiti["1.1"]
    assert matrice.frase == "Giudizio medio, voce per voce."
    assert all("in tutti gli ambiti" in parole for _, parole in matrice.voci)
    singola = esiti["2.1"]
    assert singola.frase.startswith("In tutti gli ambiti: ")
    [(nome, qui)] = singola.voci
    assert nome == raccolti.ambito.nome
    assert qui.endswith("su 4)")  # of the area's four bodies, and no more
    assert any("al primo posto" in esito.frase for esito in esiti.values())  # a ranking
    # open answers and files are not for the dossier; a riservata is in nobody's figures
    struttura = raccolti.accordo.questionari.get().struttura
    numeri = {struttura.numeri[d.codice]: d for d in struttura.domande}
    assert {numeri[n].tipo for n in esiti} <= {"singola", "multipla", "numero", "matrice", "graduatoria"}
    assert all(numeri[n].riservatezza != "riservata" for n in esiti)


def test_un_ente_solo_non_si_riconosce(raccolti: Scena) -> None:
    """The area in which one body answered has no figures of its own, and the totals do not hold it either."""
    _pubblica(raccolti)
    sola = Ambito.objects.get(codice="sola")
    struttura = raccolti.accordo.questionari.get().struttura
    aggregate = {
        struttura.numeri[d.codice] for d in struttura.domande if d.riservatezza == "aggregata" and d.chiede
    }
    esiti = _per_numero(esiti_ambito(raccolti.accordo, sola))
    assert aggregate & esiti.keys()
    for numero in aggregate & esiti.keys():
        for _, parole in esiti[numero].voci:
            assert parole.startswith("in tutti gli ambiti"), (numero, parole)
        assert "su 5)" not in esiti[numero].frase


def test_dopo_restano_quelli_pubblicati(raccolti: Scena) -> None:
    """Numbers given back do not change, whatever is sent later."""
    _pubblica(raccolti)
    prima = esiti_ambito(raccolti.accordo, raccolti.ambito)
    assert Scheda.objects.filter(pubblicata=True).count() == 5
    raccolti.porta_a("questionario")
    ente_che_invia(raccolti, raccolti.ente_b, 9)
    assert esiti_ambito(raccolti.accordo, raccolti.ambito) == prima
