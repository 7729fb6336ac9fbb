"""The same examination in a process of its own, so that a hostile file can take neither time nor memory from the portal.

One child per web process, started when it is first needed and gone by itself after a while without work. It may use a
gigabyte and a bounded time; if a file kills it, the file is refused and the next one finds a new child.
"""

import atexit
import contextlib
import multiprocessing
import resource
from datetime import datetime
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING

from accordo.approvazione.firme.esito import Atteso, EsitoFirma, FirmaRifiutata, NonEsaminabile

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

TEMPO = 30.0
"""Seconds that one file may take."""
TEMPO_PUBBLICO = 10.0
MEMORIA = 1536 * 1024 * 1024
INATTIVITA = 120.0
_OLTRE = (
    "Il file è costruito in modo troppo complesso per essere controllato: non può essere un testo firmato con uno strumento "
    "di firma digitale."
)
_OCCUPATO = (
    "Il portale sta controllando altri file. Riprova fra un minuto: il tuo non è stato ancora guardato."
)


def _lavora(canale: Connection, memoria: int) -> None:
    """The child: read a file's bytes, examine, answer, until nobody asks any more."""
    from accordo.approvazione.firme.esame import esamina

    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while canale.poll(INATTIVITA):
            contenuto, atteso, adesso = canale.recv()
            try:
                canale.send(("bene", esamina(contenuto, atteso, adesso=adesso)))
            except FirmaRifiutata as rifiuto:
                canale.send(("no", rifiuto.testo))
            except MemoryError:
                return
            except (
                Exception
            ):  # whatever a hostile file brings about is a refusal, and ours to look at in the tests
                canale.send(("no", _OLTRE))


class _Custode:
    """Keeps the child, and asks it one thing at a time."""

    def __init__(self) -> None:
        self._serratura = Lock()
        self._figlio: SpawnProcess | None = None
        self._canale: Connection | None = None

    def chiedi(self, contenuto: bytes, atteso: Atteso, adesso: datetime, tempo: float) -> EsitoFirma:
        if not self._serratura.acquire(timeout=2 * tempo):
            raise NonEsaminabile(_OCCUPATO)
        try:
            for _ in range(2):  # an idle child may go away in the very moment in which it is asked
                canale = self._aperto()
                try:
                    canale.send((contenuto, atteso, adesso))
                except (BrokenPipeError, ConnectionError, EOFError):
                    self.chiudi()
                    continue
                return self._risposta(canale, tempo)
        finally:
            self._serratura.release()
        raise NonEsaminabile(_OLTRE)

    def _risposta(self, canale: Connection, tempo: float) -> EsitoFirma:
        try:
            if not canale.poll(tempo):
                raise EOFError
            come, risposta = canale.recv()
        except (EOFError, ConnectionError) as errore:
            self.chiudi()
            raise NonEsaminabile(_OLTRE) from errore
        if come == "no":
            raise FirmaRifiutata(risposta)
        assert isinstance(risposta, EsitoFirma)
        return risposta

    def _aperto(self) -> Connection:
        if self._figlio is None or self._canale is None or not self._figlio.is_alive():
            self.chiudi()
            contesto = multiprocessing.get_context("spawn")
            self._canale, suo = contesto.Pipe()
            self._figlio = contesto.Process(target=_lavora, args=(suo, MEMORIA), daemon=True)
            self._figlio.start()
            suo.close()
        return self._canale

    def chiudi(self) -> None:
        if self._canale is not None:
            self._canale.close()
        if self._figlio is not None:
            self._figlio.kill()
            self._figlio.join(5)
        self._figlio = self._canale = None


_custodi = {True: _Custode(), False: _Custode()}
"""One for who signs, one for the public page: nobody outside can make who signs wait."""
for _uno in _custodi.values():
    atexit.register(_uno.chiudi)


def esamina_isolato(
    contenuto: bytes, atteso: Atteso, *, adesso: datetime, tempo: float = TEMPO, pubblico: bool = False
) -> EsitoFirma:
    """Examine in the child; the same answers as `esamina`, within bounds of time and memory."""
    return _custodi[pubblico].chiedi(
        contenuto, atteso, adesso, min(tempo, TEMPO_PUBBLICO) if pubblico else tempo
    )
