"""Spreadsheets to take away: sheets of plain rows, written as they come, so that a long list does not fill the memory.

Words stay words: what people have typed is never read as a formula (it would run on the reader's computer).
"""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.timezone import is_aware, make_naive
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MASSIMO_CELLA = 32_767
"""Characters that a cell can hold: what is longer is cut and says so."""
_VIETATI = dict.fromkeys([*(n for n in range(32) if n not in (9, 10)), 0xFFFE, 0xFFFF])

type Cella = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Foglio:
    """A sheet: its name (31 characters at most), its columns with their widths, its rows."""

    nome: str
    colonne: Sequence[tuple[str, int]]
    righe: Iterable[Sequence[Cella]]


def xlsx(*fogli: Foglio) -> bytes:
    """Return the workbook. The heading row stays in sight and can be filtered."""
    libro = Workbook(write_only=True)
    for foglio in fogli:
        pagina = libro.create_sheet(foglio.nome[:31])
        pagina.freeze_panes = "A2"
        stile, testa = _stili(pagina)
        for posto, (_, larghezza) in enumerate(foglio.colonne, 1):
            pagina.column_dimensions[get_column_letter(posto)].width = larghezza
        pagina.append([_cella(pagina, nome, testa) for nome, _ in foglio.colonne])
        quante = 1
        for riga in foglio.righe:
            quante += 1
            pagina.append([_cella(pagina, valore, stile) for valore in riga])
        pagina.auto_filter.ref = f"A1:{get_column_letter(max(1, len(foglio.colonne)))}{quante}"
    uscita = BytesIO()
    libro.save(uscita)
    return uscita.getvalue()


def _cella(pagina: Any, valore: Cella, stile: Any) -> Any:
    if isinstance(valore, datetime) and is_aware(valore):
        valore = make_naive(valore)
    if isinstance(valore, str):
        valore = valore.translate(_VIETATI)
        if len(valore) > MASSIMO_CELLA:
            valore = f"{valore[: MASSIMO_CELLA - 30]}… (continua nel portale)"
    cella: Any = WriteOnlyCell(pagina)
    cella._style = copy(stile)  # before the value: a date puts its own format on top of it
    cella.value = valore
    if isinstance(valore, str):
        cella.data_type = "s"
    return cella


def _stili(pagina: Any) -> tuple[Any, Any]:
    """The look of a cell and of a heading, made once: openpyxl takes longer over a style than over what it holds."""
    cella: Any = WriteOnlyCell(pagina)
    testa: Any = WriteOnlyCell(pagina)
    cella.alignment = testa.alignment = Alignment(wrap_text=True, vertical="top")
    testa.font = Font(bold=True)
    return cella._style, testa._style
