"""No stream of a PDF ends in a line break: who reads up to `endstream` would count one byte less, and refuse the file."""

from __future__ import annotations

import re
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pydyf
import pytest
from pypdf import PdfReader

from accordo.base.pdf import Incluso
from accordo.base.pdf.composizione import impagina
from accordo.base.pdf.finitura import _comprimi

pytestmark = pytest.mark.una_volta

PAGINA = '<html lang="it"><head><title>Prova</title></head><body><h1>Prova</h1></body></html>'


def _che_finisce_male(quale: int) -> bytes:
    """Bytes whose zlib stream ends in that byte: its last one is the sum of all of them."""
    return next(d for d in (b"dati %d\r\n" % n for n in range(2000)) if zlib.compress(d, 9)[-1] == quale)


@pytest.mark.parametrize("quale", [10, 13])
def test_un_file_incluso_resta_com_e(quale: int) -> None:
    dentro = _che_finisce_male(quale)
    pdf = impagina(PAGINA, [Incluso("a.bin", dentro, "Un file", datetime(2026, 1, 1, tzinfo=UTC))])
    assert not re.search(rb"[\r\n]\nendstream", pdf)
    assert PdfReader(BytesIO(pdf)).attachments["a.bin"] == [dentro]
    assert pdf == impagina(PAGINA, [Incluso("a.bin", dentro, "Un file", datetime(2026, 1, 1, tzinfo=UTC))])


@pytest.mark.parametrize("quale", [10, 13])
def test_anche_un_immagine_e_un_flusso_gia_compresso(quale: int) -> None:
    dati = _che_finisce_male(quale)
    pdf = pydyf.PDF()
    flussi = [
        pydyf.Stream([dati], {}, compress=True),
        pydyf.Stream(
            [zlib.compress(dati, 9)],
            {"Width": 1, "Filter": "/FlateDecode", "DecodeParms": pydyf.Dictionary({"Predictor": 1})},
        ),
        pydyf.Stream([dati], {}),
    ]
    for flusso in flussi:
        pdf.add_object(flusso)
    _comprimi(pdf)
    scritto = BytesIO()
    pdf.write(scritto)
    assert not re.search(rb"[\r\n]\nendstream", scritto.getvalue())
    lettore = PdfReader(scritto)
    assert [lettore.get_object(flusso.number).get_data() for flusso in flussi] == [dati] * 3
