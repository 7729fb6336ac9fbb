"""Files made to hurt, by name: each must be refused in words, or read, in bounded time and memory."""

import json
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.questionari.scambio.moduli import LSS_VERO, XLSX_VERO, Sondaggio, lss, modulo, xlsx

TESTA_XLSX = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CODA_XLSX = "</sheetData></worksheet>"


def _entita(contenuto: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE d [{contenuto}]><document>&a;</document>'.encode()


def miliardo_di_risate() -> bytes:
    livelli = ['<!ENTITY a0 "ah">'] + [f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)]
    return _entita("".join(livelli) + '<!ENTITY a "&a11;">')


def entita_lunga() -> bytes:
    return _entita(f'<!ENTITY b "{"x" * 100_000}"><!ENTITY a "{"&b;" * 10_000}">')


def entita_esterna() -> bytes:
    return _entita('<!ENTITY a SYSTEM "file:///etc/passwd">')


def dtd_esterna() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://example.invalid/x.dtd"><document/>'


def entita_in_utf16() -> bytes:
    return '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "x">]><document>&a;</document>'.encode(
        "utf-16"
    )


def xml_profondo() -> bytes:
    return b"<document>" + b"<a>" * 500_000


def xml_largo() -> bytes:
    return b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType><questions><rows>" + b"<row/>" * 1_500_000


def xml_attributi() -> bytes:
    return b"<document " + b" ".join(b'a%d="1"' % i for i in range(600_000)) + b"/>"


def xml_testo() -> bytes:
    return b"<document><LimeSurveyDocType>" + b"x" * 9_000_000 + b"</LimeSurveyDocType></document>"


def lss_centomila_righe() -> bytes:
    return lss({"questions": [{"qid": i} for i in range(100_000)]})


def lss_molte_domande() -> bytes:
    sondaggio = Sondaggio().gruppo(1)
    for i in range(5000):
        sondaggio.domanda("S", f"Q{i}", relevance=f"Q{i - 1} == '1'" if i else "1")
    return sondaggio.file()


def lss_html_ostile() -> bytes:
    sondaggio = Sondaggio().gruppo(1)
    for i, testo in enumerate(
        (
            "<" * 300_000,
            "<a " * 200_000,
            "<!--" * 100_000,
            "<script>" * 60_000,
            "&#x" * 200_000,
            "&" * 200_000,
        )
    ):
        sondaggio.domanda("S", f"Q{i}", testo)
    return sondaggio.file()


def lss_espressioni() -> bytes:
    sondaggio = Sondaggio().gruppo(1).domanda("S", "Q")
    for i in range(400):
        sondaggio.domanda("S", f"Q{i}", relevance="(" * 5000 + "!" * 5000 + "Q == '" + "a" * 5000)
    return sondaggio.file()


def lss_condizioni_grandi() -> bytes:
    sondaggio = Sondaggio().gruppo(1).domanda("N", "n")
    for i in range(300):
        sondaggio.domanda("S", f"Q{i}", relevance=" or ".join(f"n == {j}" for j in range(1200)))
    return sondaggio.file()


def lss_opzioni_doppie() -> bytes:
    return Sondaggio().gruppo(1).domanda("M", "Q", sotto=["x" * 60] * 15_000).file()


def lss_codici_doppi() -> bytes:
    sondaggio = Sondaggio().gruppo(1)
    for _ in range(1990):
        sondaggio.domanda("S", "Q")
    return sondaggio.file()


def lss_tabella_enorme() -> bytes:
    voci = [f"s{i}" for i in range(1900)]
    return Sondaggio().gruppo(1).domanda("S", "Q").domanda(";", "T", sotto=voci, colonne=voci).file()


def _con_parte(nome: str, contenuto: bytes, base: bytes | None = None) -> bytes:
    """A real workbook with one part replaced."""
    uscita = BytesIO()
    with (
        ZipFile(BytesIO(base or XLSX_VERO.read_bytes())) as vecchio,
        ZipFile(uscita, "w", ZIP_DEFLATED) as nuovo,
    ):
        for parte in vecchio.namelist():
            if parte != nome:
                nuovo.writestr(parte, vecchio.read(parte))
        nuovo.writestr(nome, contenuto)
    return uscita.getvalue()


def zip_bomba() -> bytes:
    return _con_parte("xl/worksheets/sheet1.xml", b" " * 200_000_000)


def zip_di_molte_parti() -> bytes:
    uscita = BytesIO()
    with ZipFile(uscita, "w") as archivio:
        archivio.writestr("xl/workbook.xml", b"<x/>")
        for i in range(20_000):
            archivio.writestr(f"xl/{i}.xml", b"")
    return uscita.getvalue()


def zip_che_mente() -> bytes:
    """Declares a small size for a part that is large."""
    bugia = bytearray(_con_parte("xl/worksheets/sheet1.xml", b"<a>" + b" " * 30_000_000))
    dove = 0
    while (dove := bugia.find(struct.pack("<L", 30_000_003), dove)) >= 0:
        bugia[dove : dove + 4] = struct.pack("<L", 100)
        dove += 4
    return bytes(bugia)


def zip_interrotto() -> bytes:
    return XLSX_VERO.read_bytes()[:60_000]


def zip_altro() -> bytes:
    uscita = BytesIO()
    with ZipFile(uscita, "w") as archivio:
        archivio.writestr("a.txt", "ciao")
    return uscita.getvalue()


def xlsx_entita() -> bytes:
    return _con_parte("xl/sharedStrings.xml", miliardo_di_risate())


def xlsx_profondo() -> bytes:
    return _con_parte("xl/worksheets/sheet1.xml", b"<a>" * 2_000_000)


def xlsx_centomila_righe() -> bytes:
    riga = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>text</t></is></c></row>'
    testa = riga.format(1).replace("text", "type")
    righe = "".join(riga.format(i) for i in range(2, 100_002))
    return _con_parte("xl/worksheets/sheet1.xml", (TESTA_XLSX + testa + righe + CODA_XLSX).encode())


def xlsx_righe_lontane() -> bytes:
    testa = '<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row>'
    lontana = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>text</t></is></c></row>'
    return _con_parte("xl/worksheets/sheet1.xml", (TESTA_XLSX + testa + lontana + CODA_XLSX).encode())


def xlsx_celle_lunghe() -> bytes:
    return modulo({"type": "text", "name": "a", "label": "x" * 30_000})


def xlsx_annidato() -> bytes:
    inizi = [{"type": "begin_group", "name": f"g{i}", "label": "x"} for i in range(2000)]
    return modulo(*inizi, {"type": "text", "name": "a", "label": "x"}, *[{"type": "end_group"}] * 2000)


def xlsx_espressioni() -> bytes:
    righe = [{"type": "integer", "name": "n", "label": "x"}]
    for i in range(600):
        righe.append(
            {
                "type": "text",
                "name": f"q{i}",
                "label": "x",
                "relevant": "(" * 9000 + "${n} = 1",
                "constraint": "regex(., '" + "(a+)+" * 1000 + "')",
            }
        )
    return modulo(*righe)


def xlsx_ciclo() -> bytes:
    return modulo(
        {"type": "text", "name": "a", "label": "x", "relevant": "${b} = '1'"},
        {"type": "text", "name": "b", "label": "x", "relevant": "${a} = '1'"},
    )


def xlsx_quattromila_domande() -> bytes:
    return modulo(
        *[
            {
                "type": "select_one s",
                "name": f"q{i}",
                "label": "x",
                "relevant": f"${{q{i - 1}}} = 'a'" if i else None,
            }
            for i in range(4000)
        ],
        scelte="s: a=A, b=B",
    )


def xlsx_elenco_condiviso() -> bytes:
    """Few cells, many options: a long list used by every question."""
    scelte = [{"list_name": "s", "name": f"v{i}", "label": "x" * 50} for i in range(1900)]
    survey = [{"type": "select_one s", "name": f"q{i}", "label": "x"} for i in range(1900)]
    return xlsx(survey=survey, choices=scelte, settings=[{"form_title": "x"}])


def xls_travestito() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000


def json_profondo() -> bytes:
    return b"[" * 4_000_000


def json_numero() -> bytes:
    return b'{"titolo": ' + b"9" * 6_000_000 + b"}"


def json_vuoto() -> bytes:
    return b"{}"


def json_infinito() -> bytes:
    return b'{"codice": "a", "titolo": NaN}'


def json_lungo() -> bytes:
    domanda = {"codice": "d", "tipo": "testo", "testo": "x"}
    domande = [domanda | {"codice": f"d{i}"} for i in range(100_000)]
    return json.dumps(
        {"codice": "a", "titolo": "b", "sezioni": [{"codice": "s", "titolo": "t", "domande": domande}]}
    ).encode()


def json_latino() -> bytes:
    return '{"titolo": "è"}'.encode("latin-1")


def binario() -> bytes:
    return zlib.compress(bytes(range(256)) * 4000)


def vuoto() -> bytes:
    return b""


def spazi() -> bytes:
    return b" \n" * 4_000_000


def cinquanta_mega() -> bytes:
    return b"<document>" + b" " * 50_000_000


def lss_interrotto() -> bytes:
    return LSS_VERO.read_bytes()[:250_000]


def lss_altro_genere() -> bytes:
    return lss({"groups": [{"gid": 1}]}, genere="Group")


OSTILI: dict[str, Callable[[], bytes]] = {
    nome: fai
    for nome, fai in list(globals().items())
    if callable(fai) and getattr(fai, "__module__", "") == __name__ and not nome.startswith("_")
}
LEGGIBILI = frozenset(
    [
        "lss_html_ostile",
        "lss_espressioni",
        "lss_condizioni_grandi",
        "lss_codici_doppi",
        "lss_tabella_enorme",
        "xlsx_ciclo",
    ]
)
"""Those that may come in: with every strange part left out and said."""
