"""What a person's own calendar shows: their meetings and the deadlines of their accords. A fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from icalendar import Event

from accordo.enti.models import Incarico, Ruolo, Utente
from accordo.iter.models import Accordo, FaseAccordo, Partecipazione, StatoPartecipazione
from accordo.iter.procedura import processo
from focusgroup.calendario import giornata, nuovo_calendario, voce
from focusgroup.models import Convocazione, IndirizzoCalendario, Punto, Riunione, Sondaggio
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio


def indirizzo_valido(seme: str) -> IndirizzoCalendario | None:
    """Return the address with this seed if its owner may still log in."""
    return (
        IndirizzoCalendario.objects.filter(seme=seme, utente__is_active=True).select_related("utente").first()
    )


@dataclass(frozen=True, slots=True)
class _Enti:
    """For whom the person acts today."""

    tutti: frozenset[int]
    coordinati: frozenset[int]


def _enti(utente: Utente) -> _Enti:
    righe = list(Incarico.objects.in_corso().filter(utente=utente).values_list("ente", "ruolo"))
    return _Enti(
        frozenset(ente for ente, _ in righe),
        frozenset(ente for ente, ruolo in righe if ruolo == Ruolo.COORDINATORE),
    )


def agenda_ics(utente: Utente) -> bytes | None:
    """Return the person's calendar, or None if they act for nobody any more.

    Nothing in it is about other people: titles, places, agendas and deadlines, no names and no addresses.
    """
    enti = _enti(utente)
    if not enti.tutti:
        return None
    calendario = nuovo_calendario("PUBLISH")
    calendario.add("x-wr-calname", "Accordo: riunioni e scadenze")
    calendario.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendario.add("x-published-ttl", "PT6H")
    for evento in _eventi(enti):
        calendario.add_component(evento)
    return bytes(calendario.to_ical())


def _eventi(enti: _Enti) -> Iterator[Event]:
    base = settings.INDIRIZZO_PUBBLICO
    for riunione in _riunioni(enti):
        yield voce(riunione, base + riunione.url(), riunione.punti.all(), quando=riunione.aggiornata_il)
    for sondaggio in _sondaggi(enti):
        if sondaggio.scadenza and sondaggio.aperto_il:
            yield giornata(
                f"sondaggio-{sondaggio.pk}-{sondaggio.riunione.uid}",
                localtime(sondaggio.scadenza).date(),
                f"Termine: di' quando puoi. {sondaggio.riunione.titolo}",
                base + sondaggio.url(),
                quando=sondaggio.aperto_il,
            )
    for fase in _scadenze(enti):
        assert fase.scadenza is not None
        yield giornata(
            f"scadenza-{fase.codice}-{fase.accordo.slug}",
            fase.scadenza,
            f"Scadenza: {processo().nome(fase.codice)}. {fase.accordo.titolo}",
            base + reverse("cruscotto:tempi", args=[fase.accordo.slug]),
            quando=fase.accordo.creato_il,
        )


def _riunioni(enti: _Enti) -> QuerySet[Riunione]:
    """The meetings to which one's bodies are called, and all of the accords that one leads; also those called off."""
    chiamate = Convocazione.objects.filter(ente__in=enti.tutti).values("riunione")
    return (
        Riunione.objects.filter(Q(pk__in=chiamate) | Q(accordo__promotore__in=enti.coordinati))
        .exclude(stato=StatoRiunione.IN_PREPARAZIONE)
        .filter(inizio__isnull=False)
        .select_related("accordo")
        .prefetch_related(Prefetch("punti", Punto.objects.order_by("ordine")))
        .order_by("inizio", "pk")
    )


def _sondaggi(enti: _Enti) -> QuerySet[Sondaggio]:
    return (
        Sondaggio.objects.filter(
            riunione__convocazioni__ente__in=enti.tutti,
            riunione__stato=StatoRiunione.IN_PREPARAZIONE,
            stato=StatoSondaggio.APERTO,
        )
        .select_related("riunione__accordo")
        .distinct()
        .order_by("scadenza", "pk")
    )


def _scadenze(enti: _Enti) -> QuerySet[FaseAccordo]:
    partecipati = (
        Partecipazione.objects.filter(ente__in=enti.tutti)
        .exclude(stato=StatoPartecipazione.NON_PARTECIPA)
        .values("accordo")
    )
    accordi = Accordo.objects.filter(Q(pk__in=partecipati) | Q(promotore__in=enti.coordinati))
    return (
        FaseAccordo.objects.filter(accordo__in=accordi, scadenza__isnull=False)
        .select_related("accordo")
        .order_by("scadenza", "accordo", "ordine")
    )
