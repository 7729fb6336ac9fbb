"""XLSForm: groups, tables, limits, conditions and languages as others write them."""

from collections import Counter
from typing import Any

import pytest
from openpyxl import load_workbook

from questionari.scambio.importa import Importazione, importa
from questionari.scambio.limiti import FileRifiutato
from questionari.scambio.rapporto import Esito, Genere
from tests.questionari.scambio.moduli import XLSX_VERO, modulo, xlsx


def domande(importazione: Importazione) -> dict[str, dict[str, Any]]:
    return {d["codice"]: d for s in importazione.dati["sezioni"] for d in s["domande"]}


def riga(importazione: Importazione, genere: Genere, nome: str) -> Any:
    return next(r for r in importazione.rapporto.righe if r.genere == genere and r.nome == nome)


def fai(*survey: dict[str, object], **altro: Any) -> Importazione:
    return importa(modulo(*survey, **altro))


def r(tipo: str, nome: str = "", label: object = "Che cosa?", **altro: object) -> dict[str, object]:
    return {"type": tipo, "name": nome, "label": label} | altro


def test_il_file_vero_ogni_riga_ha_la_sua() -> None:
    libro = load_workbook(XLSX_VERO)
    survey = [[c.value for c in riga] for riga in libro["survey"].iter_rows(min_row=2)]
    tipi = Counter(str(s[0]).split()[0] for s in survey if s[0])
    scelte = sum(1 for s in libro["choices"].iter_rows(min_row=2, values_only=True) if s[0])
    fatta = importa(XLSX_VERO.read_bytes(), XLSX_VERO.name)
    rapporto = fatta.rapporto
    assert rapporto.quanti(Genere.GRUPPO) == tipi.pop("begin_group") == tipi.pop("end_group") == 9
    assert rapporto.quanti(Genere.DOMANDA) == tipi.total() == 42
    assert rapporto.quanti(Genere.OPZIONE) == scelte == 97
    testa = [c.value for c in next(libro["survey"].iter_rows())]
    for colonna, genere in (("relevant", Genere.CONDIZIONE), ("constraint", Genere.VINCOLO)):
        assert rapporto.quanti(genere) == sum(1 for s in survey if s[testa.index(colonna)])
    assert sum(rapporto.totali().values()) == sum(x.quanti for x in rapporto.righe)
    assert all(x.motivo for x in rapporto.righe if x.esito != Esito.TENUTO)
    assert fatta.dati["lingua"] == "de"
    assert "**" not in str(fatta.dati)
    assert domande(fatta)["gesetz_veraenderung_text"]["visibile_se"]["tutte"]


@pytest.mark.parametrize(
    ("tipo", "atteso"),
    [
        ("text", "testo"), ("integer", "numero"), ("int", "numero"), ("decimal", "numero"), ("range", "numero"),
        ("date", "data"), ("dateTime", "data"), ("time", "testo"), ("select_one s", "singola"),
        ("select_multiple s", "multipla"), ("select one from s", "singola"), ("select_one s or_other", "singola"),
        ("rank s", "graduatoria"), ("image", "file"), ("file", "file"), ("audio", "file"), ("acknowledge", "singola"),
        ("note", "blocco"), ("barcode", ""), ("geopoint", ""), ("geotrace", ""), ("calculate", ""), ("hidden", ""),
        ("start", ""), ("end", ""), ("today", ""), ("deviceid", ""), ("username", ""), ("audit", ""), ("select_one_from_file x.csv", ""),
    ],
)  # fmt: skip
def test_ogni_tipo(tipo: str, atteso: str) -> None:
    nome = "audit" if tipo == "audit" else "q"
    altro = {"calculation": "1"} if tipo in ("calculate", "hidden") else {}
    fatta = fai(r("text", "altra"), r(tipo, nome, **altro), scelte="s: a=Uno, b=Due")
    trovate = [d["tipo"] for d in domande(fatta).values()]
    assert trovate == ["testo", *([atteso] if atteso else [])]
    assert fatta.rapporto.quanti(Genere.DOMANDA) == 2
    if not atteso:
        assert riga(fatta, Genere.DOMANDA, nome).motivo


def test_le_parti_di_una_domanda() -> None:
    fatta = fai(
        r("text", "t", "Testo **forte** e <b>html</b>", hint="Aiuto", required="yes", appearance="multiline", constraint="string-length(.) < 81"),
        r("integer", "n", constraint=". > 0 and . <= 10 and . != 5"),
        r("select_multiple s", "m", constraint="count-selected(.) <= 2 and not(selected(., 'c') and count-selected(.) > 1)"),
        r("date", "d", constraint=". >= date('2026-01-01')"),
        r("range", "r", parameters="start=0 end=5 step=0.5"),
        r("text", "x", constraint="regex(., '(a+)+$')", required="${n} > 3"),
        scelte="s: a=Uno, b=Due, c=Nessuno",
    )  # fmt: skip
    d = domande(fatta)
    assert d["t"] == {
        "codice": "t", "tipo": "testo_lungo", "testo": "Testo forte e html", "aiuto": "Aiuto", "obbligatoria": True, "max_caratteri": 80,
    }  # fmt: skip
    assert (d["n"]["min"], d["n"]["max"]) == (1, 10)
    assert riga(fatta, Genere.VINCOLO, "n").esito == Esito.CAMBIATO
    assert (d["m"]["max_scelte"], d["m"]["esclusiva"]) == (2, "c")
    assert d["d"]["min"] == "2026-01-01"
    assert (d["r"]["min"], d["r"]["max"], d["r"]["decimali"]) == (0, 5, 1)
    assert riga(fatta, Genere.VINCOLO, "x").esito == Esito.ESCLUSO
    assert "obbligatoria solo in certi casi" in riga(fatta, Genere.DOMANDA, "x").motivo


SCALA = "g: 1=Poco, 2=Molto, 99=Non so; p: basso=Basso, alto=Alto"


def test_tabelle_di_ogni_forma() -> None:
    fatta = fai(
        r("begin group", "g1", "Sezione"),
        r("text", "prima"),
        r("begin_group", "tab", "Quanto?", appearance="table-list", relevant="${prima} = 'si'"),
        r("select_one g", "r1", "Uno", required="true"),
        r("select_one g", "r2", "Due", required="yes"),
        r("end_group"),
        r("text", "in_mezzo"),
        r("select_one p", "capo", "E poi?", appearance="label"),
        r("select_one p", "s1", "Uno", appearance="list-nolabel"),
        r("select_one p", "s2", "Due", appearance="list-nolabel"),
        r("begin_group", "tab2", "Altra", appearance="field-list"),
        r("select_one p", "capo2", " ", appearance="label"),
        r("select_one p", "u1", "Uno", appearance="list-nolabel"),
        r("end_group"),
        r("text", "dopo", relevant="${r1} != ''"),
        r("end group"),
        scelte=SCALA,
    )  # fmt: skip
    d = domande(fatta)
    assert list(d) == ["prima", "tab", "in_mezzo", "capo", "tab2", "dopo"]
    assert [v["codice"] for v in d["tab"]["righe"]] == ["r1", "r2"]
    assert d["tab"]["scala"] == [{"valore": 1, "etichetta": "Poco"}, {"valore": 2, "etichetta": "Molto"}]
    assert d["tab"]["consenti_non_so"] is True
    assert d["tab"]["obbligatoria"] is True
    assert d["tab"]["visibile_se"] == {"domanda": "prima", "operatore": "uguale", "valore": "si"}
    assert d["capo"]["scala"][1] == {"valore": 2, "etichetta": "Alto"}
    assert d["dopo"]["visibile_se"] == {"domanda": "tab", "operatore": "risposto"}
    assert fatta.rapporto.quanti(Genere.GRUPPO) == 3
    assert fatta.rapporto.quanti(Genere.DOMANDA) == 10


def test_gruppi_dentro_gruppi_e_ripetizioni() -> None:
    fatta = fai(
        r("text", "sciolta"),
        r("begin_group", "fuori", "Fuori", relevant="${sciolta} != ''"),
        r("text", "a"),
        r("begin_repeat", "dentro", "Dentro", relevant="${a} = 'x'"),
        r("text", "b", relevant="${a} != ''"),
        r("text", "c"),
        r("end_repeat"),
        r("text", "d"),
        r("end_group"),
        r("text", "in_fondo"),
    )
    assert [(s["titolo"], [d["codice"] for d in s["domande"]]) for s in fatta.dati["sezioni"]] == [
        ("Prova", ["sciolta"]),
        ("Fuori", ["a", "dentro", "b", "c", "d"]),
        ("Altre domande", ["in_fondo"]),
    ]
    d = domande(fatta)
    fuori = {"domanda": "sciolta", "operatore": "risposto"}
    dentro = {"domanda": "a", "operatore": "uguale", "valore": "x"}
    assert d["dentro"]["tipo"] == "blocco"
    for codice in ("dentro", "b", "c"):
        assert d[codice]["visibile_se"] == {"tutte": [fuori, dentro]}
    assert d["d"]["visibile_se"] == fuori
    assert fatta.rapporto.quanti(Genere.CONDIZIONE) == 3
    assert "si ripeteva" in riga(fatta, Genere.GRUPPO, "dentro").motivo


def test_lingue() -> None:
    colonne = {
        "label::English (en)": "What?",
        "label::Italiano (it)": "Che cosa?",
        "hint::English (en)": "Help",
    }
    fatta = importa(
        xlsx(
            survey=[{"type": "select_one s", "name": "q"} | colonne, {"type": "text", "name": "t", "label::English (en)": "Only"}],
            choices=[{"list_name": "s", "name": n, "label::English (en)": "One", "label::Italiano (it)": "Uno"} for n in "ab"],
            settings=[{"form_title": "T", "default_language": "English (en)"}],
        )
    )  # fmt: skip
    d = domande(fatta)
    assert fatta.dati["lingua"] == "it"
    assert d["q"]["testo"] == "Che cosa?"
    assert d["q"]["opzioni"][0]["etichetta"] == "Uno"
    assert "il testo è in «English (en)»" in riga(fatta, Genere.DOMANDA, "t").motivo
    assert riga(fatta, Genere.LINGUA, "English (en)").esito == Esito.ESCLUSO


def test_codici_e_opzioni() -> None:
    fatta = fai(
        r("select_one s", "_primo.secondo", relevant=""),
        r("text", "t", relevant="${_primo.secondo} = 'è'"),
        r("select_one sola", "u"),
        scelte="s: è=Sì, no=No; sola: ok=Accetto; mai: x=X, y=Y",
    )
    d = domande(fatta)
    assert list(d) == ["primo-secondo", "t", "u"]
    assert d["t"]["visibile_se"] == {"domanda": "primo-secondo", "operatore": "uguale", "valore": "e"}
    assert "«_primo.secondo» diventa" in riga(fatta, Genere.DOMANDA, "_primo.secondo").motivo
    assert len(d["u"]["opzioni"]) == 2
    assert riga(fatta, Genere.OPZIONE, "mai / x").esito == Esito.ESCLUSO
    assert fatta.rapporto.quanti(Genere.OPZIONE) == 5


@pytest.mark.parametrize(
    ("survey", "parole"),
    [
        ([r("boh", "a")], "boh"),
        ([r("begin_group", "g"), r("text", "a")], "g"),
        ([r("text", "a"), r("end_group")], "end"),
        ([r("select_one manca", "a")], "choices"),
        ([r("text", "a", relevant="${b} = 1")], "'b'"),
        ([r("text", "a"), r("text", "a")], "a"),
        ([r("note", "a")], "nessuna domanda"),
        ([r("text", "1 spazio")], "name"),
    ],
)
def test_moduli_rovinati(survey: list[dict[str, object]], parole: str) -> None:
    with pytest.raises(FileRifiutato) as rifiuto:
        fai(*survey)
    assert parole in " ".join([rifiuto.value.testo, *map(str, rifiuto.value.mancanze)])


def test_senza_i_fogli_giusti() -> None:
    for contenuto in (xlsx(pippo=[{"a": 1}], pluto=[{"a": 1}]), xlsx(survey=[]), xlsx(survey=[{"a": "x"}])):
        with pytest.raises(FileRifiutato, match="Non è un XLSForm"):
            importa(contenuto)
