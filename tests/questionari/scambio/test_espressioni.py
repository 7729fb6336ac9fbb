"""The conditions of other systems: read whole, put in our form, what is lost said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionari.scambio import limiti
from questionari.scambio.condizioni import Bersaglio, traduci
from questionari.scambio.espressioni import (
    Chiamata,
    Costante,
    EspressioneNonLetta,
    Nome,
    Operazione,
    leggi_limesurvey,
    leggi_xpath,
)
from tests.questionari.strategie import calma

BERSAGLI = {
    "s": Bersaglio("S", "singola", {"a": "A", "b": "B", "1": "uno", "2": "due", "3": "tre"}),
    "m": Bersaglio("M", "multipla", {"x": "X", "y": "Y"}),
    "m_x": Bersaglio("M", "multipla", {"x": "X"}, parte="X"),
    "n": Bersaglio("N", "numero"),
    "d": Bersaglio("D", "data"),
    "t": Bersaglio("T", "testo"),
    "mat": Bersaglio("MAT", "matrice"),
    "b": Bersaglio("BL", "blocco"),
}


def _risolvi(nome: str) -> Bersaglio | str:
    return BERSAGLI.get(nome, f"«{nome}» manca")


def f(domanda: str, operatore: str, valore: object = None) -> dict[str, object]:
    foglia: dict[str, object] = {"domanda": domanda, "operatore": operatore}
    return foglia if valore is None else foglia | {"valore": valore}


@pytest.mark.parametrize(
    ("testo", "regola"),
    [
        ("${s} = 'a'", f("S", "uguale", "A")),
        ("'a' = ${s}", f("S", "uguale", "A")),
        ("${s}='a' and ${m}!=''", {"tutte": [f("S", "uguale", "A"), f("M", "risposto")]}),
        ("selected(${m}, 'x') or selected( ${s} , 'b' )", {"almeno_una": [f("M", "contiene", "X"), f("S", "uguale", "B")]}),
        ("not(selected(${m}, 'x')) and ${m} != ''", f("M", "non_contiene", "X")),
        ("${n} > 5", f("N", "maggiore", 5)),
        ("5 < ${n}", f("N", "maggiore", 5)),
        ("number(${n}) >= -2.5", {"almeno_una": [f("N", "maggiore", -2.5), f("N", "uguale", -2.5)]}),
        ("${d} < date('2026-03-01')", f("D", "minore", "2026-03-01")),
        ("count-selected(${m}) >= 1", f("M", "risposto")),
        ("string-length(${t}) > 0", f("T", "risposto")),
        ("contains(${t}, 'acqua')", f("T", "contiene", "acqua")),
        ("not(${s} = 'a' or ${n} <= 3)", {"tutte": [f("S", "diverso", "A"), f("N", "maggiore", 3)]}),
        ("true()", None),
        ("selected(${m}, 'x') = true()", f("M", "contiene", "X")),
        ("((((${s} = 'a'))))", f("S", "uguale", "A")),
        ("${t} = concat('l', \"'\", 'acqua')", f("T", "uguale", "l'acqua")),
    ],
)  # fmt: skip
def test_xpath(testo: str, regola: object) -> None:
    assert traduci(leggi_xpath(testo), _risolvi).regola == regola


@pytest.mark.parametrize(
    ("testo", "regola"),
    [
        ('s.NAOK == "a"', f("S", "uguale", "A")),
        ("s == 2", f("S", "uguale", "due")),
        ("s.NAOK > 1", {"almeno_una": [f("S", "uguale", "due"), f("S", "uguale", "tre")]}),
        ('!is_empty(s.NAOK) && (s.NAOK == "a")', f("S", "uguale", "A")),
        ('m_x.NAOK == "Y"', f("M", "contiene", "X")),
        ('m_x.NAOK != "Y"', f("M", "non_contiene", "X")),
        ("is_empty(m_x)", f("M", "non_contiene", "X")),
        ("n ge 18 and n lt 65", {"tutte": [{"almeno_una": [f("N", "maggiore", 18), f("N", "uguale", 18)]}, f("N", "minore", 65)]}),
        ('(s == "a" or s == "a") and 1', f("S", "uguale", "A")),
        ("s", f("S", "risposto")),
        ("1", None),
        ('s.NAOK = "a"', f("S", "uguale", "A")),
    ],
)  # fmt: skip
def test_expressionscript(testo: str, regola: object) -> None:
    assert traduci(leggi_limesurvey(testo), _risolvi).regola == regola


@pytest.mark.parametrize(
    ("testo", "regola", "motivo"),
    [
        ("${s} = 'a' and ${boh} = 'x'", f("S", "uguale", "A"), "«boh» manca"),
        ("${s} = 'a' or ${boh} = 'x'", None, "«boh» manca"),
        ("${s} = ''", None, "senza risposta"),
        ("${n} + 1 > 3", None, "calcolo"),
        ("regex(${t}, '(a+)+$')", None, "funzione «regex»"),
        ("${s} = ${m}", None, "due risposte"),
        ("${s} = 'zz'", None, "non è tra le opzioni"),
        ("${mat} = '3'", None, "non ammette"),
        ("${b} != ''", None, "non è una domanda a cui si risponde"),
        ("${n} = 'tanto'", None, "«tanto» no"),
    ],
)
def test_cio_che_non_si_puo_dire_si_dice(testo: str, regola: object, motivo: str) -> None:
    tradotta = traduci(leggi_xpath(testo), _risolvi)
    assert tradotta.regola == regola
    assert tradotta.persa
    assert any(motivo in m for m in tradotta.motivi)


def test_una_condizione_negativa_avverte_se_la_risposta_puo_mancare() -> None:
    assert traduci(leggi_xpath("${s} != 'a'"), _risolvi).motivi
    assert not traduci(leggi_xpath("${s} != '' and ${s} != 'a'"), _risolvi).motivi


def test_la_forma() -> None:
    assert leggi_xpath("a-b(1) + - 2") == Operazione("+", (Chiamata("a-b", (Costante(1),)), Costante(-2)))
    assert leggi_limesurvey("123X4X5SQ1.NAOK") == Nome("123X4X5SQ1")
    assert leggi_limesurvey('"l\\"acqua"') == Costante('l"acqua')


@pytest.mark.parametrize(
    "testo",
    [
        "(" * 5000, "!" * 5000, "-" * 5000, "a and " * 3000, "f(" * 1000, "'" * 9999, "((a+a)" * 700, "1+" * 3000 + "1",
        "${" * 4000, "a" * (limiti.ESPRESSIONE + 1), "\\" * 5000, '"' + "\\a" * 5000, "1" * 500, "a == b == c", "", " ", ")", "a b",
    ],
)  # fmt: skip
@pytest.mark.parametrize("leggi", [leggi_xpath, leggi_limesurvey])
def test_espressioni_ostili(leggi: object, testo: str) -> None:
    assert callable(leggi)
    """Each is read or refused, and never without an end."""
    with pytest.raises(EspressioneNonLetta):
        traduci(leggi(testo), _risolvi)
        raise EspressioneNonLetta  # a long name, or many "and", may be read


@calma
@given(st.text(alphabet="()!=<>&|+-*/,.'\"${}abAND or_01 é\n", max_size=80))
def test_qualunque_testo_e_letto_o_rifiutato(testo: str) -> None:
    for leggi in (leggi_xpath, leggi_limesurvey):
        try:
            traduci(leggi(testo), _risolvi)
        except EspressioneNonLetta as errore:
            assert str(errore)
