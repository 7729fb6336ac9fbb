"""Annexes of the text that are files, and acts in an envelope of signature: handed over, published, deposited."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accordo.approvazione import servizi
from accordo.approvazione.dossier import carte
from accordo.approvazione.firma_di_prova import firma_p7m
from accordo.approvazione.versamento.pacchetto import scrivi_versamento
from bozze.models import DocumentoAllegato, Versione
from bozze.testo.albero import Documento, Tipo
from tests.approvazione import fabbriche
from tests.approvazione.fabbriche import PDF, di, file_pdf, registra

FOGLIO = b"PK\x03\x04 le risorse"
CODICE = "5f0c1d6e-30a5-4a57-8f0f-0d8a3d4c9b11"
IMPRONTA = hashlib.sha256(FOGLIO).hexdigest()


@pytest.fixture
def aperta(scena):
    """Phase 8 on a text whose annex B is a spreadsheet; Alfa's act came as .pdf.p7m."""
    documento = Documento("Quadro delle risorse.xlsx", len(FOGLIO), IMPRONTA)
    conservato = DocumentoAllegato(
        accordo=scena.accordo, impronta=IMPRONTA, nome=documento.nome, byte=documento.byte,
        caricato_da=scena.coordinatore,
    )  # fmt: skip
    conservato.file.save("foglio.xlsx", ContentFile(FOGLIO), save=False)
    conservato.save()
    base = fabbriche.testo()
    *altre, ultima = base.radici
    assert ultima.tipo is Tipo.ALLEGATO
    albero = replace(base, radici=(*altre, replace(ultima, id=CODICE, figli=(), documento=documento)))
    Versione.objects.create(
        accordo=scena.accordo, numero=1, definitiva=True, testo=albero.in_dati(), impronta=albero.impronta
    )
    scena.porta_a("approvazione")
    servizi.avvia_approvazione(scena.accordo, da=scena.agente(scena.coordinatore))
    registra(
        di(scena.ente_a),
        scena.agente(scena.referente),
        file=file_pdf("delibera 12.pdf.P7M", firma_p7m(PDF, "Segretario Comunale")),
    )
    registra(di(scena.ente_b), scena.agente(scena.rappresentante_altro))
    return scena


def _versato(scena) -> zipfile.ZipFile:
    uscita = io.BytesIO()
    scrivi_versamento(scena.accordo, uscita)
    return zipfile.ZipFile(uscita)


def test_l_allegato_sta_nel_fascicolo_nelle_pagine_e_nel_versamento(client, aperta):
    nome = "allegato-b-quadro-delle-risorse.xlsx"
    with zipfile.ZipFile(io.BytesIO(carte.archivio(di(aperta.ente_a)))) as pacco:
        assert pacco.read(f"1-{nome}") == FOGLIO
    client.force_login(aperta.rappresentante)
    for pagina in (
        reverse("approvazione:dossier", args=["prova", "comune-alfa"]),
        reverse("approvazione:documenti", args=["prova"]),
    ):
        contenuto = client.get(pagina).content.decode()
        assert "Quadro delle risorse.xlsx" in contenuto
        assert f"{IMPRONTA[:8]}…{IMPRONTA[-8:]}" in contenuto
    scarica = reverse("bozze:documento", args=["prova", 1, CODICE])
    assert b"".join(client.get(scarica).streaming_content) == FOGLIO
    client.logout()
    assert client.get(scarica).status_code == 404, "not public before it is signed"
    aperta.porta_a("sottoscritto")
    assert client.get(scarica).status_code == 200
    assert scarica in client.get(reverse("cruscotto:accordo", args=["prova"])).content.decode()
    pacco = _versato(aperta)
    base = "versamento-prova/data"
    assert pacco.read(f"{base}/testo/allegati/{nome}") == FOGLIO
    impronta = di(aperta.ente_a).documento.impronta_testo
    assert hashlib.sha256(pacco.read(f"{base}/testo/testo-definitivo.json")).hexdigest() == impronta
    leggimi = pacco.read(f"{base}/LEGGIMI.txt").decode()
    assert "testo/ (4)" in leggimi
    assert impronta in leggimi


def test_un_atto_in_busta_resta_in_busta(client, aperta):
    atto = di(aperta.ente_a).atto
    assert atto.file.name.endswith(".pdf.p7m")
    client.force_login(aperta.referente)
    assert (
        "Scarica l’atto (PDF firmato, .p7m)"
        in client.get(di(aperta.ente_a).get_absolute_url()).content.decode()
    )
    risposta = client.get(reverse("approvazione:atto_file", args=["prova", "comune-alfa", atto.pk]))
    assert risposta["Content-Disposition"].endswith('.pdf.p7m"')
    pacco = _versato(aperta)
    dati = json.loads(pacco.read("versamento-prova/data/metadati/metadati.json"))
    firmati = {
        voce["percorso"].rpartition("/")[2].partition("-2026")[0]: voce["firmato_digitalmente"]
        for voce in dati["documenti"]
        if voce["percorso"].startswith("data/atti/")
    }
    assert firmati == {"comune-alfa": True, "comune-beta": False}


@pytest.mark.parametrize(("nome", "contenuto", "esito"), [
    ("atto.pdf.p7m", b"\x30\x80finta", 302),
    ("atto.p7m", b"non e' una busta", 422),
    ("atto.docx", b"PK\x03\x04", 422),
])  # fmt: skip
def test_il_modulo_dell_atto_prende_pdf_e_buste(client, aperta, nome, contenuto, esito):
    client.force_login(aperta.rappresentante_altro)
    dati = {
        "organo": "Giunta", "tipo": "deliberazione", "numero": "3", "data_atto": "2026-03-02", "motivazione": "Errore.",
        "versione": di(aperta.ente_b).documento.impronta_testo, "file": file_pdf(nome, contenuto),
    }  # fmt: skip
    risposta = client.post(reverse("approvazione:atto", args=["prova", "comune-beta"]), dati)
    assert risposta.status_code == esito


@pytest.mark.parametrize(
    ("cercata", "cosa"),
    [
        (IMPRONTA, "Allegato B del testo definitivo: «Quadro delle risorse.xlsx», uguale byte per byte"),
        (hashlib.sha256(PDF).hexdigest(), "L’atto di Comune di Beta: Deliberazione n. 12"),
    ],
)
def test_la_verifica_conosce_gli_allegati_e_gli_atti(client, aperta, cercata, cosa):
    pagina = client.get(reverse("approvazione:verifica", args=["prova"]), {"impronta": cercata})
    assert cosa in pagina.content.decode()


@pytest.mark.parametrize("puntini", [" … ", "...", "…", " - "])
def test_basta_l_impronta_in_fondo_a_ogni_pagina(client, aperta, puntini):
    intera = di(aperta.ente_a).documento.impronta_testo
    indirizzo = reverse("approvazione:verifica", args=["prova"])
    pagina = client.get(indirizzo, {"impronta": f"{intera[:8]}{puntini}{intera[-8:]}"}).content.decode()
    assert "Sì, è un documento di questo accordo" in pagina
    altra = client.get(indirizzo, {"impronta": f"{intera[:8]}{puntini}{'0' * 8}"}).content.decode()
    assert "Non è un documento di questo accordo" in altra
    assert client.get(indirizzo, {"impronta": f"{intera[:8]}{puntini}{intera[-7:]}"}).status_code == 422
