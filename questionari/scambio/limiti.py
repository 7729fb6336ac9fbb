"""How much of a foreign file is read: past any of these it is refused in words, before it costs time or memory."""

from accordo.base.errori import ErroreDominio

MEGABYTE = 1024 * 1024

FILE_MB = 10
"""The file itself."""
ZIP_PARTI = 300
"""Parts inside an .xlsx."""
ZIP_APERTO_MB = 40
"""All parts of an .xlsx, once decompressed."""
ZIP_RAPPORTO = 200
"""How many times larger than itself a part (over one megabyte) may become."""
ZIP_ELEMENTI = 1_000_000
"""Elements of XML in all parts of an .xlsx."""
XML_PROFONDITA = 60
"""Elements one inside the other."""
XML_RIGHE = 60_000
"""Rows of all tables of a LimeSurvey file."""
FOGLIO_RIGHE = 3_000
"""Rows of questions in an XLSForm."""
FOGLIO_SCELTE = 20_000
"""Rows of choices in an XLSForm."""
FOGLIO_COLONNE = 200
CELLA = 20_000
"""Characters of one text."""
JSON_PROFONDITA = 40
SEZIONI = 300
DOMANDE = 2_000
VOCI = 2_000
"""Options, rows or items of one question."""
GRUPPI = 20
"""Groups one inside the other."""
VOCI_TOTALI = 40_000
"""All of them together: a long list may be shared by many questions."""
ESPRESSIONE = 20_000
"""Characters of a condition."""
ESPRESSIONI = 1_000_000
"""Characters of all conditions together, each as often as it has to be read."""
ESPRESSIONE_SEGNI = 4_000
"""Tokens of a condition."""
ESPRESSIONE_PROFONDITA = 40
RIGHE_VUOTE = 60
"""Empty rows after which a sheet is over, as pyxform has it."""
RIGHE_CERCATE = 20_000
"""Empty rows in which something forgotten is still looked for."""


class FileRifiutato(ErroreDominio):
    """The file cannot be read as a questionnaire; `testo` says why and what to do, `mancanze` every single cause."""

    codice_http = 422
