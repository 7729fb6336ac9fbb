"""How much the compressed data added to a PDF unpack to: a few kilobytes can hide gigabytes."""

import re
import zlib

FLUSSO = re.compile(rb"stream\r?\n")
MASSIMO_SPACCHETTATO = 24 * 1024 * 1024
MASSIMI_FLUSSI = 4000
PEZZO = 16 * 1024


def coda_eccessiva(coda: bytes) -> bool:
    """Whether the streams in these bytes unpack to more than a signature may need.

    Looked for by keyword and unpacked a bounded piece at a time, whatever the file says of their length and filters.
    """
    resta, vista = MASSIMO_SPACCHETTATO, memoryview(coda)
    for quanti, trovato in enumerate(FLUSSO.finditer(coda)):
        if quanti >= MASSIMI_FLUSSI:
            return True
        resta = _spacchetta(vista[trovato.end() :], resta, 3)
        if resta <= 0:
            return True
    return False


def _spacchetta(dati: memoryview, resta: int, livelli: int) -> int:
    """Return how much may still be unpacked after these; what is not compressed costs nothing.

    Piece by piece: zlib copies what it is given and does not need, and the rest of the file is behind every stream.
    """
    estrattore, uscita = zlib.decompressobj(), bytearray()
    for inizio in range(0, len(dati), PEZZO):
        try:
            uscita += estrattore.decompress(dati[inizio : inizio + PEZZO], resta + 1 - len(uscita))
        except zlib.error:
            break
        if estrattore.eof or len(uscita) > resta:
            break
    resta -= len(uscita)
    if resta > 0 and livelli and uscita[:1] == b"x":
        return _spacchetta(memoryview(uscita), resta, livelli - 1)
    return resta
