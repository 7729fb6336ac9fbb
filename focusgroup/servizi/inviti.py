"""The invitations: who receives them, and what they tell the calendars."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import batched
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils.text import slugify
from django.utils.timezone import localtime

from accordo.base import posta
from accordo.enti.models import Incarico, Ruolo
from accordo.iter.interrogazioni import partecipazioni_attive
from focusgroup.calendario import Invitato, messaggio
from focusgroup.dossier import dossier
from focusgroup.models import Convocazione, Risposta, Riunione

registro = logging.getLogger(__name__)

Metodo = Literal["REQUEST", "CANCEL"]

PER_VOLTA = 200
"""Invitations that one task sends."""

PARTSTAT = {
    Risposta.IN_ATTESA: "NEEDS-ACTION",
    Risposta.ACCETTATA: "ACCEPTED",
    Risposta.FORSE: "TENTATIVE",
    Risposta.DECLINATA: "DECLINED",
}


def invitati(
    riunione: Riunione, enti: Collection[int] | None = None, *, anche_usciti: bool = False
) -> list[Invitato]:
    """Return who receives the invitation, once each: the people of the bodies called (or of those of `enti` alone), and
    whom they named. Two queries. A body that has left the accord is told of what is called off, no more.

    Who represents the body, or was named by it, is asked to come; the referente and the observer are told.
    """
    righe = riunione.convocazioni.all() if enti is None else riunione.convocazioni.filter(ente__in=enti)
    if not anche_usciti:
        righe = righe.filter(ente__in=partecipazioni_attive(riunione.accordo).values("ente"))
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
            ospite=convocazione.ospite,
        )
        gia = trovati.get(utente.email)
        if gia is not None and gia.ospite != invitato.ospite:  # who acts for a body too reads what it reads
            invitato, gia = replace(invitato, ospite=False), replace(gia, ospite=False)
        trovati[utente.email] = invitato if gia is None or atteso else gia
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
        ospite=convocazione.ospite,
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
    """Tell everybody called, or those of `a`, in words and in the language of calendars, after the commit.

    With an invitation, and with its update, goes the dossier of the meeting.
    """
    if posta.tace():
        return
    assert riunione.inizio is not None
    quando = localtime(riunione.inizio)
    righe = [riunione.titolo, f"{quando:%d/%m/%Y}, ore {quando:%H.%M}", riunione.luogo, riunione.collegamento]
    testo = "\n".join([*filter(None, righe), "", invito])
    indirizzo = settings.INDIRIZZO_PUBBLICO + riunione.url()
    punti = list(riunione.punti.all())
    lettere = [
        (i.email, i.ospite, messaggio(riunione, i, metodo, indirizzo, punti).decode())
        for i in _senza_doppi(invitati(riunione, anche_usciti=metodo == "CANCEL") if a is None else a)
    ]

    def accoda() -> None:
        for gruppo in batched(lettere, PER_VOLTA):
            _spedisci.enqueue(riunione.pk, metodo, f"{riunione.titolo}: {fatto}", testo, gruppo)

    transaction.on_commit(accoda)


@task()
def _spedisci(
    chiave: int, metodo: str, oggetto: str, testo: str, lettere: Sequence[tuple[str, bool, str]]
) -> None:
    """Send these invitations. The dossier is laid out once for the bodies and once for the guests, not for each."""
    riunione = Riunione.objects.select_related("accordo__promotore", "ambito").get(pk=chiave)
    fascicoli: dict[bool, posta.Allegato | None] = {}
    if metodo == "REQUEST":
        fascicoli = {ospiti: _fascicolo(riunione, ospiti) for ospiti in {ospite for _, ospite, _ in lettere}}
    for email, ospite, ics in lettere:
        posta.invia(
            [email],
            oggetto,
            "\n\n".join([testo, *_del_fascicolo(riunione, fascicoli, ospite)]),
            riunione.url(),
            appuntamento=posta.Appuntamento(metodo, ics.encode()),
            allegati=list(filter(None, [fascicoli.get(ospite)])),
        )


def _fascicolo(riunione: Riunione, ospiti: bool) -> posta.Allegato | None:
    """Return the dossier to attach, if it can travel: an invitation never waits for it."""
    try:
        pdf = dossier(riunione, ospiti=ospiti)
    except Exception:
        registro.exception("Il fascicolo della riunione %s non si può stampare", riunione.pk)
        return None
    if len(pdf) > posta.MASSIMO_ALLEGATI:
        return None
    return posta.Allegato(f"{slugify(f'fascicolo {riunione.titolo}')}.pdf", pdf)


def _del_fascicolo(
    riunione: Riunione, fascicoli: dict[bool, posta.Allegato | None], ospite: bool
) -> Iterable[str]:
    """What the message says of the dossier."""
    if ospite not in fascicoli:
        return
    if fascicoli[ospite] is not None:
        yield "In allegato c'è il fascicolo della riunione (PDF): l'ordine del giorno, con ciò che ne sappiamo."
    else:
        yield (
            "Il fascicolo della riunione è troppo grande per un messaggio: "
            f"lo scarichi dal portale, da {settings.INDIRIZZO_PUBBLICO}{riunione.url('dossier')}"
        )


def _senza_doppi(tutti: Iterable[Invitato]) -> list[Invitato]:
    return list({i.email.lower(): i for i in tutti}.values())
