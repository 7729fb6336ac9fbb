"""A workbook of very many plain rows, written as they come: no cell is an object, no sheet is held in memory.

For the few exports of a million cells; `foglio` writes the others, with dates, widths and filters. Words are written as
words ("inline strings"): what people have typed is never a formula.
"""

import re
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

MASSIMO_CELLA = 32_767
_VIETATI = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OOXML = "http://schemas.openxmlformats.org"
_MAIN = f"{_OOXML}/spreadsheetml/2006/main"
_DOC = f"{_OOXML}/officeDocument/2006/relationships"
_PAC = f"{_OOXML}/package/2006"
_TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STILI = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

type Cella = str | int | float | None


def scrivi_libro(fogli: Iterable[tuple[str, Iterable[Sequence[Cella]]]]) -> IO[bytes]:
    """Return the workbook as a temporary file, at its beginning. The first row of each sheet is its heading."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - who sends it closes it
    nomi: list[str] = []
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=4) as busta:
        for nome, righe in fogli:
            nomi.append(nome[:31])
            with busta.open(f"xl/worksheets/sheet{len(nomi)}.xml", "w", force_zip64=True) as foglio:
                _foglio(foglio, righe)
        for percorso, contenuto in _cornice(nomi).items():
            busta.writestr(percorso, contenuto)
    file.seek(0)
    return file


def _foglio(foglio: IO[bytes], righe: Iterable[Sequence[Cella]]) -> None:
    foglio.write(
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'.encode()
    )
    lettere: list[str] = []
    for numero, riga in enumerate(righe, 1):
        while len(lettere) < len(riga):
            lettere.append(get_column_letter(len(lettere) + 1))
        stile = ' s="1"' if numero == 1 else ""
        celle = [
            _cella(f"{lettera}{numero}", stile, valore)
            for lettera, valore in zip(lettere, riga, strict=False)
            if valore is not None
        ]
        foglio.write(f'<row r="{numero}">{"".join(celle)}</row>'.encode())
    foglio.write(b"</sheetData></worksheet>")


def _cella(dove: str, stile: str, valore: str | float) -> str:
    if isinstance(valore, str):
        pulito = _VIETATI.sub("", valore)[:MASSIMO_CELLA]
        testo = f'<is><t xml:space="preserve">{escape(pulito)}</t></is>'
        return f'<c r="{dove}"{stile} t="inlineStr">{testo}</c>'
    return f'<c r="{dove}"{stile}><v>{valore!r}</v></c>'


def _cornice(nomi: Sequence[str]) -> dict[str, str]:
    posti = range(1, len(nomi) + 1)
    parti = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TIPO}.worksheet+xml"/>'
        for n in posti
    )
    legami = "".join(
        f'<Relationship Id="rId{n}" Type="{_DOC}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in posti
    )
    fogli = "".join(
        f'<sheet name={quoteattr(nome)} sheetId="{n}" r:id="rId{n}"/>' for n, nome in enumerate(nomi, 1)
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PAC}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TIPO}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TIPO}.styles+xml"/>{parti}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PAC}/relationships">'
        f'<Relationship Id="rId1" Type="{_DOC}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>{fogli}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PAC}/relationships">{legami}'
        f'<Relationship Id="rId0" Type="{_DOC}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STILI,
    }
