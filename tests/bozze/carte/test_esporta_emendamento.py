"""`esporta`: every version and every amendment as a file, and what comes out is valid and whole."""

import json
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from docx import Document
from pypdf import PdfReader

from bozze.testo.albero import Testo
from bozze.testo.operazioni import da_dati
from tests.bozze.emendamenti.fabbriche import aggiungi, cambia, emendamento, sopprimi, versione
from tests.bozze.testo.test_akn import valido

pytestmark = pytest.mark.una_volta


@pytest.fixture
def esporta(tmp_path):
    def fai(*argomenti):
        file = tmp_path / "uscita"
        call_command("esporta", "prova", *argomenti, "-o", str(file), verbosity=0)
        return file.read_bytes()

    return fai


def test_la_versione_torna_dal_json_ed_e_akn_valido(scena, esporta):
    prima = versione(scena)
    assert (
        Testo.da_dati(json.loads(esporta("--formato", "json", "--versione", "1"))).impronta == prima.impronta
    )
    valido(esporta("--formato", "akn"))
    assert Document(BytesIO(esporta("--formato", "docx"))).paragraphs


def test_ogni_emendamento_in_ogni_formato(scena, esporta):
    versione(scena)
    fatti = [
        emendamento(scena, cambia("ogni due anni", "ogni anno")),
        emendamento(scena, [*sopprimi("La partecipazione"), *cambia("due volte", "tre volte")], chi="altro"),
        emendamento(scena, aggiungi("La cabina si riunisce", "Un comma nuovo.")),
    ]
    for em in fatti:
        quale = ("--emendamento", em.sigla)
        valido(esporta(*quale, "--formato", "akn"))
        (voce,) = json.loads(esporta(*quale, "--formato", "json"))["emendamenti"]
        assert voce["numero"] == em.sigla
        assert [da_dati(o) for o in voce["operazioni"]] == [da_dati(o) for o in em.operazioni]
        parole = "\n".join(p.text for p in Document(BytesIO(esporta(*quale, "--formato", "docx"))).paragraphs)
        assert em.righe_disposto[0] in parole


def test_sulla_carta_stanno_le_parole_e_non_cio_che_si_dice_a_chi_ascolta(scena, esporta):
    versione(scena)
    em = emendamento(scena, cambia("ogni due anni", "ogni anno"))
    altro = emendamento(scena, cambia("ogni due anni", "ogni mese"), chi="altro")
    accantonato = {"stato": "accantonato", "a_causa_di": altro, "perche_accantonato": "È accolto un altro."}
    type(em).objects.filter(pk=em.pk).update(**accantonato)
    carta = PdfReader(BytesIO(esporta("--emendamento", em.sigla, "--formato", "pdf")))
    parole = " ".join(" ".join(pagina.extract_text().split()) for pagina in carta.pages)
    assert "ogni due anni" in parole
    assert "inizio parole" not in parole
    assert "Accantonato. È accolto un altro." in parole, "the paper says what the page says"


@pytest.mark.parametrize("sigla", ["9.9", "", "x", "1.", "1.²", "1.1.1.1"])
def test_un_numero_che_non_c_e_si_dice(scena, esporta, sigla):
    versione(scena)
    emendamento(scena, cambia("ogni due anni", "ogni anno"), presenta=False)
    with pytest.raises(CommandError):
        esporta("--emendamento", sigla or " ", "--formato", "akn")


def test_un_emendamento_non_e_un_foglio_di_calcolo(scena, esporta):
    versione(scena)
    with pytest.raises(CommandError, match="i formati sono: akn, docx, json, pdf"):
        esporta("--emendamento", "1.1", "--formato", "xlsx")
