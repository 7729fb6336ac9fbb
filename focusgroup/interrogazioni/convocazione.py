"""The querysets of who is called."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accordo.enti.models import Ente, Incarico
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Veste
from focusgroup.models import Convocazione, Riunione


def convocazioni(riunione: Riunione) -> QuerySet[Convocazione]:
    """Return who is called, with their bodies; the guests last. `decaduta`: who was to come has no role any more."""
    return (
        riunione.convocazioni.select_related("ente__ambito", "risposta_da", "persona")
        .annotate(decaduta=decaduta())
        .order_by("ospite", "ente__denominazione")
    )


def decaduta() -> Q:
    """Say that the person named to come no longer acts for the body."""
    in_carica = Incarico.objects.in_corso().filter(ente=OuterRef("ente"), utente=OuterRef("persona"))
    return Q(persona__isnull=False) & ~Q(Exists(in_carica))


def soggetti_da_invitare(riunione: Riunione) -> list[Ente]:
    """Return the subjects involved in the accord, who may be invited without a vote."""
    righe = partecipazioni_attive(riunione.accordo).filter(veste=Veste.SOGGETTO_COINVOLTO)
    return [p.ente for p in righe.exclude(ente__in=riunione.convocazioni.filter(ospite=False).values("ente"))]


def persone(ente: Ente) -> list[Incarico]:
    """Return who acts for a body today."""
    return list(Incarico.objects.in_corso().filter(ente=ente).select_related("utente", "ente").order_by("pk"))
