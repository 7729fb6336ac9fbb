"""The invitations: who receives them, and what they tell the calendars."""

from collections.abc import Collection, Iterable
from typing import Literal

from django.conf import settings
from django.utils.timezone import localtime

from accordo.base import posta
from accordo.enti.models import Incarico, Ruolo
from focusgroup.calendario import Invitato, messaggio
from focusgroup.models import Convocazione, Risposta, Riunione

Metodo = Literal["REQUEST", "CANCEL"]

PARTSTAT = {
    Risposta.IN_ATTESA: "NEEDS-ACTION",
    Risposta.ACCETTATA: "ACCEPTED",
    Risposta.FORSE: "TENTATIVE",
    Risposta.DECLINATA: "DECLINED",
}


def invitati(riunione: Riunione, enti: Collection[int] | None = None) -> list[Invitato]:
    """Return who receives the invitation, once each: the people of the bodies called (or of those of `enti` alone), and
    whom they named. Two queries.

    Who represents the body, or was named by it, is asked to come; the referente and the observer are told.
    """
    righe = riunione.convocazioni.all() if enti is None else riunione.convocazioni.filter(ente__in=enti)
    convocazioni = {c.ente_id: c for c in righe}
    incarichi = (
        Incarico.objects.in_corso()
        .filter(ente__in=convocazioni, ruolo__in=(Ruolo.RAPPRESENTANTE, Ruolo.REFERENTE, Ruolo.OSSERVATORE))
        .select_related("utente")
        .order_by("pk")
    )
    trovati: dict[str, Invitato] = {}
    for incarico in incarichi:
        convocazione = convocazioni[incarico.ente_id]
        utente = incarico.utente
        atteso = (
            convocazione.persona_id == utente.pk
            if convocazione.persona_id
            else incarico.ruolo == Ruolo.RAPPRESENTANTE
        )
        invitato = Invitato(
            utente.email,
            str(utente),
            _ruolo(convocazione) if atteso else "NON-PARTICIPANT",
            PARTSTAT[Risposta(convocazione.risposta)] if atteso else "NEEDS-ACTION",
        )
        if utente.email not in trovati or atteso:
            trovati[utente.email] = invitato
    for convocazione in convocazioni.values():
        if convocazione.email and convocazione.email not in trovati:
            trovati[convocazione.email] = da_fuori(convocazione)
    return list(trovati.values())


def da_fuori(convocazione: Convocazione) -> Invitato:
    """Return whom the body named, who has no login: known by an address alone."""
    return Invitato(
        convocazione.email,
        convocazione.partecipante,
        _ruolo(convocazione),
        PARTSTAT[Risposta(convocazione.risposta)],
    )


def _ruolo(convocazione: Convocazione) -> str:
    return "OPT-PARTICIPANT" if convocazione.ospite else "REQ-PARTICIPANT"


def manda(
    riunione: Riunione,
    metodo: Metodo,
    *,
    fatto: str,
    invito: str,
    a: Collection[Invitato] | None = None,
) -> None:
    """Tell everybody called, or those of `a`, in words and in the language of calendars, after the commit."""
    if posta.tace():
        return
    assert riunione.inizio is not None
    quando = localtime(riunione.inizio)
    righe = [riunione.titolo, f"{quando:%d/%m/%Y}, ore {quando:%H.%M}", riunione.luogo, riunione.collegamento]
    testo = "\n".join([*filter(None, righe), "", invito])
    indirizzo = settings.INDIRIZZO_PUBBLICO + riunione.url()
    punti = list(riunione.punti.all())
    for invitato in _senza_doppi(invitati(riunione) if a is None else a):
        posta.invia(
            [invitato.email],
            f"{riunione.titolo}: {fatto}",
            testo,
            riunione.url(),
            appuntamento=posta.Appuntamento(metodo, messaggio(riunione, invitato, metodo, indirizzo, punti)),
        )


def _senza_doppi(tutti: Iterable[Invitato]) -> list[Invitato]:
    return list({i.email.lower(): i for i in tutti}.values())
