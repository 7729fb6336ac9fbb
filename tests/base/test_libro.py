"""The quick workbook and the quick rows: what goes in comes out, whatever people have typed."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from accordo.base.libro import scrivi_libro
from accordo.base.massa import _Flusso, _in_copy

CELLE = (
    st.none()
    | st.integers(-(10**9), 10**9)
    | st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20)
)


@given(st.lists(st.lists(CELLE, min_size=1, max_size=4), min_size=1, max_size=4))
def test_si_rilegge(righe: list[list[str | int | None]]) -> None:
    foglio = load_workbook(scrivi_libro([("Uno & due", righe)]))["Uno & due"]
    for numero, riga in enumerate(righe, 1):
        for posto, valore in enumerate(riga, 1):
            cella = foglio.cell(numero, posto)
            assert (cella.value or "") == (valore or "") or (cella.value, valore) == (0, 0)
            assert cella.data_type != "f"


def test_mai_una_formula_ne_un_carattere_vietato() -> None:
    foglio = load_workbook(scrivi_libro([("F", [["=1+1", "a\x00\x01b\ud800", "@x", "<&>", "riga\ndue"]])]))[
        "F"
    ]
    assert [c.value for c in foglio[1]] == ["=1+1", "ab", "@x", "<&>", "riga\ndue"]
    assert {c.data_type for c in foglio[1]} <= {"s", "inlineStr"}


@given(
    st.lists(st.lists(st.none() | st.text(max_size=9), min_size=1, max_size=3), max_size=5), st.integers(1, 7)
)
def test_le_righe_per_postgresql(righe: list[list[str | None]], pezzo: int) -> None:
    """Read in pieces of any length the stream is whole, and every row comes back from it."""
    flusso = _Flusso(_in_copy(righe))
    testo = ""
    while preso := flusso.read(pezzo):
        assert len(preso) <= pezzo
        testo += preso
    assert testo == "".join(_in_copy(righe))
    assert testo.count("\n") == len(righe)
    for riga, scritta in zip(righe, testo.split("\n"), strict=False):
        assert len(scritta.split("\t")) == len(riga)
