"""One meeting followed through with a real calendar program: khal keeps its entries by UID, as people's calendars do.

khal takes the newest message it is given and does not weigh SEQUENCE; that it grows is asked here of the messages.
"""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from focusgroup import servizi
from tests.focusgroup.test_inviti import parti

pytestmark = [pytest.mark.django_db, pytest.mark.una_volta]

QUANDO = datetime(2099, 7, 8, 10, 0, tzinfo=ZoneInfo("Europe/Rome"))
CONFIGURAZIONE = """
[calendars]
[[mio]]
path = {cartella}/mio
[sqlite]
path = {cartella}/khal.db
[locale]
local_timezone = Europe/Rome
default_timezone = Europe/Rome
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = mio
"""


class Khal:
    """The calendar of one person."""

    def __init__(self, cartella: Path) -> None:
        self.cartella = cartella
        (cartella / "mio").mkdir()
        self.configurazione = cartella / "config"
        self.configurazione.write_text(CONFIGURAZIONE.format(cartella=cartella), encoding="utf-8")

    def _esegui(self, *argomenti: str) -> str:
        comando = [sys.executable, "-m", "khal", "-c", str(self.configurazione), *argomenti]
        fatto = subprocess.run(
            comando,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={"HOME": str(self.cartella), "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(self.cartella)},
        )
        assert fatto.returncode == 0, fatto.stderr
        return fatto.stdout

    def riceve(self, ics: bytes) -> None:
        """Take the calendar part of a mail."""
        file = self.cartella / "messaggio.ics"
        file.write_bytes(ics)
        self._esegui("import", "--batch", str(file))

    def voci(self) -> list[str]:
        """What the person sees in two months."""
        formato = "{uid}|{start-long}|{title}|{location}|{status}"
        uscita = self._esegui("list", "--format", formato, "--day-format", "", "--once", "2099-07-01", "60d")
        return [riga.strip() for riga in uscita.splitlines() if "|" in riga]


def ricevuto(indirizzo: str) -> bytes:
    [ultimo] = [m for m in mail.outbox if m.to == [indirizzo]][-1:]
    _, parte = parti(ultimo)
    return bytes(parte.get_payload(decode=True))


def test_richiesta_cambio_e_annullamento_sono_una_voce_sola(
    riunione, coordina, tmp_path, django_capture_on_commit_callbacks
):
    khal, chi, sequenze = Khal(tmp_path), "rappresentante@example.invalid", []

    def consegna() -> None:
        ics = ricevuto(chi)
        sequenze.append(int(Calendar.from_ical(ics).walk("VEVENT")[0]["sequence"]))
        khal.riceve(ics)

    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(riunione, inizio=QUANDO, luogo="Città di Lucca", da=coordina)
        servizi.convoca_riunione(riunione, da=coordina)
    consegna()
    nome = f"{riunione.uid}@accordo"
    assert khal.voci() == [f"{nome}|2099-07-08 10:00|Focus group: Piana di Lucca|Città di Lucca|CONFIRMED"]

    with django_capture_on_commit_callbacks(execute=True):
        servizi.fissa_riunione(
            riunione,
            inizio=QUANDO + timedelta(days=20, hours=5),
            luogo="Barga, perché è più vicina",
            motivazione="La sala è occupata.",
            da=coordina,
        )
    consegna()
    assert khal.voci() == [
        f"{nome}|2099-07-28 15:00|Focus group: Piana di Lucca|Barga, perché è più vicina|CONFIRMED"
    ]

    with django_capture_on_commit_callbacks(execute=True):
        servizi.muovi_riunione(riunione, "annulla", motivazione="Neve.", da=coordina)
    consegna()
    [unica] = khal.voci()
    assert unica.startswith(f"{nome}|2099-07-28 15:00|")
    assert unica.endswith("|CANCELLED")
    assert sequenze == [0, 1, 2]
    assert len(list((tmp_path / "mio").glob("*.ics"))) == 1
