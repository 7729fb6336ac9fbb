"""How much the compressed data added to a PDF unpack to: a few kilobytes can hide gigabytes."""

import re
import zlib

FLUSSO = re.compile(rb"stream\r?\n")
MASSIMO_SPACCHETTATO = 24 * 1024 * 1024
MASSIMI_FLUSSI = 4000


def coda_eccessiva(coda: bytes) -> bool:
    """Whether the streams in these bytes unpack to more than a signature may need.

    Looked for by keyword and unpacked a bounded piece at a time, whatever the file says of their length and filters.
    """
    resta = MASSIMO_SPACCHETTATO
    for quanti, trovato in enumerate(FLUSSO.finditer(coda)):
        if quanti >= MASSIMI_FLUSSI:
            return True
        resta = _spacchetta(coda[trovato.end() :], resta, 3)
        if resta <= 0:
            return True
    return False


def _spacchetta(dati: bytes, resta: int, livelli: int) -> int:
    """Return how much may still be unpacked after these; what is not compressed costs nothing."""
    try:
        uscita = zlib.decompressobj().decompress(dati, resta + 1)
    except zlib.error:
        return resta
    resta -= len(uscita)
    return _spacchetta(uscita, resta, livelli - 1) if resta > 0 and livelli and uscita[:1] == b"x" else resta
