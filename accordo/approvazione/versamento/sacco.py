"""A BagIt bag in a ZIP, written as it goes: nothing is ever whole in memory, and the clock is not asked.

Source: RFC 8493, "The BagIt File Packaging Format (V1.0)".
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import IO

PEZZO = 1 << 16
ORA_ZIP = (1980, 1, 1, 0, 0, 0)
"""Files in the bag bear no time of their own: the same content gives the same bytes."""
_GIA_COMPRESSI = ("pdf", "p7m", "zip", "docx", "xlsx")
DICHIARAZIONE = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(slots=True)
class Sacco:
    """A bag being filled. `nome` is its one folder; `info` the lines of bag-info.txt."""

    nome: str
    uscita: IO[bytes]
    _pacco: zipfile.ZipFile = field(init=False)
    _carico: dict[str, str] = field(init=False, default_factory=dict)
    _byte: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._pacco = zipfile.ZipFile(self.uscita, "w", allowZip64=True)

    def metti(self, percorso: str, pezzi: Iterable[bytes]) -> str:
        """Write a file of the payload, piece by piece; return its SHA-256."""
        percorso = f"data/{percorso}"
        if percorso in self._carico or ".." in percorso.split("/"):
            raise ValueError(f"percorso non ammesso nel pacchetto: {percorso}")
        sha256, quanti = self._scrivi(percorso, pezzi)
        self._carico[percorso] = sha256
        self._byte += quanti
        return sha256

    def chiudi(self, info: dict[str, str], giorno: date) -> None:
        """Write declaration, bag-info and the two manifests, and close the ZIP."""
        righe = {
            **info,
            "Bagging-Date": giorno.isoformat(),
            "Payload-Oxum": f"{self._byte}.{len(self._carico)}",
        }
        etichette = {
            "bagit.txt": DICHIARAZIONE,
            "bag-info.txt": "".join(f"{nome}: {_riga(valore)}\n" for nome, valore in righe.items()),
            "manifest-sha256.txt": _manifesto(self._carico),
        }
        impronte = {
            nome: self._scrivi(nome, [contenuto.encode()])[0] for nome, contenuto in etichette.items()
        }
        self._scrivi("tagmanifest-sha256.txt", [_manifesto(impronte).encode()])
        self._pacco.close()

    def _scrivi(self, percorso: str, pezzi: Iterable[bytes]) -> tuple[str, int]:
        voce = zipfile.ZipInfo(f"{self.nome}/{percorso}", ORA_ZIP)
        voce.external_attr = 0o644 << 16
        compresso = percorso.rpartition(".")[2].lower() in _GIA_COMPRESSI
        voce.compress_type = zipfile.ZIP_STORED if compresso else zipfile.ZIP_DEFLATED
        sha256, quanti = hashlib.sha256(), 0
        with self._pacco.open(voce, "w", force_zip64=True) as dentro:
            for pezzo in pezzi:
                dentro.write(pezzo)
                sha256.update(pezzo)
                quanti += len(pezzo)
        return sha256.hexdigest(), quanti


def pezzi_di(file: IO[bytes]) -> Iterator[bytes]:
    """Return an open file piece by piece."""
    while pezzo := file.read(PEZZO):
        yield pezzo


def _manifesto(impronte: dict[str, str]) -> str:
    return "".join(f"{sha256}  {_percento(percorso)}\n" for percorso, sha256 in sorted(impronte.items()))


def _percento(percorso: str) -> str:
    return percorso.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _riga(valore: str) -> str:
    """One line: a label's value with line breaks would begin other labels."""
    return " ".join(valore.split())
