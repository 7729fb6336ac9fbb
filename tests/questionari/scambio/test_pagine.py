"""Import and export in the browser and from the shell: nothing is written before it is confirmed."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accordo.enti.models import Utente
from accordo.iter.models import Evento
from questionari import servizi
from questionari.models import Questionario
from questionari.scambio.importa import importa
from tests.questionari import fabbriche
from tests.questionari.scambio.moduli import LSS_VERO, XLSX_VERO, Sondaggio, modulo
from tests.questionari.strategie import DATI
from tests.scena import Scena

pytestmark = pytest.mark.django_db
IMPORTA = reverse("questionari:importa", args=["prova"])


def _di(utente: Utente) -> Client:
    client = Client()
    client.force_login(utente)
    return client


def _carica(client: Client, contenuto: bytes, nome: str) -> Any:
    return client.post(IMPORTA, {"file": SimpleUploadedFile(nome, contenuto)})


def _sigillo(pagina: Any) -> str:
    trovato = re.search(r'name="conferma" value="([^"]+)"', pagina.text)
    assert trovato
    return trovato[1]


def test_dal_file_alla_bozza(scena: Scena) -> None:
    client = _di(scena.coordinatore)
    eventi = Evento.objects.count()
    pagina = _carica(client, LSS_VERO.read_bytes(), LSS_VERO.name)
    assert pagina.status_code == 200
    assert "Non è ancora stato scritto nulla" in pagina.text
    assert "Lasciato fuori" in pagina.text
    assert "è nascosta a chi risponde" in pagina.text
    assert "Seleziona il tuo paese di residenza" in pagina.text
    assert not Questionario.objects.exists()
    assert Evento.objects.count() == eventi
    assert "questionari" not in str(dict(client.session))
    sigillo = _sigillo(pagina)
    for _ in range(2):  # twice, as with a double click
        assert client.post(IMPORTA, {"conferma": sigillo}).status_code == 302
    questionario = Questionario.objects.get()
    assert questionario.stato == "bozza"
    assert len(questionario.struttura.per_codice) == 41
    evento = Evento.objects.get(verbo="importa_questionario")
    assert evento.dati["formato"] == "LimeSurvey"
    assert evento.dati["file"] == LSS_VERO.name


def test_sostituisce_la_bozza_ma_non_quella_che_intanto_e_cambiata(scena: Scena) -> None:
    servizi.carica_questionario(scena.accordo, DATI)
    client = _di(scena.coordinatore)
    pagina = _carica(client, XLSX_VERO.read_bytes(), "m.xlsx")
    assert "prende il suo posto" in pagina.text
    servizi.carica_questionario(scena.accordo, DATI | {"titolo": "Cambiato da una collega"})
    risposta = client.post(IMPORTA, {"conferma": _sigillo(pagina)})
    assert risposta.status_code == 409
    assert "bozza è cambiata" in risposta.text
    assert Questionario.objects.get().titolo == "Cambiato da una collega"


def test_un_questionario_aperto_non_si_tocca(scena: Scena) -> None:
    fabbriche.apri(scena)
    client = _di(scena.coordinatore)
    assert "comincia una correzione" in client.get(IMPORTA).text
    prima = Questionario.objects.get().impronta
    assert _carica(client, XLSX_VERO.read_bytes(), "m.xlsx").status_code == 422
    with pytest.raises(CommandError, match="comincia una correzione"):
        call_command("importa_questionario", str(XLSX_VERO), accordo="prova", stdout=StringIO())
    assert Questionario.objects.get().impronta == prima


@pytest.mark.parametrize("sigillo", ["", "x", "a:b:c"])
def test_una_conferma_falsa_non_scrive(scena: Scena, sigillo: str) -> None:
    risposta = _di(scena.coordinatore).post(IMPORTA, {"conferma": sigillo})
    assert risposta.status_code == 409
    assert not Questionario.objects.exists()


def test_la_conferma_di_un_altra_persona_non_vale(scena: Scena) -> None:
    pagina = _carica(_di(scena.coordinatore), XLSX_VERO.read_bytes(), "m.xlsx")
    assert _di(scena.referente).post(IMPORTA, {"conferma": _sigillo(pagina)}).status_code == 404
    assert not Questionario.objects.exists()


def test_un_file_rifiutato_dice_perche(scena: Scena) -> None:
    client = _di(scena.coordinatore)
    rotto = _carica(client, LSS_VERO.read_bytes()[:20_000], "rotto.lss")
    assert rotto.status_code == 422
    assert "interrotto o rovinato" in rotto.text
    ignoto = _carica(client, modulo({"type": "boh", "name": "a", "label": "x"}), "m.xlsx")
    assert "Unknown question type" in ignoto.text
    assert _carica(client, b"", "v.json").status_code == 422
    grande = _carica(client, b"{" + b" " * 50_000_000, "g.json")
    assert "supera 10 MB" in grande.text


def test_i_testi_di_fuori_non_diventano_html(scena: Scena) -> None:
    brutto = "<script>alert(1)</script>Nome & \"cognome\" 'x'"
    pagina = _carica(
        _di(scena.coordinatore),
        Sondaggio().gruppo(1).domanda("S", "Q1", brutto).domanda("S", "<b>", "y").file(),
        "<i>.lss",
    )
    assert "<script>alert" not in pagina.text
    assert "Nome &amp; " in pagina.text
    assert "<i>.lss" not in pagina.text


@pytest.mark.parametrize("formato", ["json", "xlsform"])
def test_esportare(scena: Scena, formato: str) -> None:
    client = _di(scena.coordinatore)
    indirizzo = reverse("questionari:esporta", args=["prova", formato])
    assert client.get(indirizzo).status_code == 404
    servizi.carica_questionario(scena.accordo, DATI)
    risposta = client.get(indirizzo)
    assert "attachment" in risposta["Content-Disposition"]
    assert risposta["Cache-Control"] == "private, no-store"
    tornato = importa(risposta.content)
    assert tornato.definizione == Questionario.objects.get().struttura
    assert client.get(indirizzo + "?versione=1").content[:2] == risposta.content[:2]
    for versione in ("9", "x", "-1", "99999999999"):
        assert client.get(f"{indirizzo}?versione={versione}").status_code == 404
    assert client.get(reverse("questionari:esporta", args=["prova", "csv"])).status_code == 404


# From the shell


def _comando(*args: str, **opzioni: Any) -> str:
    uscita = StringIO()
    call_command("importa_questionario", *args, stdout=uscita, **opzioni)
    return uscita.getvalue()


def test_il_comando_in_prova_non_scrive(scena: Scena) -> None:
    detto = _comando(str(LSS_VERO), prova=True)
    assert "Domande: 40 tenuti, 1 cambiati, 13 lasciati fuori" in detto
    assert "non è stato scritto nulla" in detto
    assert not Questionario.objects.exists()


def test_il_comando_in_json(scena: Scena) -> None:
    letto = json.loads(_comando(str(XLSX_VERO), accordo="prova", json=True))
    assert letto["scritto"] is True
    assert letto["impronta"] == Questionario.objects.get().impronta
    assert sum(letto["totali"].values()) == sum(riga["quanti"] for riga in letto["righe"])


def test_il_comando_finisce_con_1_se_il_file_e_rifiutato(tmp_path: Path) -> None:
    rotto = tmp_path / "rotto.lss"
    rotto.write_bytes(b"<document>")
    with pytest.raises(CommandError, match="interrotto"):
        _comando(str(rotto), prova=True)
    uscita = StringIO()
    with pytest.raises(SystemExit) as fine:
        call_command("importa_questionario", str(rotto), prova=True, json=True, stdout=uscita)
    assert fine.value.code == 1
    assert "interrotto" in json.loads(uscita.getvalue())["rifiutato"]
    with pytest.raises(CommandError):
        _comando(str(tmp_path / "manca.json"), prova=True)
    with pytest.raises(CommandError, match="quale accordo"):
        _comando(str(XLSX_VERO))


@pytest.mark.parametrize("formato", ["json", "xlsform"])
def test_il_comando_che_esporta(scena: Scena, tmp_path: Path, formato: str) -> None:
    file = tmp_path / "uscita"
    with pytest.raises(CommandError):
        call_command("esporta_questionario", "prova", formato=formato, uscita=file, stdout=StringIO())
    questionario = servizi.carica_questionario(scena.accordo, DATI)
    call_command("esporta_questionario", "prova", formato=formato, uscita=file, stdout=StringIO())
    assert importa(file.read_bytes()).definizione == questionario.struttura
    with pytest.raises(CommandError):
        call_command("esporta_questionario", "prova", uscita=tmp_path / "no" / "x", stdout=StringIO())
