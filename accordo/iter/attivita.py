"""What is asked of a person, or what they have done: the lines of "Le mie attività" (drawing a)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localtime

from accordo.enti.models import Ruolo

if TYPE_CHECKING:
    from accordo.enti.agente import Agente
    from accordo.iter.models import Accordo


@dataclass(frozen=True, slots=True)
class Attivita:
    """One line: to do (`fatta_il` None), or done.

    `azione` is the button's words, verb and object ("Leggi e conferma"); `entro` the day by which it must be done.
    """

    titolo: str
    testo: str
    url: str
    azione: str
    entro: date | None = None
    fatta_il: date | None = None


def presentazione(accordo: "Accordo", agente: "Agente") -> Iterator[Attivita]:
    """What phase 1 asks: of the coordinator the proposal, of each representative the answer."""
    from accordo.iter import fasi, permessi
    from accordo.iter.interrogazioni import senza_referente
    from accordo.iter.models import Partecipazione, Proposta, StatoPartecipazione

    url = reverse("iter:presentazione", args=[accordo.slug])
    entro = fasi.scadenza(accordo, "presentazione")
    in_fase = fasi.in_fase(accordo, "presentazione")
    proposta = Proposta.objects.filter(accordo=accordo).first()
    pubblicata = proposta.pubblicata_il if proposta else None
    if permessi.coordina(agente, accordo):
        if pubblicata:
            giorno = localtime(pubblicata).date()
            yield Attivita("Hai pubblicato la proposta", "", url, "Rileggi la proposta", fatta_il=giorno)
        elif in_fase:
            testo = "Scrivi il testo, allega il documento e scegli gli enti da invitare."
            yield Attivita("Pubblica la proposta d'accordo", testo, url, "Scrivi la proposta", entro=entro)
        return
    mia = Partecipazione.objects.filter(accordo=accordo, ente=agente.ente_id).first()
    if mia is None or pubblicata is None or agente.ente is None:
        return
    if mia.presa_visione_il:
        fatto = (
            "Hai risposto alla proposta"
            if mia.stato != StatoPartecipazione.INVITATO
            else "Hai letto la proposta"
        )
        giorno = localtime(mia.presa_visione_il).date()
        if (
            mia.stato == StatoPartecipazione.PARTECIPA
            and agente.ha(Ruolo.RAPPRESENTANTE)
            and senza_referente([mia])
        ):
            testo = "Nessuno segue più l'accordo negli uffici: indica chi compila e prepara per l'ente."
            risposta = reverse("iter:risposta", args=[accordo.slug])
            yield Attivita("Indica il nuovo referente", testo, risposta, "Indica la persona")
        yield Attivita(fatto, "", url, "Rileggi la proposta", fatta_il=giorno)
    elif agente.ha(Ruolo.RAPPRESENTANTE):
        testo = f"{accordo.promotore.con_articolo} propone l'accordo: di' se l'ente partecipa e chi lo segue."
        risposta = reverse("iter:risposta", args=[accordo.slug])
        yield Attivita("Rispondi alla proposta d'accordo", testo, risposta, "Leggi e rispondi", entro=entro)
