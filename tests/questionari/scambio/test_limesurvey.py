"""LimeSurvey: every type has its equivalent or its reason, in both layouts; nothing goes without a line."""

from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest

from questionari.scambio.importa import Importazione, importa
from questionari.scambio.limesurvey.sondaggio import TIPI
from questionari.scambio.limesurvey.tipi import CONVERTITORI
from questionari.scambio.rapporto import Esito, Genere, Rapporto
from tests.questionari.scambio.moduli import LSS_VERO, Sondaggio


def conto(rapporto: Rapporto, genere: Genere) -> int:
    return rapporto.quanti(genere)


def righe(importazione: Importazione, genere: Genere, nome: str = "") -> list[Any]:
    return [r for r in importazione.rapporto.righe if r.genere == genere and r.nome.startswith(nome)]


def domande(importazione: Importazione) -> dict[str, dict[str, Any]]:
    return {d["codice"]: d for s in importazione.dati["sezioni"] for d in s["domande"]}


# The real file, counted by other means than ours


@pytest.fixture(scope="module")
def vero() -> Importazione:
    return importa(LSS_VERO.read_bytes(), LSS_VERO.name)


def test_il_file_vero_ogni_elemento_ha_la_sua_riga(vero: Importazione) -> None:
    radice = ElementTree.parse(LSS_VERO).getroot()

    def distinti(tabella: str, *campi: str) -> int:
        return len({tuple(r.findtext(c) for c in campi) for r in radice.findall(f"{tabella}/rows/row")})

    rapporto = vero.rapporto
    assert conto(rapporto, Genere.GRUPPO) == distinti("groups", "gid") == 32
    assert conto(rapporto, Genere.DOMANDA) == distinti("questions", "qid") == 54
    assert conto(rapporto, Genere.SOTTODOMANDA) == distinti("subquestions", "qid") == 130
    assert conto(rapporto, Genere.OPZIONE) == distinti("answers", "qid", "code", "scale_id") == 155
    rilevanze = {
        r.findtext("qid")
        for r in radice.findall("questions/rows/row")
        if (r.findtext("relevance") or "1") not in ("", "1")
    }
    assert conto(rapporto, Genere.CONDIZIONE) == len(radice.findall("conditions/rows/row")) + len(rilevanze)
    attributi = len(radice.findall("question_attributes/rows/row"))
    impostazioni = sum(1 for c in radice.findall("surveys/rows/row/*") if (c.text or "").strip())
    assert conto(rapporto, Genere.IMPOSTAZIONE) == attributi + impostazioni
    assert sum(rapporto.totali().values()) == sum(r.quanti for r in rapporto.righe)
    assert all(r.motivo for r in rapporto.righe if r.esito != Esito.TENUTO)


def test_il_file_vero_e_in_italiano_e_senza_html(vero: Importazione) -> None:
    assert vero.dati["lingua"] == "it"
    testo = str(vero.dati)
    assert "<" not in testo
    assert "&nbsp;" not in testo
    per_codice = domande(vero)
    assert per_codice["QF1"]["testo"] == "Seleziona il tuo paese di residenza"
    assert per_codice["QF1"]["obbligatoria"] is True
    assert per_codice["Q6CARS"]["visibile_se"] == {
        "tutte": [
            {"domanda": "QF1", "operatore": "uguale", "valore": "A4"},
            {"domanda": "Q6", "operatore": "contiene", "valore": "1"},
        ]
    }
    assert Counter(d["tipo"] for d in per_codice.values()) == Counter(
        singola=25, multipla=9, blocco=5, testo=1, numero=1
    )


# Every type


PARTI: dict[str, dict[str, Any]] = {
    "1": {
        "sotto": ["r1=uno", "r2=due"],
        "risposte": ["1=poco", "2=molto"],
        "risposte2": ["1=mai", "2=sempre"],
    },
    **{key: {"sotto": ["r1=uno", "r2=due"]} for key in "ABCE"},
    **{
        key: {"sotto": ["r1=uno", "r2=due"], "risposte": ["A1=poco", "A2=molto", "A3=Non so"]} for key in "FH"
    },
    **{key: {"sotto": ["r1=uno", "r2=due"]} for key in "KQ"},
    **{key: {"risposte": ["a=uno", "b=due"]} for key in "LOWZ!"},
    **{key: {"sotto": ["a=uno", "b=due", "c=nessuno"]} for key in "MP"},
    "R": {"risposte": ["a=uno", "b=due", "c=tre"]},
    **{key: {"sotto": ["r1=uno", "r2=due"], "colonne": ["c1=alfa", "c2=beta"]} for key in ":;"},
}
ATTESI = {
    "1": ["matrice", "matrice"], "5": ["singola"], "A": ["matrice"], "B": ["matrice"], "C": ["matrice"], "D": ["data"],
    "E": ["matrice"], "F": ["matrice"], "G": ["singola"], "H": ["matrice"], "I": [], "K": ["numero"] * 2,
    "L": ["singola"], "M": ["multipla"], "N": ["numero"], "O": ["singola", "testo_lungo"],
    "P": ["multipla", "testo_lungo"], "Q": ["testo"] * 2, "R": ["graduatoria"], "S": ["testo"], "T": ["testo_lungo"],
    "U": ["testo_lungo"], "W": ["singola"], "X": ["blocco"], "Y": ["singola"], "Z": ["singola"], "!": ["singola"],
    ":": ["numero"] * 4, ";": ["testo"] * 4, "|": ["file"], "*": [],
}  # fmt: skip


def test_ogni_tipo_e_previsto() -> None:
    assert set(CONVERTITORI) == set(TIPI) == set(ATTESI)


@pytest.mark.parametrize("nuovo", [False, True])
@pytest.mark.parametrize("tipo", list(ATTESI))
def test_ogni_tipo(tipo: str, nuovo: bool) -> None:
    sondaggio = Sondaggio("en", "it", nuovo=nuovo).gruppo(1).domanda("S", "altra")
    sondaggio.domanda(tipo, "Q", **PARTI.get(tipo, {}))
    fatta = importa(sondaggio.file(versione=640 if nuovo else 360))
    trovate = [d["tipo"] for d in domande(fatta).values()]
    assert trovate == ["testo", *ATTESI[tipo]]
    assert conto(fatta.rapporto, Genere.DOMANDA) == 2
    parti = PARTI.get(tipo, {})
    assert conto(fatta.rapporto, Genere.SOTTODOMANDA) == len(parti.get("sotto", [])) + len(
        parti.get("colonne", [])
    )
    assert conto(fatta.rapporto, Genere.OPZIONE) == len(parti.get("risposte", [])) + len(
        parti.get("risposte2", [])
    )
    # the language: Italian, though the base is English
    assert fatta.dati["titolo"] == "Sondaggio it"
    assert all("[it]" in d["testo"] for d in domande(fatta).values())


def _una(tipo: str, **altro: Any) -> dict[str, Any]:
    fatta = importa(Sondaggio().gruppo(1).domanda(tipo, "Q", **PARTI.get(tipo, {}), **altro).file())
    return next(iter(domande(fatta).values()))


def test_attributi() -> None:
    assert _una("M", attributi={"max_answers": 2})["max_scelte"] == 2
    assert _una("M", attributi={"exclude_all_others": "c"})["esclusiva"] == "c"
    assert _una("M", other="Y")["consenti_altro"] is True
    assert _una("L", other="Y")["consenti_altro"] is True
    numero = _una(
        "N",
        attributi={
            "min_num_value_n": "1",
            "max_num_value_n": "9.5",
            "num_value_int_only": "1",
            "suffix": "€",
        },
    )
    assert (numero["min"], numero["max"], numero["unita"], "decimali" in numero) == (1, 9.5, "€", False)
    assert _una("S", attributi={"maximum_chars": "80"})["max_caratteri"] == 80
    assert _una("D", attributi={"date_min": "2020-01-01", "date_max": "2030"})["max"] == "2030-12-31"
    file = _una(
        "|", attributi={"allowed_filetypes": "PDF, .odt", "max_num_of_files": "3", "max_filesize": "1500"}
    )
    assert (file["estensioni"], file["max_file"], file["max_mb"]) == (["pdf", "odt"], 3, 2)
    assert _una("F")["consenti_non_so"] is True
    assert [g["valore"] for g in _una("F")["scala"]] == [1, 2]
    caselle = importa(
        Sondaggio().gruppo(1).domanda(":", "Q", attributi={"multiflexible_checkbox": 1}, **PARTI[":"]).file()
    )
    assert [d["tipo"] for d in domande(caselle).values()] == ["multipla", "multipla"]


def test_attributi_brutti_non_fermano() -> None:
    for valore in ("-1", "9" * 400, "1e999", "nan", "x", "²", ""):
        _una("N", attributi={"min_num_value_n": valore, "max_num_value_n": valore})
        _una("M", attributi={"max_answers": valore, "min_answers": valore})
        _una("D", attributi={"date_min": valore, "date_max": valore})
        _una("|", attributi={"max_filesize": valore, "max_num_of_files": valore})


# Conditions


def test_condizioni_di_ogni_forma() -> None:
    sondaggio = (
        Sondaggio()
        .gruppo(1)
        .gruppo(2, grelevance="q1 == 'a'")
        .domanda("L", "q1", risposte=["a=Sì", "b=No"])
        .domanda("M", "q2", sotto=["x=uno", "y=due"])
        .domanda("Q", "q3", sotto=["p=primo", "s=secondo"])
        .domanda("S", "t1", relevance='q2_x.NAOK == "Y" and q1.NAOK == "a"')
        .domanda("S", "t2", relevance='9X1X2y == "Y"')
        .domanda("S", "t3", relevance="!is_empty(q3_s)", mandatory="Y")
        .domanda("S", "t4", relevance="futura == 'a'", mandatory="Y")
        .domanda("S", "t5", relevance="t6 == '1'")
        .domanda("S", "t6", relevance="t5 == '1'")
        .domanda("S", "mai", relevance="0")
        .domanda("S", "t7", relevance="mai == '1' or q1 == 'a'")
        .domanda("L", "futura", gid=2, risposte=["a=Sì", "b=No"], relevance="q1 == 'b' or q1 == 'a'")
    )
    fatta = importa(sondaggio.file())
    d = domande(fatta)
    assert d["t1"]["visibile_se"] == {
        "tutte": [
            {"domanda": "q2", "operatore": "contiene", "valore": "x"},
            {"domanda": "q1", "operatore": "uguale", "valore": "a"},
        ]
    }
    assert d["t2"]["visibile_se"] == {"domanda": "q2", "operatore": "contiene", "valore": "y"}
    assert d["t3"]["visibile_se"] == {"domanda": "q3-s", "operatore": "risposto"}
    assert d["t3"]["obbligatoria"] is True
    assert "visibile_se" not in d["t4"]
    assert "obbligatoria" not in d["t4"]
    assert "viene dopo" in righe(fatta, Genere.CONDIZIONE, "t4")[0].motivo
    assert "facoltativa" in righe(fatta, Genere.DOMANDA, "t4")[0].motivo
    assert "viene dopo" in righe(fatta, Genere.CONDIZIONE, "t5")[0].motivo
    assert d["t6"]["visibile_se"] == {"domanda": "t5", "operatore": "uguale", "valore": "1"}
    assert "mai" not in d
    assert "lasciata fuori" in righe(fatta, Genere.CONDIZIONE, "t7")[0].motivo
    # the group's condition goes to its questions
    assert d["futura"]["visibile_se"]["tutte"][0] == {"domanda": "q1", "operatore": "uguale", "valore": "a"}


def test_le_vecchie_regole_senza_rilevanza() -> None:
    sondaggio = (
        Sondaggio().gruppo(1).domanda("L", "q1", risposte=["a=Sì", "b=No"]).domanda("S", "t1", relevance="")
    )
    for valore in ("a", "b"):
        sondaggio.tabelle["conditions"].append(
            {
                "cid": valore,
                "qid": 2,
                "cqid": 1,
                "cfieldname": "9X1X1",
                "method": "==",
                "value": valore,
                "scenario": 1,
            }
        )
    fatta = importa(sondaggio.file(versione=145))
    assert domande(fatta)["t1"]["visibile_se"] == {
        "almeno_una": [{"domanda": "q1", "operatore": "uguale", "valore": v} for v in "ab"]
    }
    assert conto(fatta.rapporto, Genere.CONDIZIONE) == 2


def test_una_condizione_troppo_lunga_si_lascia_fuori() -> None:
    lunga = " or ".join(f"n == {i}" for i in range(80))
    fatta = importa(Sondaggio().gruppo(1).domanda("N", "n").domanda("S", "t", relevance=lunga).file())
    assert "visibile_se" not in domande(fatta)["t"]
    assert "troppo lunga" in righe(fatta, Genere.CONDIZIONE, "t")[0].motivo


# Codes, languages


def test_codici_doppi_e_brutti() -> None:
    sondaggio = Sondaggio().gruppo(1)
    for titolo in ("Q1", "Q1", "è così", "", "_x", "x" * 80):
        sondaggio.domanda("S", titolo)
    fatta = importa(sondaggio.file())
    assert list(domande(fatta)) == ["Q1", "Q1-2", "e-cosi", "Q4", "x", "x" * 50]
    assert "«Q1» diventa «Q1-2»" in righe(fatta, Genere.DOMANDA, "Q1")[1].motivo
    assert "«è così»" in righe(fatta, Genere.DOMANDA, "è così")[0].motivo


def test_senza_italiano_vale_la_lingua_di_base() -> None:
    fatta = importa(Sondaggio("de", "fr").gruppo(1).domanda("S", "Q").file())
    assert fatta.dati["lingua"] == "de"
    assert [r.nome for r in righe(fatta, Genere.LINGUA) if r.esito == Esito.ESCLUSO] == ["fr"]


def test_un_testo_che_manca_si_prende_altrove() -> None:
    sondaggio = Sondaggio("en", "it").gruppo(1).domanda("S", "Q")
    sondaggio.tabelle["questions"][1]["question"] = ""
    fatta = importa(sondaggio.file())
    assert domande(fatta)["Q"]["testo"] == "Che cosa?"
    assert "manca in «it»" in righe(fatta, Genere.DOMANDA, "Q")[0].motivo


# Broken


@pytest.mark.parametrize(
    ("sondaggio", "parole"),
    [
        (Sondaggio().gruppo(1).domanda("%", "Q"), "tipo sconosciuto: «%»"),
        (Sondaggio().gruppo(1).domanda("S", "Q", gid=7), "gruppo (7) che non c'è"),
        (Sondaggio().gruppo(1).domanda("S", "Q", parent_qid=99), "nessuna domanda|domanda (99) che non c'è"),
        (Sondaggio().gruppo(1), "nessuna domanda"),
        (Sondaggio().gruppo(1).domanda("X", "Q"), "nessuna domanda a cui"),
    ],
)
def test_file_rovinati(sondaggio: Sondaggio, parole: str) -> None:
    from questionari.scambio.limiti import FileRifiutato

    with pytest.raises(FileRifiutato) as rifiuto:
        importa(sondaggio.file())
    detto = " ".join([rifiuto.value.testo, *map(str, rifiuto.value.mancanze)])
    assert any(parola in detto for parola in parole.split("|"))
