"""The accord's dates as a calendar file."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from accordo.base import orologio
from accordo.cruscotto.tempi import Appuntamento
from accordo.iter.models import Accordo


def ics(accordo: Accordo, voci: Iterable[Appuntamento]) -> bytes:
    """Return appointments and deadlines as whole-day events (RFC 5545)."""
    calendario = Calendar()
    calendario.add("prodid", "-//Accordo//Tempi e fasi//IT")
    calendario.add("version", "2.0")
    calendario.add("x-wr-calname", accordo.titolo)
    for n, voce in enumerate(voci, start=1):
        evento = Event()
        evento.add("uid", f"{accordo.slug}-{voce.giorno:%Y%m%d}-{n}@accordo")
        evento.add("dtstamp", orologio.adesso())
        evento.add("dtstart", voce.giorno)
        evento.add("dtend", voce.giorno + timedelta(days=1))
        evento.add("summary", f"{voce.testo} ({accordo.titolo})")
        if voce.luogo:
            evento.add("location", voce.luogo)
        calendario.add_component(evento)
    return bytes(calendario.to_ical())
