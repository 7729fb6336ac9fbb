"""The querysets of meetings."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo, Evento
from focusgroup.models import Convocazione, Risposta, Riunione, Sondaggio
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio


def visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Riunione]:
    """Return the meetings that this person may open.

    Who leads: all. A body called: its own, once called or asked about the date. Everybody who takes part: those whose
    minutes are approved.
    """
    righe = Riunione.objects.filter(accordo=accordo).select_related("accordo", "ambito")
    if permessi.coordina(agente, accordo):
        return righe
    if agente is None or agente.ente is None or not permessi.partecipa(agente, accordo):
        return righe.none()
    mie = Convocazione.objects.filter(ente=agente.ente).values("riunione")
    chieste = Sondaggio.objects.filter(aperto_il__isnull=False).values("riunione")
    convocate = Q(pk__in=mie) & (~Q(stato=StatoRiunione.IN_PREPARAZIONE) | Q(pk__in=chieste))
    return righe.filter(convocate | Q(stato=StatoRiunione.VERBALE_APPROVATO))


def con_conti(righe: QuerySet[Riunione]) -> QuerySet[Riunione]:
    """Add how many are called, how many come, how many were there, and whether the bodies are asked for the date."""
    aperti = Sondaggio.objects.filter(riunione=OuterRef("pk"), stato=StatoSondaggio.APERTO)
    return righe.annotate(
        si_cerca_la_data=Exists(aperti),
        chiamati=Count("convocazioni"),
        accettate=Count("convocazioni", filter=Q(convocazioni__risposta=Risposta.ACCETTATA)),
        presenti=Count("convocazioni", filter=Q(convocazioni__presente=True)),
    )


def vive(accordo: Accordo) -> QuerySet[Riunione]:
    """Return the meetings that were not called off."""
    return (
        Riunione.objects.filter(accordo=accordo)
        .exclude(stato=StatoRiunione.ANNULLATA)
        .select_related("accordo", "ambito")
    )


def ambiti_senza_riunione(accordo: Accordo) -> list[tuple[str, str]]:
    """Return the areas, code and name, whose meetings were all called off. One query."""
    annullate = Riunione.objects.filter(accordo=accordo, stato=StatoRiunione.ANNULLATA)
    altre = Riunione.objects.filter(accordo=accordo, ambito=OuterRef("ambito")).exclude(
        stato=StatoRiunione.ANNULLATA
    )
    righe = annullate.filter(~Exists(altre)).order_by("ambito__ordine", "ambito__nome")
    return list(righe.values_list("ambito__codice", "ambito__nome").distinct())


def motivo(riunione: Riunione) -> Evento | None:
    """Return the last event that says why the meeting was moved or called off; no query when it never was."""
    if not riunione.sequenza:
        return None
    return (
        Evento.objects.filter(
            accordo=riunione.accordo_id,
            oggetto_tipo=Riunione._meta.label_lower,
            oggetto_id=str(riunione.pk),
            verbo__in=("sposta_riunione", "annulla"),
        )
        .order_by("-numero")
        .first()
    )
