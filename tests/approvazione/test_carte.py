"""What leaves the portal: the table of the acts, the public data, the package to deposit. Opened with other tools."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import date, timedelta

import bagit
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree
from openpyxl import load_workbook
from pypdf import PdfReader

from accordo.approvazione import interrogazioni, quadro_atti, servizi
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.approvazione.models import Approvazione
from accordo.approvazione.versamento import sacco
from accordo.approvazione.versamento.pacchetto import scrivi_versamento
from accordo.base import orologio
from accordo.base.canonico import impronta
from tests.approvazione.fabbriche import altro_ente, avvia, congelato, di, file_pdf, registra


@pytest.fixture
def aperta(scena):
    """Phase 8: one body has signed, one has an act by certified mail, one has sent remarks."""
    avvia(scena)
    sindaco, guida = scena.agente(scena.rappresentante), scena.agente(scena.coordinatore)
    registra(di(scena.ente_a), scena.agente(scena.referente), numero="=1+1")
    firmato = ContentFile(firma_p7m(congelato(di(scena.ente_a)), str(sindaco.utente)), "f.p7m")
    servizi.registra_firma(di(scena.ente_a), firmato, da=sindaco)
    registra(di(scena.ente_b), guida, pec=servizi.Pec("@SOMMA", date(2026, 3, 3)))
    return scena


def url(nome, *argomenti):
    return reverse(f"approvazione:{nome}", args=["prova", *argomenti])


def entra(client, utente):
    client.force_login(utente)
    return client


def righe_csv(contenuto: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(contenuto.decode("utf-8-sig"))))


# ------------------------------------------------------------------------------------------ the table of the acts
def test_csv_con_colonne_stabili_e_senza_formule(client, aperta):
    righe = righe_csv(entra(client, aperta.osservatore).get(url("atti_csv")).content)
    assert list(righe[0]) == [c.nome for c in quadro_atti.COLONNE]
    per_codice = {r["codice"]: r for r in righe}
    alfa, beta = per_codice["comune-alfa"], per_codice["comune-beta"]
    assert alfa["numero_atto"] == "'=1+1"
    assert beta["arrivato_per_pec"] == "'@SOMMA del 03/03/2026"
    assert (alfa["stato"], alfa["approva_il_testo_definitivo"], alfa["formato_firma"]) == (
        "Firmato",
        "sì",
        "CAdES",
    )
    assert per_codice["provincia-prova"]["data_atto"] == ""


def test_xlsx_aperto_dalla_sua_libreria(client, aperta):
    libro = load_workbook(io.BytesIO(entra(client, aperta.osservatore).get(url("atti_xlsx")).content))
    foglio, significati = libro.worksheets
    testa = [c.value for c in foglio[1]]
    assert testa == [c.titolo for c in quadro_atti.COLONNE]
    riga = next(r for r in foglio.iter_rows(min_row=2) if r[1].value == "comune-alfa")
    numero = riga[testa.index("Numero")]
    assert (numero.value, numero.data_type) == ("=1+1", "s")
    assert significati.max_row == len(quadro_atti.COLONNE) + 1


def test_pdf_del_quadro_dice_tutto_ed_e_sempre_uguale(aperta):
    documento = interrogazioni.documento_attuale(aperta.accordo)
    righe = list(interrogazioni.approvazioni_di(documento))
    pdf = quadro_atti.in_pdf(documento, righe)
    assert pdf == quadro_atti.in_pdf(documento, righe)
    lettore = PdfReader(io.BytesIO(pdf))
    testo = " ".join(" ".join(pagina.extract_text().split()) for pagina in lettore.pages)
    for atteso in ("Alfa", "Beta", "Provincia di Prova", "Arrivato per PEC", "non ancora"):
        assert atteso in testo
    assert lettore.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert lettore.trailer["/Root"]["/Lang"] == "it"


def test_quadri_con_tante_query_per_uno_quante_per_tre(client, scena):
    entra(client, scena.coordinatore)

    def quante() -> dict[str, int]:
        client.get(url("atti_csv"))
        conti = {}
        for nome in ("atti_csv", "atti_xlsx", "trasparenza", "trasparenza_csv", "trasparenza_json"):
            with CaptureQueriesContext(connection) as fatte:
                assert client.get(url(nome)).status_code == 200
            conti[nome] = len(fatte)
        return conti

    avvia(scena)
    prima = quante()
    for n in range(3):
        ente, agente = altro_ente(scena, f"Gamma {n}")
        Approvazione.objects.create(
            accordo=scena.accordo, documento=di(scena.ente_a).documento, ente=ente, organo="Giunta"
        )
        registra(di(ente), agente)
    assert quante() == prima
    assert max(prima.values()) <= 9


# ------------------------------------------------------------------------------------------ public data
def test_trasparenza_per_tutti_e_senza_nomi_di_persone(client, aperta):
    dati = json.loads(client.get(url("trasparenza_json")).content)
    assert (dati["schema"], dati["stato_accordo"]) == ("accordo-trasparenza/1", "in corso")
    assert [e["codice"] for e in dati["enti"] if e["stato"] == "Firmato"] == ["comune-alfa"]
    righe = righe_csv(client.get(url("trasparenza_csv")).content)
    assert list(righe[0]) == [*quadro_atti.COLONNE_ACCORDO, *(c.nome for c in quadro_atti.PUBBLICHE)]
    intero = (
        client.get(url("trasparenza")).content
        + client.get(url("trasparenza_csv")).content
        + json.dumps(dati).encode()
    )
    assert b"Rappresentante Prova" not in intero
    assert b"SOMMA" not in intero
    assert {"firmatario", "protocollo"}.isdisjoint(dati["enti"][0])


def test_trasparenza_di_un_accordo_non_pubblico_non_esiste(client, aperta):
    aperta.accordo.pubblico = False
    aperta.accordo.save()
    for nome in ("trasparenza", "trasparenza_csv", "trasparenza_json"):
        assert client.get(url(nome)).status_code == 404


def test_adesione_e_recesso_si_leggono_nella_pagina_pubblica(client, aperta):
    Approvazione.objects.filter(ente=aperta.ente_b).update(stato="firmato", successiva=True)
    aperta.porta_a("sottoscritto")
    servizi.recedi(
        di(aperta.ente_a), organo="Giunta", tipo="deliberazione", numero="9", data=orologio.oggi(),
        effetto_dal=orologio.oggi() + timedelta(days=90), file=file_pdf(), motivazione="Basta.",
        da=aperta.agente(aperta.rappresentante),
    )  # fmt: skip
    pagina = client.get(url("trasparenza")).content.decode()
    assert "adesione successiva" in pagina
    assert "Deliberazione n. 9" in pagina
    righe = {r["codice"]: r for r in righe_csv(client.get(url("trasparenza_csv")).content)}
    assert righe["comune-alfa"]["recesso_dal"] == (orologio.oggi() + timedelta(days=90)).isoformat()
    assert righe["comune-beta"]["partecipa_come"] == "adesione successiva"


# ------------------------------------------------------------------------------------------ the deposit
def spacchetta(contenuto: bytes, dove) -> bagit.Bag:
    with zipfile.ZipFile(io.BytesIO(contenuto)) as pacco:
        assert pacco.testzip() is None
        pacco.extractall(dove)
    return bagit.Bag(str(dove / "versamento-prova"))


def versa(accordo) -> bytes:
    uscita = io.BytesIO()
    scrivi_versamento(accordo, uscita)
    return uscita.getvalue()


def test_versamento_valido_per_lo_strumento_bagit(aperta, tmp_path):
    nuovo, _ = altro_ente(aperta, "Gamma")  # let in to join, not signed: no party yet
    Approvazione.objects.create(
        accordo=aperta.accordo,
        documento=di(aperta.ente_a).documento,
        ente=nuovo,
        organo="Giunta",
        successiva=True,
    )
    contenuto = versa(aperta.accordo)
    sacco_letto = spacchetta(contenuto, tmp_path)
    sacco_letto.validate()
    assert sacco_letto.version_info == (1, 0)
    assert sacco_letto.info["Source-Organization"] == "Provincia di Prova"
    voci = set(sacco_letto.payload_entries())
    for atteso in (
        "data/testo/testo-definitivo.pdf",
        "data/testo/testo-definitivo.akn.xml",
        "data/firme/accordo-firmato-comune-alfa.pdf.p7m",
        "data/quadro/quadro-degli-atti.pdf",
        "data/registro/registro.json",
        "data/metadati/metadati.xml",
    ):
        assert atteso in voci
    assert sum(v.startswith("data/atti/") for v in voci) == 2
    radice = tmp_path / "versamento-prova" / "data"
    assert json.loads((radice / "registro/verifica.json").read_text())["integro"] is True
    registro = json.loads((radice / "registro/registro.json").read_text())
    assert len(registro["voci"]) == aperta.accordo.eventi.count()
    xml = etree.parse(radice / "metadati/metadati.xml")
    impronte = {
        d.findtext("IdDoc/Identificativo"): d.findtext("IdDoc/ImprontaCrittograficaDelDocumento")
        for d in xml.iter("DocumentoInformatico")
    }
    soggetti = {soggetto.text for soggetto in xml.iter("Soggetto")}
    assert {"Comune di Alfa", "Provincia di Prova"} <= soggetti
    assert "Comune di Gamma" not in soggetti
    dati = json.loads((radice / "metadati/metadati.json").read_text())
    assert all(documento["data"] for documento in dati["documenti"])
    assert len(impronte) == len(voci) - 3, "all but the metadata, twice, and the first thing to read"
    for percorso, sha256 in impronte.items():
        assert impronta((tmp_path / "versamento-prova" / percorso).read_bytes()) == sha256


def test_versamento_uguale_byte_per_byte_e_un_byte_cambiato_si_vede(aperta, tmp_path):
    primo = versa(aperta.accordo)
    with orologio.fermo(orologio.adesso() + timedelta(days=40)):
        assert versa(aperta.accordo) == primo
    letto = spacchetta(primo, tmp_path)
    atto = next((tmp_path / "versamento-prova" / "data" / "atti").iterdir())
    atto.write_bytes(atto.read_bytes() + b" ")
    with pytest.raises(bagit.BagValidationError):
        letto.validate()


def test_il_sacco_copia_a_pezzi(tmp_path):
    """64 MB go through without ever being whole in memory."""
    tracemalloc.start()
    with (tmp_path / "grande.zip").open("wb") as uscita:
        pieno = sacco.Sacco("versamento-prova", uscita)
        pieno.metti("grande.pdf", (b"x" * 65536 for _ in range(1024)))
        with pytest.raises(ValueError, match="non ammesso"):
            pieno.metti("../fuori.pdf", [b""])
        pieno.chiudi({"Source-Organization": "Ente\nBag-Software-Agent: finto"}, date(2026, 3, 1))
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    tracemalloc.stop()
    with zipfile.ZipFile(tmp_path / "grande.zip") as pacco:
        pacco.extractall(tmp_path)
    letto = bagit.Bag(str(tmp_path / "versamento-prova"))
    letto.validate()
    assert "Bag-Software-Agent" not in letto.info


@pytest.mark.una_volta
def test_versamento_prende_verbali_e_relazione_come_furono_fissati(scena, tmp_path):
    """The approved minutes even if the meeting's items changed since; the report; what was sent, by fingerprint only."""
    from focusgroup import servizi as riunioni
    from focusgroup.models import Punto, Riunione, VersioneVerbale
    from questionari.models import Restituzione
    from tests.focusgroup import mani
    from tests.questionari import fabbriche as questionari

    questionari.apri(scena)
    invio = questionari.inviata(scena)
    pubblicata = {"pubblicata_il": orologio.adesso(), "pubblicata_da": scena.coordinatore}
    restituzione, _ = Restituzione.objects.update_or_create(accordo=scena.accordo, defaults=pubblicata)
    restituzione.relazione.save("relazione.pdf", ContentFile(b"%PDF-1.4 la relazione"))
    guida = scena.agente(scena.coordinatore)
    scena.porta_a("focus_group")
    letta = mani.in_lettura(scena)
    with orologio.fermo(orologio.adesso() + timedelta(days=8)):
        riunioni.approva_verbale(Riunione.objects.get(pk=letta.pk), da=guida)
    avvia(scena)
    primo = versa(scena.accordo)
    Punto.objects.update(verbale="Riscritto di nascosto.")
    assert versa(scena.accordo) == primo
    spacchetta(primo, tmp_path).validate()
    dati = tmp_path / "versamento-prova" / "data"
    assert (dati / "questionario/relazione-di-restituzione.pdf").read_bytes() == b"%PDF-1.4 la relazione"
    [riga] = json.loads((dati / "questionario/invii.json").read_text())["invii"]
    assert (riga["codice"], riga["impronta_risposte"]) == ("comune-alfa", invio.impronta)
    [cartella] = (dati / "verbali").iterdir()
    assert (
        impronta((cartella / "verbale.json").read_bytes())
        == VersioneVerbale.objects.get(approvata=True).impronta
    )
    testo = "".join(p.extract_text() for p in PdfReader(cartella / "verbale.pdf").pages)
    assert "Riscritto" not in testo
    assert "Comune di Alfa" in testo


def test_versamento_dal_comando_e_dalla_pagina(client, aperta, tmp_path):
    meta = tmp_path / "v.zip"
    call_command("versamento", "prova", output=meta)
    pagina = entra(client, aperta.coordinatore).get(url("versamento"))
    assert b"".join(pagina.streaming_content) == meta.read_bytes()
    with pytest.raises(CommandError, match="Non c'è un accordo"):
        call_command("versamento", "altro", output=meta)
    with pytest.raises(CommandError, match="Non riesco"):
        call_command("versamento", "prova", output=tmp_path / "manca" / "v.zip")


def test_versamento_prima_del_testo_definitivo(scena, tmp_path):
    with pytest.raises(CommandError, match="testo definitivo"):
        call_command("versamento", "prova", output=tmp_path / "v.zip")
    assert list(tmp_path.glob("*.zip*")) == []
