"""The table area × objective: what it counts, shows and filters, on the page, in the PDF and in the spreadsheet."""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accordo.base.pdf import composizione
from accordo.rilievi import interrogazioni
from accordo.rilievi.models import Rilievo
from accordo.rilievi.views import stampa
from bozze import riprese
from bozze.servizi import testo as bozze
from tests.bozze.emendamenti.fabbriche import SORGENTE
from tests.fabbriche import EnteFactory, PartecipazioneFactory
from tests.rilievi.fabbriche import RilievoFactory

pytestmark = pytest.mark.django_db


def _quadro(scena):
    righe = interrogazioni.filtra(Rilievo.objects.filter(accordo=scena.accordo))
    obiettivi = interrogazioni.obiettivi_principali(scena.accordo)
    ambiti = interrogazioni.ambiti_dell_accordo(scena.accordo)
    return obiettivi, interrogazioni.quadro(righe, obiettivi, ambiti, con_primi=True)


def _rilievo(scena, **altro):
    return RilievoFactory(**{"accordo": scena.accordo, "ambito": scena.ambito} | altro)


def test_conta_sotto_obiettivi_e_scarti(scena):
    _rilievo(scena, tipo="forza", obiettivi=["1.2", "1.3", "3"])
    _rilievo(scena, tipo="criticita", obiettivi=["1"])
    _rilievo(scena, tipo="forza", stato="scartato")
    obiettivi, [riga] = _quadro(scena)
    assert [o.codice for o in obiettivi] == ["1", "2", "3", "4"]
    assert [(c.forza, c.criticita, c.proposta) for c in riga.caselle] == [
        (1, 1, 0),
        (0, 0, 0),
        (1, 0, 0),
        (0, 0, 0),
    ]
    assert [c.senza_risposta for c in riga.caselle] == [True, False, False, False]


def test_ogni_casella_mostra_i_primi_per_priorita(scena):
    tutti = [_rilievo(scena, obiettivi=["1.2", "1.4"]) for _ in range(5)]
    Rilievo.objects.filter(pk=tutti[4].pk).update(priorita=9)
    _, [riga] = _quadro(scena)
    criticita = riga.caselle[0].colonne[1]
    assert criticita.quanti == 5
    assert [r.pk for r in criticita.primi] == [tutti[4].pk, tutti[0].pk, tutti[1].pk]
    assert criticita.altri == 2


def test_senza_rilievi_la_riga_c_e_lo_stesso(scena):
    assert [r.totale for r in _quadro(scena)[1]] == [0]


def test_obiettivi_senza_proposte(scena):
    _rilievo(scena, tipo="proposta", obiettivi=["1.2"])
    _rilievo(scena, tipo="proposta", obiettivi=["2"], stato="scartato")
    codici = [o.codice for o in interrogazioni.senza_proposte(scena.accordo)]
    assert codici == ["1.1", "1.3", "1.4", "1.5", "2", "3", "4"]


@pytest.mark.parametrize(
    ("filtro", "quanti"),
    [
        ("", 3),
        ("&tipo=forza", 1),
        ("&obiettivo=1", 2),
        ("&obiettivo=1.2", 1),
        ("&cerca=centrale+unica", 1),
        ("&cerca=%25", 0),
        ("&ambito=inventato", 3),
        ("&stato=scartato", 1),
    ],
)
def test_filtri(scena, client, filtro, quanti):
    _rilievo(scena, tipo="forza", obiettivi=["1.2"])
    _rilievo(scena, obiettivi=["1"])
    _rilievo(scena, obiettivi=["2"], testo="Serve una centrale unica.")
    _rilievo(scena, stato="scartato")
    client.force_login(scena.coordinatore)
    risposta = client.get(reverse("rilievi:quadro", args=["prova"]) + "?vista=elenco" + filtro)
    assert risposta.context["page_obj"].paginator.count == quanti


@pytest.mark.parametrize("vista", ["", "elenco"])
@pytest.mark.parametrize("quanti", [1, 3])
def test_query_costanti(scena, client, django_assert_num_queries, quanti, vista):
    for _ in range(quanti):
        ente = EnteFactory()
        PartecipazioneFactory(accordo=scena.accordo, ente=ente)
        _rilievo(scena, ambito=ente.ambito, tipo="proposta")
        _rilievo(scena, ambito=ente.ambito)
    client.force_login(scena.coordinatore)
    with django_assert_num_queries(12 if vista else 17):
        assert client.get(reverse("rilievi:quadro", args=["prova"]), {"vista": vista}).status_code == 200


def test_quali_nessun_articolo_riprende(scena, client):
    citato, figlio, scoperto = (_rilievo(scena, stato="confermato") for _ in range(3))
    uno_figlio = _rilievo(scena, stato="unito", unito_a=figlio)
    agente = scena.agente(scena.coordinatore)
    righe = Rilievo.objects.filter(accordo=scena.accordo)
    assert interrogazioni.non_ripresi(righe, scena.accordo, agente) is None
    scena.porta_a("bozza")
    bozze.carica_testo(scena.accordo, SORGENTE, da=agente)
    nodo = scena.accordo.bozza.nodi.filter(tipo="comma").order_by("pk")[0]
    bozze.cita_rilievi(scena.accordo, nodo.codice, [citato, uno_figlio], da=agente)
    scoperti = interrogazioni.non_ripresi(righe.exclude(stato="unito"), scena.accordo, agente)
    assert set(scoperti) == {scoperto}
    assert riprese.ripresi(scena.accordo, scena.agente(scena.referente)) is None
    client.force_login(scena.coordinatore)
    indirizzo = reverse("rilievi:quadro", args=["prova"])
    risposta = client.get(indirizzo, {"vista": "elenco", "non_ripresi": "on"})
    assert list(risposta.context["page_obj"]) == [scoperto]
    assert "articolo 1" in client.get(citato.get_absolute_url()).content.decode().lower()
    assert "Nessun articolo riprende" in client.get(scoperto.get_absolute_url()).content.decode()
    bozze.sopprimi_disposizione(scena.accordo, nodo.codice, revisione_attesa=nodo.revisione, da=agente)
    scoperti = interrogazioni.non_ripresi(righe.exclude(stato="unito"), scena.accordo, agente)
    assert set(scoperti) == {citato, figlio, scoperto}


def test_pdf_con_gli_stessi_filtri(scena, client):
    _rilievo(scena, tipo="forza", testo="Le polizie locali si parlano.", obiettivi=["1"])
    _rilievo(scena, testo="Manca la luce.", obiettivi=["1"])
    client.force_login(scena.coordinatore)
    risposta = client.get(reverse("rilievi:quadro_pdf", args=["prova"]), {"tipo": "forza"})
    testo = "".join(pagina.extract_text() for pagina in PdfReader(BytesIO(risposta.content)).pages)
    assert "Le polizie locali si parlano." in testo
    assert "Manca la luce." not in testo
    assert "Punto di forza" in testo


def test_troppi_per_un_pdf_ne_fanno_uno_per_ambito_e_per_parti(scena, client, monkeypatch):
    """Nobody meets a dead end: every finding is in one of the PDFs, and no PDF holds more than the bound."""
    stampati = []
    monkeypatch.setattr(stampa, "IN_PDF", 2)
    monkeypatch.setattr(composizione, "impagina", lambda html, *_: stampati.append(html) or b"%PDF %%EOF")
    versilia = EnteFactory(ambito__nome="Versilia", ambito__ordine=30_000)
    PartecipazioneFactory(accordo=scena.accordo, ente=versilia)
    attesi = {f"Frase {n}." for n in range(6)}
    for n, frase in enumerate(sorted(attesi)):
        _rilievo(scena, testo=frase, ambito=versilia.ambito if n == 5 else scena.ambito, obiettivi=["1"])
    client.force_login(scena.coordinatore)
    url = reverse("rilievi:quadro_pdf", args=["prova"])
    risposta = client.get(url, {"tipo": "criticita"})
    documenti = risposta.context["documenti"]
    assert [(d.nome, d.quanti) for d in documenti] == [
        ("I numeri, per ambito e obiettivo", 6),
        ("Piana di Lucca, parte 1 di 3", 2),
        ("Piana di Lucca, parte 2 di 3", 2),
        ("Piana di Lucca, parte 3 di 3", 1),
        ("Versilia", 1),
    ]
    for d in documenti:
        assert "tipo=criticita" in d.indirizzo
        assert client.get(f"{url}?{d.indirizzo}")["Content-Type"] == "application/pdf"
    trovati = [re.findall(r"Frase \d\.", html) for html in stampati]
    assert [len(t) for t in trovati] == [0, 2, 2, 1, 1]
    assert {frase for t in trovati for frase in t} == attesi
    for parte in ("4", "0", "-1", "x", "9" * 30):
        assert client.get(url, {"ambito": "piana", "parte": parte}).status_code == 404


def test_query_costanti_del_pdf_e_del_foglio(scena, client, monkeypatch):
    monkeypatch.setattr(composizione, "impagina", lambda *_: b"%PDF %%EOF")
    client.force_login(scena.coordinatore)
    pdf, foglio = (reverse(f"rilievi:quadro_{come}", args=["prova"]) for come in ("pdf", "xlsx"))
    pagine = ((pdf, 400), (foglio, 400), (pdf, 1))
    quante = {}
    for _ in range(3):
        ente = EnteFactory()
        PartecipazioneFactory(accordo=scena.accordo, ente=ente)
        for tipo in ("proposta", "forza"):
            rilievo = _rilievo(scena, ambito=ente.ambito, tipo=tipo)
            rilievo.fonti.create(genere="altro", testo="Relazione")
        for pagina, massimo in pagine:
            monkeypatch.setattr(stampa, "IN_PDF", massimo)
            with CaptureQueriesContext(connection) as lette:
                assert client.get(pagina).status_code == 200
            assert quante.setdefault((pagina, massimo), len(lette)) == len(lette)


def test_foglio_senza_formule(scena, client):
    _rilievo(scena, testo='=HYPERLINK("http://male.invalid")\x0b', dettagli="+1-1")
    client.force_login(scena.coordinatore)
    risposta = client.get(reverse("rilievi:quadro_xlsx", args=["prova"]))
    libro = load_workbook(BytesIO(risposta.content))
    assert libro.sheetnames == ["Quadro", "Rilievi"]
    riga = list(libro["Rilievi"].rows)[1]
    assert riga[3].value.startswith("=HYPERLINK")
    assert {riga[3].data_type, riga[4].data_type} == {"s"}
