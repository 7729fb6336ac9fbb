"""The dossier of a body: the draft act for each kind of body, opened with the libraries that would open it."""

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from accordo.approvazione.dossier import carte
from accordo.approvazione.dossier.schema import TestoFissato, schema
from accordo.approvazione.organi import PROPOSTE
from accordo.base.canonico import impronta
from accordo.enti.models import Ente, TipoEnte
from tests.approvazione.fabbriche import avvia, congelato, di
from tests.bozze.emendamenti import fabbriche as bozze

TESTO = TestoFissato("Accordo di prova", 2, "ab" * 32, "cd" * 32, "La Provincia di Prova", date(2026, 3, 1))


def bozza(tipo: str, organo: str = ""):
    return schema(Ente(tipo=tipo, denominazione="Ente di prova"), organo or PROPOSTE[tipo].organo, TESTO)


@pytest.mark.parametrize(
    ("tipo", "organo", "titolo", "chi", "verbo"),
    [
        (TipoEnte.COMUNE, "", "Deliberazione della Giunta comunale", "La Giunta comunale", "Delibera"),
        (TipoEnte.COMUNE, "Consiglio comunale", "Deliberazione del Consiglio comunale", "Il Consiglio comunale", "Delibera"),
        (TipoEnte.PROVINCIA, "", "Decreto del Presidente della Provincia", "Il Presidente della Provincia", "Decreta"),
        (TipoEnte.UNIONE_COMUNI, "", "Deliberazione della Giunta dell'Unione", "La Giunta dell'Unione", "Delibera"),
        (TipoEnte.COMUNITA_MONTANA, "", "Deliberazione della Giunta della Comunità montana", "La Giunta della Comunità montana", "Delibera"),
        (TipoEnte.REGIONE, "", "Deliberazione della Giunta regionale", "La Giunta regionale", "Delibera"),
        (TipoEnte.PREFETTURA, "", "Decreto del Prefetto", "Il Prefetto", "Decreta"),
    ],
)  # fmt: skip
def test_schema_per_tipo_di_ente(tipo, organo, titolo, chi, verbo):
    trovato = bozza(tipo, organo)
    assert trovato.titolo.startswith(titolo)
    assert trovato.chi_decide == chi
    assert trovato.verbo == verbo
    assert TESTO.impronta in trovato.dispositivo[0]
    assert TESTO.sha256 in trovato.allegato


def test_pareri_ed_eseguibilita_solo_dove_il_tuel_li_vuole():
    assert {t for t in PROPOSTE if bozza(t).pareri} == {
        "comune",
        "provincia",
        "unione_comuni",
        "comunita_montana",
    }
    assert {t for t in PROPOSTE if bozza(t).eseguibile} == {"comune", "unione_comuni", "comunita_montana"}
    assert "immediatamente eseguibile" in bozza(TipoEnte.COMUNE).formula
    assert any("Comitato provinciale" in p for p in bozza(TipoEnte.PREFETTURA).premesse)


@pytest.mark.una_volta
def test_word_e_pdf_dicono_la_stessa_cosa(scena):
    avvia(scena)
    approvazione = di(scena.ente_a)
    documento = Document(io.BytesIO(carte.schema_word(approvazione)))
    parole = "\n".join(p.text for p in documento.paragraphs)
    for atteso in (
        approvazione.documento.impronta_testo,
        approvazione.documento.sha256,
        "Giunta comunale",
        "pro tempore",
    ):
        assert atteso in parole
    assert [p.style.name for p in documento.paragraphs].count("List Number") == 5
    assert documento.core_properties.language == "it-IT"
    pdf = PdfReader(io.BytesIO(carte.schema_pdf(approvazione)))
    testo = "".join("".join(pagina.extract_text().split()) for pagina in pdf.pages)
    assert approvazione.documento.impronta_testo in testo


@pytest.mark.una_volta
def test_archivio_completo_e_sempre_uguale(scena):
    avvia(scena)
    approvazione = di(scena.ente_a)
    primo = carte.archivio(approvazione)
    with zipfile.ZipFile(io.BytesIO(primo)) as pacco:
        assert pacco.testzip() is None
        assert len(pacco.namelist()) == 5
        assert impronta(pacco.read("1-testo-definitivo.pdf")) == impronta(congelato(approvazione))
        prima = {nome: pacco.read(nome) for nome in pacco.namelist() if not nome.endswith("docx")}
    with zipfile.ZipFile(io.BytesIO(carte.archivio(approvazione))) as pacco:
        assert prima == {nome: pacco.read(nome) for nome in prima}


def test_la_storia_dei_propri_contributi_e_non_degli_altrui(scena, django_assert_num_queries):
    bozze.versione(scena)
    frase = next(d.testo for d in bozze.albero_base().disposizioni() if d.tipo == "comma" and d.testo)
    presentato = bozze.emendamento(scena, bozze.sopprimi(frase))
    bozze.emendamento(scena, bozze.sopprimi(frase), presenta=False)
    avvia_senza_bozza(scena)
    approvazione = di(scena.ente_a)
    with django_assert_num_queries(2):
        suoi = carte.contributi(approvazione)
    assert [e.pk for e in suoi.emendamenti] == [presentato.pk]
    assert len(carte.contributi(di(scena.ente_b))) == 0
    testo = PdfReader(io.BytesIO(carte.contributi_pdf(di(scena.ente_a)))).pages[0].extract_text()
    assert presentato.sigla.split()[0] in testo


def avvia_senza_bozza(scena):
    """Phase 8 on a final version made by hand, whatever versions there were."""
    from accordo.approvazione import servizi
    from tests.approvazione.fabbriche import pubblica

    pubblica(scena.accordo, 9, definitiva=True)
    scena.porta_a("approvazione")
    servizi.avvia_approvazione(scena.accordo, da=scena.agente(scena.coordinatore))
