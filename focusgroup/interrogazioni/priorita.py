"""The points of a meeting, counted."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accordo.rilievi.models import Rilievo, TipoRilievo
from accordo.rilievi.stati import VIVI
from focusgroup.models import Priorita, PuntiEnte, Riunione

IN_DISCUSSIONE = 200
"""At most so many findings are put to the bodies at once."""


def in_discussione(riunione: Riunione) -> QuerySet[Rilievo]:
    """Return the findings that get points: those of the agenda if it names any, else the area's; not the strengths."""
    aperti = Rilievo.objects.filter(accordo=riunione.accordo_id, stato__in=VIVI).exclude(
        tipo=TipoRilievo.FORZA
    )
    sul_tavolo = aperti.filter(punti__riunione=riunione)
    scelti = sul_tavolo if sul_tavolo.exists() else aperti.filter(ambito=riunione.ambito_id)
    return Rilievo.objects.filter(pk__in=scelti.order_by("numero").values("pk")).order_by("tipo", "numero")


@dataclass(frozen=True, slots=True)
class Voce:
    """A finding and what it got."""

    rilievo: Rilievo
    punti: int
    enti: int


def classifica(priorita: Priorita) -> list[Voce]:
    """Return the findings in discussion, or that got points, the most wanted first. Two queries."""
    dati = Q(punti_enti__priorita=priorita)
    righe = (
        Rilievo.objects.filter(
            Q(pk__in=in_discussione(priorita.riunione).values("pk"))
            | Q(pk__in=PuntiEnte.objects.filter(priorita=priorita).values("rilievo"))
        )
        .select_related("accordo")
        .annotate(
            presi=Coalesce(Sum("punti_enti__punti", filter=dati), 0),
            da_quanti=Count("punti_enti__ente", filter=dati, distinct=True),
        )
        .order_by("-presi", "tipo", "numero")
    )
    return [Voce(r, r.presi, r.da_quanti) for r in righe[:IN_DISCUSSIONE]]


def dati_da(priorita: Priorita) -> dict[int, int]:
    """Return how many points each body has given, by its key. One query."""
    return dict(
        priorita.punti.order_by()
        .values_list("ente")
        .annotate(totale=Sum("punti"))
        .values_list("ente", "totale")
    )
