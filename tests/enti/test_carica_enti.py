"""manage.py carica_enti: all or nothing, idempotent, quick."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accordo.enti import caricamento
from accordo.enti.caricamento import carica_enti
from accordo.enti.lettura_csv import COLONNE
from accordo.enti.models import Ambito, Ente, StatoEnte

LUCCA = Path(caricamento.__file__).parent / "dati" / "enti_lucca.csv"
pytestmark = pytest.mark.django_db


def test_carica_lucca_e_non_cambia_la_seconda_volta() -> None:
    esito = carica_enti(LUCCA.read_bytes())
    assert (len(esito.creati), len(esito.aggiornati), len(esito.invariati)) == (43, 0, 0)
    esito = carica_enti(LUCCA.read_bytes())
    assert (len(esito.creati), len(esito.aggiornati), len(esito.invariati)) == (0, 0, 43)
    assert Ente.objects.filter(stato=StatoEnte.ATTIVO).count() == 39
    assert list(Ambito.objects.values_list("nome", flat=True)) == [
        "Piana di Lucca", "Valle del Serchio", "Versilia", "Provincia", "Prefettura", "Regione",
    ]  # fmt: skip


def test_unione_e_successore_sono_due_cose() -> None:
    carica_enti(LUCCA.read_bytes())
    assert Ente.objects.get(codice="comune-pescaglia").unione == Ente.objects.get(
        codice="unione-media-valle-serchio"
    )
    assert Ente.objects.get(codice="comune-pescaglia").ambito.codice == "piana"
    cessata = Ente.objects.get(codice="cm-garfagnana")
    assert cessata.unione is None
    assert cessata.successore == Ente.objects.get(codice="unione-garfagnana")
    assert Ente.objects.get(codice="cm-area-lucchese").successore is None


def test_aggiorna_solo_quel_che_cambia() -> None:
    carica_enti(LUCCA.read_bytes())
    testo = (
        LUCCA.read_text()
        .replace(",9415,2023,", ",9500,2024,")
        .replace("cessato,unione-garfagnana", "attivo,")
    )
    esito = carica_enti(testo.encode())
    assert sorted(esito.aggiornati) == ["cm-garfagnana", "comune-barga"]
    assert Ente.objects.get(codice="comune-barga").popolazione == 9500
    assert Ente.objects.get(codice="cm-garfagnana").successore is None


def test_un_ente_cessa_e_riprende() -> None:
    """The successor is only of a ceased body: the database says so, in whatever order the rows come."""
    carica_enti(LUCCA.read_bytes())
    cessato = LUCCA.read_text().replace("attivo,unione-media-valle-serchio", "cessato,comune-lucca", 1)
    assert carica_enti(cessato.encode()).aggiornati == ["comune-bagni-di-lucca"]
    assert carica_enti(LUCCA.read_bytes()).aggiornati == ["comune-bagni-di-lucca"]


def test_il_nome_di_un_ambito_cambiato_a_mano_resta() -> None:
    carica_enti(LUCCA.read_bytes())
    Ambito.objects.filter(codice="piana").update(nome="La Piana")
    carica_enti(LUCCA.read_bytes())
    assert Ambito.objects.get(codice="piana").nome == "La Piana"


def test_con_un_errore_non_scrive_nulla(tmp_path) -> None:
    file = tmp_path / "enti.csv"
    file.write_text(LUCCA.read_text().replace("046003", "46003").replace("A241", "241"))
    errori = StringIO()
    with pytest.raises(CommandError, match="2 errori in enti"):
        call_command("carica_enti", str(file), stderr=errori)
    assert "riga 5: «codice_catastale»" in errori.getvalue()
    assert "riga 7: «codice_istat»" in errori.getvalue()
    assert not Ente.objects.exists()
    assert not Ambito.objects.exists()


def test_file_che_non_c_e(tmp_path) -> None:
    with pytest.raises(CommandError, match="Non riesco a leggere"):
        call_command("carica_enti", str(tmp_path / "nulla.csv"))


def _tanti(quanti: int, popolazione: int = 1000) -> bytes:
    righe = [",".join(COLONNE)]
    righe += [
        f"comune-{n},comune,Comune {n},{n:06d},{chr(65 + n // 1000)}{n % 1000:03d},,ambito-{n % 30},{popolazione},2024,Sindaco,attivo,,"
        for n in range(quanti)
    ]
    return "\n".join(righe).encode()


@pytest.mark.parametrize("quanti", [1, 2000])
def test_query_costanti(quanti: int, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(10):
        assert len(carica_enti(_tanti(quanti)).creati) == quanti
    with django_assert_max_num_queries(10):
        assert len(carica_enti(_tanti(quanti, 2000)).aggiornati) == quanti
