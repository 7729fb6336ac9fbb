"""What waits for an answer beside the desk: reformulations put to their proposer, amendments whose target changed."""

from django.db.models import QuerySet

from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze.models import Riformulazione, Riporto

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
