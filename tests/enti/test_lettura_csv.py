"""The CSV of bodies: whatever is wrong is found, with its line; whatever is hostile is refused with words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordo.enti import lettura_csv
from accordo.enti.lettura_csv import COLONNE, Noto, leggi

LUCCA = Path(lettura_csv.__file__).parent / "dati" / "enti_lucca.csv"
TESTATA = ",".join(COLONNE)
BARGA = "comune-barga,comune,Comune di Barga,046003,A657,,valle-del-serchio,9415,2023,Sindaco,attivo,,"


def csv(*righe: str) -> bytes:
    return "\n".join((TESTATA, *righe)).encode()


def errori(contenuto: bytes, **altro) -> list[str]:
    return [str(e) for e in leggi(contenuto, anno=2026, **altro).errori]


def test_il_file_di_lucca_e_giusto() -> None:
    lettura = leggi(LUCCA.read_bytes(), anno=2026)
    assert not lettura.errori
    assert len(lettura.righe) == 43


@pytest.mark.parametrize(
    ("contenuto", "parole"),
    [
        (b"", "vuoto"),
        (b"  \n \r\n", "vuoto"),
        (b"\xef\xbb\xbf", "vuoto"),
        (b"PK\x03\x04\x00\x00", "non è un testo"),
        (TESTATA.encode(), "solo l'intestazione"),
        ("citt\u00e0".encode("latin-1"), "UTF-8"),
        (b'codice,"tipo', "CSV leggibile"),
        (b"codice,tipo\na,b", "mancano le colonne: denominazione"),
        ((TESTATA + ",colore").encode(), "colonne non previste: colore"),
        ((TESTATA + ",note").encode(), "colonne ripetute: note"),
        (b"x" * (lettura_csv.MAX_BYTE + 1), "20 MB"),
        ((TESTATA + "\n" + "a" * 200_000).encode(), "CSV leggibile"),
    ],
)
def test_file_che_non_vanno(contenuto: bytes, parole: str) -> None:
    assert parole in errori(contenuto)[0]


@pytest.mark.parametrize(
    ("da", "a", "parole"),
    [
        ("comune-barga,", ",", "manca «codice»"),
        ("comune-barga", "Comune Barga", "ammesse solo minuscole"),
        (",comune,", ",comunello,", "«tipo» vale «comunello»"),
        ("046003", "46003", "servono 6 cifre"),
        ("046003", "", "manca «codice_istat»"),
        ("A657", "a657", "una maiuscola e tre cifre"),
        ("A657,", "A657,è,", "«codice_ipa»"),
        ("valle-del-serchio", "", "manca «ambito»"),
        ("9415", "9.415", "con le sole cifre"),
        ("9415", "-1", "con le sole cifre"),
        ("2023", "", "manca «popolazione_anno»"),
        ("9415,2023", ",2023", "manca «popolazione»"),
        ("2023", "2027", "fra 1861 e 2026"),
        ("2023", "1200", "fra 1861 e 2026"),
        ("Sindaco", "", "manca «titolo_rappresentante»"),
        ("attivo", "chiuso", "«stato» vale «chiuso»"),
        ("attivo,,", "attivo,unione-che-non-c-e,", "non c'è fra gli enti"),
        ("attivo,,", "attivo,comune-barga,", "l'ente stesso"),
        ("Comune di Barga", "Comune\x07", "non stampabili"),
        ("Comune di Barga", "C" * 201, "supera i 200"),
        (",attivo,,", ",attivo", "ha 11 campi invece di 13"),
    ],
)
def test_riga_sbagliata(da: str, a: str, parole: str) -> None:
    contenuto = csv(BARGA.replace(da, a, 1).replace(",è,,", ",è,"))
    trovati = errori(contenuto)
    assert any(parole in e for e in trovati), trovati
    assert all(e.startswith("riga 2:") for e in trovati)


def test_dice_tutti_gli_errori_con_la_riga() -> None:
    trovati = errori(csv(BARGA, "x y,comune,Nome,1,A,,piana,,,Sindaco,attivo,,", "", BARGA))
    assert [e.split(":")[0] for e in trovati] == ["riga 3"] * 3 + ["riga 5"] * 3


def test_la_riga_e_quella_del_file_anche_con_un_a_capo_fra_virgolette() -> None:
    trovati = errori(csv(BARGA + '"nota\nsu due righe"', BARGA.replace("A657", "zz")))
    assert trovati[0].startswith("riga 4:")


def test_riferimenti_e_successori() -> None:
    unione = "unione-a,unione_comuni,Unione A,,,,piana,,,Presidente,attivo,,"
    cessata = "cm-a,comunita_montana,CM A,,,,piana,,,Presidente,cessato,{},"
    dentro = BARGA.replace("attivo,,", "attivo,{},")
    assert not errori(csv(unione, cessata.format("unione-a"), dentro.format("unione-a")))
    assert "ente cessato" in errori(csv(unione, cessata.format(""), dentro.format("cm-a")))[0]
    assert (
        "non è un'unione"
        in errori(
            csv(
                dentro.format("altro"),
                BARGA.replace("comune-barga", "altro").replace("046003", "046004").replace("A657", "A658"),
            )
        )[0]
    )
    assert "solo un comune" in errori(csv(unione.replace("attivo,,", "attivo,cm-a,"), cessata.format("")))[0]
    altra = cessata.replace("cm-a", "cm-b")
    assert sum("in cerchio" in e for e in errori(csv(cessata.format("cm-b"), altra.format("cm-a")))) == 2


def test_codici_di_chi_e_gia_nel_portale() -> None:
    noto = Noto("comune-vecchio", "comune", "attivo", "046003", "", "")
    assert "è già di comune-vecchio" in errori(csv(BARGA), noti=[noto])[0]
    assert not errori(csv(BARGA), noti=[Noto("comune-barga", "comune", "attivo", "046003", "A657", "")])


def test_bom_punto_e_virgola_e_fine_riga_di_windows() -> None:
    contenuto = b"\xef\xbb\xbf" + csv(BARGA).replace(b",", b";").replace(b"\n", b"\r\n")
    lettura = leggi(contenuto, anno=2026)
    assert not lettura.errori
    assert lettura.righe[0].denominazione == "Comune di Barga"


@given(st.binary(max_size=400))
def test_nessun_file_lo_fa_cadere(contenuto: bytes) -> None:
    assert leggi(contenuto, anno=2026).errori


@given(st.text(max_size=300))
def test_nessuna_riga_lo_fa_cadere(testo: str) -> None:
    leggi((TESTATA + "\n" + BARGA + "\n" + testo).encode("utf-8", "surrogatepass"), anno=2026)


@pytest.mark.parametrize(
    ("codice", "nome"),
    [("piana", "Piana di Lucca"), ("valle-del-serchio", "Valle del Serchio"), ("versilia", "Versilia")],
)
def test_nome_ambito(codice: str, nome: str) -> None:
    assert lettura_csv.nome_ambito(codice) == nome
