"""The sheets of an .xlsx as rows of text: sizes are checked before anything is opened, entities never read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook
from pyxform.xls2json_backends import xlsx_value_to_str

from questionari.scambio import limiti
from questionari.scambio.limiti import MEGABYTE, FileRifiutato

ROVINATO = "Il file .xlsx è rovinato o incompleto: aprilo con un foglio di calcolo e salvalo di nuovo."
_BLOCCO = 64 * 1024


@dataclass(frozen=True, slots=True)
class RigaFoglio:
    """A row that is not empty: its number as people see it, and its cells by the heading of the column."""

    numero: int
    celle: dict[str, str]


@dataclass(slots=True)
class Foglio:
    """A sheet. `interrotto` is the first row that was not read, below a long run of empty ones (0: none)."""

    colonne: list[str] = field(default_factory=list)
    righe: list[RigaFoglio] = field(default_factory=list)
    interrotto: int = 0


def leggi_fogli(contenuto: bytes, righe_massime: dict[str, int]) -> dict[str, Foglio]:
    """Return the sheets named in `righe_massime`, by name in lower case. A lone sheet is called "survey".

    Raises FileRifiutato for what is broken, hostile or too large.
    """
    try:
        with ZipFile(BytesIO(contenuto)) as archivio:
            _misura(archivio)
            _senza_entita(archivio)
        return _leggi(contenuto, righe_massime)
    except FileRifiutato:
        raise
    except ExpatError as errore:
        raise FileRifiutato(f"{ROVINATO} Una sua parte non è XML come si deve.") from errore
    except MemoryError:
        raise
    # openpyxl has no error of its own for a broken workbook: whatever a foreign file provokes is a refusal
    except Exception as errore:
        raise FileRifiutato(ROVINATO) from errore


def _misura(archivio: ZipFile) -> None:
    parti = archivio.infolist()
    nomi = {parte.filename for parte in parti}
    if any(nome.lower().endswith(".lss") for nome in nomi):
        raise FileRifiutato("È un archivio di LimeSurvey: aprilo e carica il file .lss che contiene.")
    if "xl/workbook.xml" not in nomi:
        raise FileRifiutato("È un archivio, ma non un foglio di calcolo .xlsx.")
    if len(parti) > limiti.ZIP_PARTI or len(nomi) != len(parti):
        raise FileRifiutato("Il file .xlsx contiene troppe parti, o due con lo stesso nome: non si legge.")
    if any(parte.flag_bits & 0x1 for parte in parti):
        raise FileRifiutato("Il file .xlsx è protetto da una password: toglila e caricalo di nuovo.")
    aperto = sum(parte.file_size for parte in parti)
    if any(map(_gonfia, parti)):
        raise FileRifiutato(
            "Una parte del file .xlsx si gonfia troppo quando si apre: non è di un questionario."
        )
    if aperto > limiti.ZIP_APERTO_MB * MEGABYTE:
        raise FileRifiutato(
            f"Il file .xlsx, una volta aperto, è troppo grande ({aperto // MEGABYTE} MB): "
            f"il limite è {limiti.ZIP_APERTO_MB} MB. Togli i fogli e le righe che non servono."
        )


def _gonfia(parte: ZipInfo) -> bool:
    return parte.file_size > MEGABYTE and parte.file_size > limiti.ZIP_RAPPORTO * max(1, parte.compress_size)


def _senza_entita(archivio: ZipFile) -> None:
    """Walk every part that is XML once: no DOCTYPE, no depth, not too many elements, before openpyxl sees it."""
    guardia = _Guardia()
    for parte in archivio.infolist():
        if parte.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archivio.open(parte) as flusso:
                guardia.percorri(flusso)


class _Guardia:
    """Counts elements as they go by, and keeps nothing. A DOCTYPE ends it, so no entity is ever declared."""

    def __init__(self) -> None:
        self.elementi = self.profondita = 0

    def percorri(self, flusso: IO[bytes]) -> None:
        self.profondita = 0
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._apre
        parser.EndElementHandler = self._chiude
        while blocco := flusso.read(_BLOCCO):
            parser.Parse(blocco, False)
        parser.Parse(b"", True)

    def _doctype(self, *_: object) -> None:
        raise FileRifiutato(f"{ROVINATO} Una sua parte dichiara entità: per sicurezza non si legge.")

    def _apre(self, nome: str, attributi: object) -> None:
        self.elementi += 1
        self.profondita += 1
        if self.profondita > limiti.XML_PROFONDITA:
            raise FileRifiutato(f"{ROVINATO} Ha troppi elementi uno dentro l'altro.")
        if self.elementi > limiti.ZIP_ELEMENTI:
            raise FileRifiutato(
                "Il file .xlsx ha troppe celle per un questionario: togli i fogli che non servono."
            )

    def _chiude(self, nome: str) -> None:
        self.profondita -= 1


def _leggi(contenuto: bytes, righe_massime: dict[str, int]) -> dict[str, Foglio]:
    libro = load_workbook(BytesIO(contenuto), read_only=True, data_only=True, keep_links=False)
    try:
        nomi = libro.sheetnames
        fogli: dict[str, Foglio] = {}
        for nome in nomi:
            minuscolo = "survey" if len(nomi) == 1 else nome.strip().lower()
            if minuscolo in righe_massime and minuscolo not in fogli:
                righe = libro[nome].iter_rows(values_only=True, max_col=limiti.FOGLIO_COLONNE)
                fogli[minuscolo] = _foglio(minuscolo, iter(righe), righe_massime[minuscolo])
        return fogli
    finally:
        libro.close()


def _foglio(nome: str, righe: Iterator[tuple[Any, ...]], massimo: int) -> Foglio:
    foglio = Foglio()
    testata = next(righe, ())
    nomi = [" ".join(str(v).split()) if v is not None else "" for v in testata]
    doppie = {n for n in nomi if n and nomi.count(n) > 1}
    if doppie:
        raise FileRifiutato(f"Nel foglio «{nome}» due colonne si chiamano «{min(doppie)[:60]}».")
    foglio.colonne = [n for n in nomi if n]
    vuote = 0
    for numero, riga in enumerate(righe, 2):
        celle = {
            n: testo for n, v in zip(nomi, riga, strict=False) if n and (testo := _testo(v, nome, numero))
        }
        if not celle:
            vuote += 1
            if vuote > limiti.RIGHE_CERCATE:
                break
            continue
        if vuote > limiti.RIGHE_VUOTE:
            foglio.interrotto = numero
            break
        vuote = 0
        if len(foglio.righe) >= massimo:
            raise FileRifiutato(
                f"Il foglio «{nome}» ha più di {massimo} righe: è troppo per un questionario."
            )
        foglio.righe.append(RigaFoglio(numero, celle))
    return foglio


def _testo(valore: Any, foglio: str, numero: int) -> str:
    if valore is None:
        return ""
    testo = valore.strip() if isinstance(valore, str) else str(xlsx_value_to_str(valore)).strip()
    if len(testo) > limiti.CELLA:
        raise FileRifiutato(
            f"Nel foglio «{foglio}», alla riga {numero}, c'è un testo di più di {limiti.CELLA} caratteri."
        )
    return testo
