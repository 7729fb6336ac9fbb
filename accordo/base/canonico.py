"""Canonical JSON and its fingerprint: the same data give the same bytes, on any machine, for ever.

Keys sorted, no white space, UTF-8, no escaping of what UTF-8 can say, no NaN. Whoever holds the data can compute the
SHA-256 again with any tool.
"""

import hashlib
import json
from typing import Any


def json_canonico(dati: Any) -> bytes:
    """Return `dati` as canonical JSON; TypeError for what JSON cannot say, ValueError for NaN and infinity."""
    testo = json.dumps(dati, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return testo.encode()


def impronta(dati: Any) -> str:
    """Return the SHA-256, in hexadecimal, of bytes as they are or of anything else as canonical JSON."""
    contenuto = dati if isinstance(dati, bytes) else json_canonico(dati)
    return hashlib.sha256(contenuto).hexdigest()
