"""Spreadsheets: what is written is what is read, and words are never formulas."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from accordo.base.foglio import MASSIMO_CELLA, Foglio, xlsx


def test_i_fogli_come_sono_scritti() -> None:
    contenuto = xlsx(
        Foglio("Enti", [("Ente", 20), ("Quando", 12)], [["Barga", date(2026, 5, 6)], ["Lucca", None]]),
        Foglio("Un nome che è più lungo di trentuno caratteri", [("N", 4)], iter([[1], [2.5]])),
    )
    libro = load_workbook(BytesIO(contenuto))
    assert [len(nome) <= 31 for nome in libro.sheetnames] == [True, True]
    assert [[c.value for c in riga] for riga in libro["Enti"].iter_rows()] == [
        ["Ente", "Quando"],
        ["Barga", datetime(2026, 5, 6)],
        ["Lucca", None],
    ]
    assert libro["Enti"].freeze_panes == "A2"


def test_le_parole_non_sono_formule() -> None:
    cattive = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "nul\x00 e \x0bvia", "x" * 40_000]
    foglio = load_workbook(BytesIO(xlsx(Foglio("F", [("A", 9)], [[c] for c in cattive])))).active
    celle = [riga[0] for riga in foglio.iter_rows(min_row=2)]
    assert all(cella.data_type == "s" for cella in celle)
    assert [c.value for c in celle[:4]] == cattive[:4]
    assert celle[4].value == "nul e via"
    assert len(celle[5].value) <= MASSIMO_CELLA


def test_le_ore_sono_quelle_di_qui() -> None:
    quando = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    foglio = load_workbook(BytesIO(xlsx(Foglio("F", [("A", 9)], [[quando]])))).active
    assert foglio["A2"].value == datetime(2026, 7, 1, 12, 0)
