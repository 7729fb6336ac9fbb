"""What citizens read of the results: the very numbers of the bodies, once the accord has opened them, and no others."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.iter.models import Evento
from questionari import relazione, servizi
from questionari.esiti import accanto, esporta, letture, prospetti
from questionari.esiti.basi import Disegni
from questionari.models import Conteggio, Restituzione, Scheda, TestoRisposta
from tests.questionari.strategie import DEFINIZIONE
from tests.questionari.test_esiti import D, _client, _pubblica, _quadro
from tests.scena import Scena

pytestmark = pytest.mark.django_db


@pytest.fixture
def aperti(raccolti: Scena) -> Scena:
    _pubblica(raccolti)
    type(raccolti.accordo).objects.filter(pk=raccolti.accordo.pk).update(pubblico=True)
    raccolti.accordo.pubblico = True
    servizi.apri_ai_cittadini(raccolti.accordo, da=raccolti.agente(raccolti.coordinatore))
    return raccolti


def _url(nome: str, *args: str) -> str:
    return reverse(f"questionari:{nome}", args=["prova", *args])


def _scaricati(client: Client, nome: str, formato: str) -> bytes:
    return b"".join(client.get(_url(nome, formato)).streaming_content)  # type: ignore[attr-defined]


def test_gli_stessi_dati_degli_enti(aperti: Scena) -> None:
    """There are no two publications of which one could be subtracted from the other."""
    anonimo, osservatore = Client(), _client(aperti.osservatore)
    for formato in ("csv", "risposte.csv"):
        suoi = _scaricati(anonimo, "risultati_dati", formato)
        assert suoi == _scaricati(osservatore, "esiti_dati", formato)
        coordina = _client(aperti.coordinatore)
        assert suoi == _scaricati(coordina, "risultati_dati", formato), "not even the office gets more here"


def test_quali_risposte_portano_il_nome(aperti: Scena) -> None:
    righe = list(esporta.risposte(_quadro(aperti), esporta.Lettore()))
    pubbliche = [
        d for d in DEFINIZIONE.domande if d.chiede and _quadro(aperti).effettive[d.codice] == "pubblica"
    ]
    assert len(righe[0]) == 6 + len(pubbliche)
    libro = load_workbook(esporta.excel(_quadro(aperti), esporta.Lettore()), read_only=True)
    scritte = [[c.value for c in riga] for riga in libro["Risposte"].rows]
    assert [list(riga) for riga in righe] == scritte


def test_ogni_tabella_pubblicata_e_la_stessa(aperti: Scena) -> None:
    """Page, citizens' page, report and exports hold the same tables: the attack on one is the attack on all."""
    quadro = _quadro(aperti)
    esportate = {(str(n), t, r, c): v for n, _, t, r, c, v in list(esporta.esiti(quadro))[1:]}
    for sezione in quadro.struttura.sezioni:
        pagina = prospetti.esiti(quadro, sezione.chieste)
        pubblica = Client().get(_url("risultati_sezione", sezione.codice)).context["esiti"]
        carta = [r.esito for r in relazione._risultati(quadro, sezione)]
        for sua, loro, stampata in zip(pagina, pubblica, carta, strict=True):
            assert sua.tabella == loro.tabella == stampata.tabella
            assert (sua.frase, sua.avvisi, sua.rispondenti) == (loro.frase, loro.avvisi, loro.rispondenti)
            confronti = [e.confronto.tabella if e.confronto else None for e in (sua, loro, stampata)]
            assert confronti[0] == confronti[1] == confronti[2]
            for tabella in filter(None, (sua.tabella, confronti[0])):
                for riga in tabella.righe:
                    for colonna, cella in zip(tabella.colonne, riga.celle, strict=True):
                        chiave = (sua.numero, tabella.titolo, riga.titolo, colonna)
                        assert esportate[chiave] == ("n.p." if cella is None else cella)


def test_la_pagina_di_un_ente_dice_solo_numeri_pubblicati(aperti: Scena) -> None:
    """Beside its own answers a body reads its area's as they are published, and nothing else."""
    quadro = _quadro(aperti)
    scheda = quadro.schede().select_related("invio", "strato__ambito").get(compilazione__ente=aperti.ente_b)
    esposti = quadro.esponi([d.codice for d in quadro.struttura.domande if d.tipo == "singola"])
    righe = {r.numero: r for s in accanto.accanto(quadro, scheda) for r in s.righe}
    riga = righe[quadro.struttura.numeri["D06"]]
    suo = next(iter(q for q in esposti if q.domanda == "D06"))
    gruppi = {g.nome: g.conto for g in esposti[suo].gruppi.get("ambito", ())}
    assert riga.ambito == accanto.in_breve(D["D06"], gruppi.get(aperti.ambito.nome))
    assert riga.tutti == accanto.in_breve(D["D06"], esposti[suo].totale)


def test_la_vista_della_segreteria_qui_non_c_e(aperti: Scena) -> None:
    for client in (Client(), _client(aperti.coordinatore)):
        testo = client.get(_url("risultati_sezione", "S4") + "?vista=segreteria").text
        assert "vista della segreteria" not in testo.lower()
        assert "Domanda riservata" in testo


def test_prima_non_si_aprono(raccolti: Scena) -> None:
    coordina = raccolti.agente(raccolti.coordinatore)
    with pytest.raises(ErroreDominio, match="Prima"):
        servizi.apri_ai_cittadini(raccolti.accordo, da=coordina)
    _pubblica(raccolti)
    raccolti.accordo.pubblico = False
    with pytest.raises(ErroreDominio, match="non è pubblico"):
        servizi.apri_ai_cittadini(raccolti.accordo, da=coordina)
    with pytest.raises(NonAutorizzato):
        servizi.apri_ai_cittadini(raccolti.accordo, da=raccolti.agente(raccolti.rappresentante))
    assert not Evento.objects.filter(verbo="apre_esiti_ai_cittadini").exists()


def test_aperti_una_volta_e_legati_dalla_pagina_dell_accordo(aperti: Scena) -> None:
    with pytest.raises(ErroreDominio, match="già"):
        servizi.apri_ai_cittadini(aperti.accordo, da=aperti.agente(aperti.coordinatore))
    pagina = Client().get(reverse("cruscotto:accordo", args=["prova"])).text
    assert _url("risultati") in pagina
    type(aperti.accordo).objects.filter(pk=aperti.accordo.pk).update(pubblico=False)
    assert Client().get(_url("risultati")).status_code == 404


@pytest.mark.parametrize(("nome", "argomenti"), [("risultati", ()), ("risultati_sezione", ("S1",))])
def test_le_query_dei_cittadini(
    aperti: Scena, nome: str, argomenti: tuple[str, ...], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        assert Client().get(_url(nome, *argomenti)).status_code == 200


def test_i_conteggi_pubblicati_sono_quelli_delle_schede(aperti: Scena) -> None:
    """Kept with the publication; counted again they are the same, and a publication without them is still read."""
    quadro = _quadro(aperti)
    assert Conteggio.objects.exists()
    conservati = quadro.conta(list(DEFINIZIONE.per_codice))
    Restituzione.objects.filter(accordo=aperti.accordo).update(contata=False)
    assert _quadro(aperti).conta(list(DEFINIZIONE.per_codice)) == conservati


def test_la_ricerca_usa_l_indice(raccolti: Scena) -> None:
    """On PostgreSQL the words are looked up by their stems in the index."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL searches by stems")
    scheda = Scheda.objects.first()
    assert scheda is not None
    TestoRisposta.objects.filter(scheda=scheda, domanda="D16").update(
        testo="Servono più illuminazioni pubbliche"
    )
    with connection.cursor() as cursore:
        cursore.execute("SET LOCAL enable_seqscan = off")
    trovati = letture.cerca(letture.leggibili(_quadro(raccolti), tutte=True), "illuminazione pubblica")
    assert [t.scheda_id for t in trovati] == [scheda.pk]
    assert "testo_radici" in letture.cerca(TestoRisposta.objects.all(), "illuminazione").explain()


def test_la_relazione_non_disegna_cio_che_non_stampa(raccolti: Scena) -> None:
    with patch("questionari.esiti.basi.larga_e_stretta") as disegno:
        esiti = prospetti.esiti(_quadro(raccolti), [D["D06"]], disegni=Disegni.CARTA)
    assert not disegno.called
    assert esiti[0].grafico
    assert esiti[0].grafico[1] == ""
    assert esiti[0].confronto is None or esiti[0].confronto.grafico is None
