"""A meeting as an iCalendar entry (RFC 5545), to be put into one's own calendar."""

from icalendar import Calendar, Event

from accordo.base import orologio
from focusgroup.models import Riunione
from focusgroup.stati import StatoRiunione


def ics(riunione: Riunione, indirizzo: str) -> bytes:
    """Return the meeting as a file .ics; UID and SEQUENCE let a calendar recognise the same entry when it changes."""
    calendario = Calendar()
    calendario.add("prodid", "-//Accordo//Focus group//IT")
    calendario.add("version", "2.0")
    calendario.add("method", "PUBLISH")
    voce = Event()
    voce.add("uid", f"riunione-{riunione.pk}@{riunione.accordo.slug}.accordo")
    voce.add("sequence", riunione.sequenza)
    voce.add("dtstamp", orologio.adesso())
    voce.add("dtstart", riunione.inizio)
    voce.add("dtend", riunione.fine)
    voce.add("summary", riunione.titolo)
    voce.add("location", riunione.luogo or riunione.collegamento)
    voce.add("description", "\n".join(str(punto) for punto in riunione.punti.all()))
    voce.add("url", indirizzo)
    voce.add("status", "CANCELLED" if riunione.stato == StatoRiunione.ANNULLATA else "CONFIRMED")
    calendario.add_component(voce)
    calendario.add_missing_timezones()
    return bytes(calendario.to_ical())
