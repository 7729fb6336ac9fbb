"""How the demo goes through time: things done at their hours, phases entered, late deadlines moved."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from accordo.base import orologio
from accordo.demo.contenuti import proposta as parole
from accordo.demo.mondo import Mondo
from accordo.demo.tempi import Tempi
from accordo.iter import servizi as iter_servizi
from accordo.iter.models import Accordo, FaseAccordo
from accordo.iter.procedura import processo

SLUG = "lucca"
QUI = Path(__file__).parent
ACCORDO_TXT = QUI / "dati" / "accordo_esempio.txt"
QUESTIONARIO = QUI.parent.parent / "questionari" / "dati" / "questionario_sicurezza.json"

NON_RISPONDONO = {"comune-vagli-sotto", "comune-stazzema"}
PER_PEC = "comune-careggine"
"""Answered the survey by certified mail; who coordinates typed it in."""
SI_PROVA = "comune-barga"
"""The body of the people one logs in as: on the day on which the demo stops its survey waits for them."""
NON_LEGGONO_GLI_ESITI = {"comune-careggine", "comune-fosciandora"}
# Phase 6, on its ninth day: who has not begun, who is writing, who waits for the mayor.
NON_COMINCIANO = {"comune-careggine", "comune-fosciandora", "comune-villa-collemandina", "comune-camporgiano"}
SCRIVONO = {
    "comune-barga", "comune-massarosa", "unione-garfagnana", "comune-pescaglia", "comune-villa-basilica",
    "comune-molazzana", "unione-versilia",
}  # fmt: skip

Evento = tuple[datetime, Callable[[], object]]


class Cammino:
    """One demo being built: how it goes from phase to phase."""

    def __init__(self, mondo: Mondo, tempi: Tempi, adesso: datetime) -> None:
        self.mondo, self.tempi, self.adesso = mondo, tempi, adesso
        self.accordo = Accordo()
        self._atti: dict[str, bytes] = {}
        self.codici = [ente.codice for ente in mondo.sottoscrittori]

    def _svolgi(self, eventi: Iterable[Evento]) -> None:
        """Do things at their times, in order."""
        for quando, fai in sorted(eventi, key=lambda evento: evento[0]):
            with orologio.fermo(min(quando, self.adesso)):
                fai()

    def _avanza(self, codice: str) -> None:
        if codice == processo().stato_finale:
            quando = self.tempi.giorno("approvazione", 28, 12)
        else:
            quando = self.tempi.giorno(codice, 0, 9)
        motivo = parole.MOTIVO_CHIUSURA if codice == "restituzione" else ""
        with orologio.fermo(min(quando, self.adesso)):
            iter_servizi.avanza(self.accordo, da=self.mondo.coordina(), motivazione=motivo)
            self._accorda_scadenza(codice)

    def _accorda_scadenza(self, codice: str) -> None:
        """Extend the deadline of a phase that began late."""
        fase = FaseAccordo.objects.filter(accordo=self.accordo, codice=codice).first()
        if fase is None or fase.scadenza is None or codice == "questionario":
            return
        seguenti = [f for f, giorno in self.tempi.inizi.items() if giorno > self.tempi.inizi[codice]]
        fine = self.tempi.inizi[seguenti[0]] if seguenti else fase.scadenza + timedelta(days=5)
        if fine - timedelta(days=1) > fase.scadenza:
            giorno = fine - timedelta(days=1)
            iter_servizi.proroga(
                self.accordo, codice, giorno, da=self.mondo.coordina(), motivazione=parole.PROMEMORIA_FASE
            )

    def _sparsi(self, fase: str, codici: list[str], da: int, a: int) -> list[tuple[datetime, str]]:
        """Spread the bodies over the days from `da` to `a` of a phase, each at an hour of its own."""
        giorni = a - da + 1
        return [
            (self.tempi.giorno(fase, da + posto * 5 % giorni, 9 + posto * 3 % 8, posto * 7 % 60), codice)
            for posto, codice in enumerate(codici)
        ]
