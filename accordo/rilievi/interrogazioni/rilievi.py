"""The querysets of findings."""

from collections.abc import Iterable

from django.db.models import Count, F, Prefetch, Q, QuerySet

from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo
from accordo.rilievi.models import Fonte, Obiettivo, Rilievo
from accordo.rilievi.stati import VIVI, StatoRilievo

ORDINI = {
    "": ("ambito__ordine", "ambito__nome", "tipo", "numero"),
    "priorita": (F("priorita").desc(nulls_last=True), "numero"),
    "recenti": ("-numero",),
}


def visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Rilievo]:
    """Return what this person may read.

    Who leads: all. A body: the confirmed ones, those proposed for its own area, and those merged into one of these.
    """
    righe = Rilievo.objects.filter(accordo=accordo).select_related("accordo", "ambito")
    if permessi.coordina(agente, accordo):
        return righe
    if agente is None or agente.ente is None or not permessi.partecipa(agente, accordo):
        return righe.none()
    proprio = agente.ente.ambito_id
    return righe.filter(
        Q(stato=StatoRilievo.CONFERMATO)
        | Q(stato__in=(StatoRilievo.PROPOSTO, StatoRilievo.UNITO), ambito=proprio)
        | Q(stato=StatoRilievo.UNITO, unito_a__stato=StatoRilievo.CONFERMATO)
    )


def filtra(
    righe: QuerySet[Rilievo],
    *,
    ambito: str = "",
    tipo: str = "",
    obiettivo: str = "",
    stato: str = "",
    cerca: str = "",
) -> QuerySet[Rilievo]:
    """Keep what the reader asked for; an objective includes its sub-objectives, no state means those that count."""
    righe = righe.filter(stato=stato) if stato else righe.filter(stato__in=VIVI)
    if ambito:
        righe = righe.filter(ambito__codice=ambito)
    if tipo:
        righe = righe.filter(tipo=tipo)
    if obiettivo:
        adatti = Obiettivo.objects.filter(Q(codice=obiettivo) | Q(codice__startswith=f"{obiettivo}."))
        legati = Rilievo.obiettivi.through.objects.filter(obiettivo__in=adatti)
        righe = righe.filter(pk__in=legati.values("rilievo"))
    for parola in cerca.split():
        righe = righe.filter(Q(testo__icontains=parola) | Q(dettagli__icontains=parola))
    return righe


def non_ripresi(
    righe: QuerySet[Rilievo], accordo: Accordo, agente: Agente | None
) -> QuerySet[Rilievo] | None:
    """Return those that no article takes up, neither itself nor what was merged into it; None while there is no draft."""
    ripresi = processo().ripresi(accordo, agente)
    if ripresi is None:
        return None
    return righe.exclude(pk__in=ripresi.values("rilievo")).exclude(
        pk__in=Rilievo.objects.filter(pk__in=ripresi.values("rilievo"), unito_a__isnull=False).values(
            "unito_a"
        )
    )


def per_elenco(righe: QuerySet[Rilievo]) -> QuerySet[Rilievo]:
    """Add what a list shows of each: its objectives, how much evidence, how many were merged into it."""
    return righe.prefetch_related("obiettivi").annotate(
        quante_fonti=Count("fonti", filter=Q(fonti__ritirata_il__isnull=True), distinct=True),
        quanti_uniti=Count("uniti", distinct=True),
    )


def famiglia(rilievo: Rilievo) -> list[Rilievo]:
    """Return the finding and all that were merged into it, and into those: one query for each generation."""
    tutti, ultimi = [rilievo], [rilievo]
    while ultimi:
        ultimi = list(
            Rilievo.objects.filter(unito_a__in=[r.pk for r in ultimi])
            .select_related("accordo")
            .order_by("numero")
        )
        tutti += ultimi
    return tutti


def fonti(rilievi: Iterable[Rilievo]) -> QuerySet[Fonte]:
    """Return the evidence of these findings, that still counts."""
    return (
        Fonte.objects.valide()
        .filter(rilievo__in=[r.pk for r in rilievi])
        .select_related("rilievo__accordo")
        .order_by("rilievo__numero", "pk")
    )


def con_fonti(righe: QuerySet[Rilievo]) -> QuerySet[Rilievo]:
    """Bring along objectives and evidence, for a document."""
    return righe.prefetch_related("obiettivi", Prefetch("fonti", Fonte.objects.valide()))


def ambiti_dell_accordo(accordo: Accordo) -> QuerySet[Ambito]:
    """Return the areas of the bodies that take part, but for the promoter's own."""
    return (
        Ambito.objects.filter(enti__partecipazioni__accordo=accordo)
        .exclude(pk=accordo.promotore.ambito_id)
        .distinct()
        .order_by("ordine", "nome")
    )
