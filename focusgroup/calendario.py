"""Meetings as iCalendar (RFC 5545): a file for one's own calendar, and the messages that change its entry (RFC 5546).

One meeting is one entry wherever it goes: `UID` never changes, `SEQUENCE` grows with every change of date or place and
with the cancellation, so that a calendar takes the newest and drops the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Component, Event, vCalAddress, vText

from accordo.base import orologio
from focusgroup.models import Punto, Riunione
from focusgroup.stati import StatoRiunione

PRODOTTO = "-//Accordo//Focus group//IT"
ROMA = ZoneInfo("Europe/Rome")
_ORA_DI_ROMA = """BEGIN:VTIMEZONE
TZID:Europe/Rome
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
"""The rule that holds since 1996, in the form that Outlook, Thunderbird and Google read."""


@dataclass(frozen=True, slots=True)
class Invitato:
    """Somebody who receives the invitation. Each gets a message with their own name alone."""

    email: str
    nome: str
    ruolo: str = "REQ-PARTICIPANT"
    """REQ-PARTICIPANT comes with a vote, OPT-PARTICIPANT is a guest, NON-PARTICIPANT is told."""
    partstat: str = "NEEDS-ACTION"
    ospite: bool = False
    """Whether they come for guests alone: then they read of the findings what is confirmed."""


def uid(riunione: Riunione) -> str:
    """Return the name that the entry keeps for life, in every calendar."""
    return f"{riunione.uid}@accordo"


def nuovo_calendario(metodo: str) -> Calendar:
    """Return an empty calendar with the hour of Rome."""
    calendario = Calendar()
    calendario.add("prodid", PRODOTTO)
    calendario.add("version", "2.0")
    calendario.add("calscale", "GREGORIAN")
    calendario.add("method", metodo)
    calendario.add_component(_fuso())
    return calendario


@cache
def _fuso() -> Component:
    return Component.from_ical(_ORA_DI_ROMA)


def locale(momento: datetime) -> datetime:
    """Return the moment as it stands in the calendar: Rome's hour, whole seconds."""
    return momento.astimezone(ROMA).replace(microsecond=0)


def voce(riunione: Riunione, indirizzo: str, punti: Iterable[Punto], *, quando: datetime) -> Event:
    """Return the meeting as an entry. `quando` is the moment of this message (DTSTAMP)."""
    assert riunione.inizio is not None
    assert riunione.fine is not None
    evento = Event()
    evento.add("uid", uid(riunione))
    evento.add("sequence", riunione.sequenza)
    evento.add("dtstamp", quando.replace(microsecond=0))
    evento.add("last-modified", riunione.aggiornata_il.replace(microsecond=0))
    evento.add("dtstart", locale(riunione.inizio))
    evento.add("dtend", locale(riunione.fine))
    evento.add("summary", riunione.titolo)
    evento.add("location", riunione.luogo or riunione.collegamento)
    righe = [str(punto) for punto in punti]
    if riunione.collegamento:
        righe += ["", f"A distanza: {riunione.collegamento}"]
    evento.add("description", "\n".join([*righe, "", f"La riunione sul portale: {indirizzo}"]).strip())
    evento.add("url", indirizzo)
    annullata = riunione.stato == StatoRiunione.ANNULLATA
    evento.add("status", "CANCELLED" if annullata else "CONFIRMED")
    evento.add("transp", "TRANSPARENT" if annullata else "OPAQUE")
    return evento


def ics(riunione: Riunione, indirizzo: str) -> bytes:
    """Return the meeting as a file to be put into one's own calendar."""
    calendario = nuovo_calendario("PUBLISH")
    calendario.add_component(voce(riunione, indirizzo, riunione.punti.all(), quando=orologio.adesso()))
    return bytes(calendario.to_ical())


def messaggio(
    riunione: Riunione, invitato: Invitato, metodo: str, indirizzo: str, punti: Iterable[Punto]
) -> bytes:
    """Return the invitation, its update (REQUEST) or the cancellation (CANCEL) for one person."""
    calendario = nuovo_calendario(metodo)
    evento = voce(riunione, indirizzo, punti, quando=orologio.adesso())
    if metodo == "CANCEL":
        evento["status"] = vText("CANCELLED")
    evento.add("organizer", organizzatore(riunione))
    persona = vCalAddress(f"mailto:{invitato.email}")
    persona.params["CN"] = vText(invitato.nome)
    persona.params["CUTYPE"] = "INDIVIDUAL"
    persona.params["ROLE"] = invitato.ruolo
    persona.params["PARTSTAT"] = invitato.partstat
    attesa = metodo == "REQUEST" and invitato.partstat == "NEEDS-ACTION"
    persona.params["RSVP"] = "TRUE" if attesa and invitato.ruolo != "NON-PARTICIPANT" else "FALSE"
    evento.add("attendee", persona)
    calendario.add_component(evento)
    return bytes(calendario.to_ical())


def organizzatore(riunione: Riunione) -> vCalAddress:
    """Return who calls: the promoter, at the address that the portal writes from."""
    _, mittente = parseaddr(settings.DEFAULT_FROM_EMAIL)
    chi = vCalAddress(f"mailto:{mittente}")
    chi.params["CN"] = vText(riunione.accordo.promotore.denominazione)
    return chi


def giornata(chiave: str, giorno: date, titolo: str, indirizzo: str, *, quando: datetime) -> Event:
    """Return a whole day, for a deadline: it takes no time away."""
    evento = Event()
    evento.add("uid", f"{chiave}@accordo")
    evento.add("dtstamp", quando.replace(microsecond=0))
    evento.add("dtstart", giorno)
    evento.add("dtend", giorno + timedelta(days=1))
    evento.add("summary", titolo)
    evento.add("url", indirizzo)
    evento.add("transp", "TRANSPARENT")
    return evento
