"""What waits for an answer beside the desk: reformulations put to their proposer, amendments whose target changed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze.models import Emendamento, Riformulazione, Riporto
from bozze.stati_esame import StatoRiformulazione, StatoRiporto


@dataclass(frozen=True, slots=True)
class Attesa:
    """What waits for an answer on one amendment, in words, with the page where it is given."""

    che_cosa: str
    azione: str
    entro: date
    scaduta: bool
    url: str


def attese_di(emendamento: Emendamento, agente: Agente | None) -> list[Attesa]:
    """Return what this person reads of what waits on an amendment: a reformulation, a text that changed. Two queries."""
    if emendamento.deciso:
        return []
    accordo = emendamento.accordo
    suo = agente is not None and agente.agisce_per(emendamento.ente_id)
    azione = "Leggi e rispondi" if suo else "Leggi che cosa si aspetta"
    proposte = riformulazioni_visibili_a(agente, accordo).filter(stato=StatoRiformulazione.PROPOSTA)
    fermi = riporti_visibili_a(agente, accordo).filter(stato=StatoRiporto.IN_ATTESA)
    return [
        *(
            Attesa(
                "Una riformulazione aspetta il consenso di chi lo ha proposto.",
                azione,
                p.entro,
                p.scaduto,
                p.get_absolute_url(),
            )
            for p in proposte.filter(emendamento=emendamento)
        ),
        *(
            Attesa(
                "Chi lo ha proposto deve dire che cosa farne.",
                azione,
                r.entro,
                r.scaduto,
                r.get_absolute_url(),
            )
            for r in fermi.filter(emendamento=emendamento)
        ),
    ]


_CON = ("emendamento__accordo", "emendamento__ente__ambito")


def riformulazioni_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Riformulazione]:
    """Return those put to the person's body; all of them to who coordinates."""
    tutte = (
        Riformulazione.objects.filter(emendamento__accordo=accordo)
        .select_related(*_CON, "aperto_da", "risposta_da")
        .order_by("entro", "pk")
    )
    if coordina(agente, accordo):
        return tutte
    return tutte.filter(emendamento__ente=agente.ente_id) if agente and agente.ente_id else tutte.none()


def riporti_visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Riporto]:
    """Return those of the person's body; to who coordinates those of all amendments that have been presented."""
    tutti = (
        Riporto.objects.filter(emendamento__accordo=accordo)
        .select_related(*_CON, "dalla", "alla", "aperto_da", "risposta_da")
        .order_by("entro", "pk")
    )
    if coordina(agente, accordo):
        return tutti.filter(emendamento__presentato_il__isnull=False)
    return tutti.filter(emendamento__ente=agente.ente_id) if agente and agente.ente_id else tutti.none()
