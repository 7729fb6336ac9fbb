"""The querysets of findings."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.rilievi.models import Obiettivo, Rilievo, TipoRilievo
from accordo.rilievi.stati import StatoRilievo


def visibili_a(agente: Agente | None, accordo: Accordo) -> QuerySet[Rilievo]:
    """Return what this person may read: who leads, all; a body, the confirmed ones and those proposed for its area."""
    righe = Rilievo.objects.filter(accordo=accordo).select_related("accordo", "ambito")
    if permessi.coordina(agente, accordo):
        return righe
    if agente is None or agente.ente is None or not permessi.partecipa(agente, accordo):
        return righe.none()
    propri = Q(stato=StatoRilievo.PROPOSTO, ambito=agente.ente.ambito_id)
    return righe.filter(Q(stato=StatoRilievo.CONFERMATO) | propri)


def filtra(
    righe: QuerySet[Rilievo],
    *,
    ambito: str = "",
    tipo: str = "",
    obiettivo: str = "",
    stato: str = "",
    cerca: str = "",
) -> QuerySet[Rilievo]:
    """Keep what the reader asked for; an objective includes its sub-objectives."""
    if ambito:
        righe = righe.filter(ambito__codice=ambito)
    if tipo:
        righe = righe.filter(tipo=tipo)
    if stato:
        righe = righe.filter(stato=stato)
    if obiettivo:
        adatti = Obiettivo.objects.filter(Q(codice=obiettivo) | Q(codice__startswith=f"{obiettivo}."))
        righe = righe.filter(pk__in=Rilievo.objects.filter(obiettivi__in=adatti).values("pk"))
    for parola in cerca.split():
        righe = righe.filter(Q(testo__icontains=parola) | Q(dettagli__icontains=parola))
    return righe


@dataclass(frozen=True, slots=True)
class Casella:
    """How many findings of each kind an area has under an objective."""

    forza: int = 0
    criticita: int = 0
    proposta: int = 0

    @property
    def totale(self) -> int:
        """All together."""
        return self.forza + self.criticita + self.proposta


@dataclass(frozen=True, slots=True)
class RigaQuadro:
    """One area of the table ambito × objective."""

    ambito: Ambito
    caselle: tuple[Casella, ...]


def quadro(righe: QuerySet[Rilievo], accordo: Accordo) -> tuple[list[Obiettivo], list[RigaQuadro]]:
    """Return the main objectives and, area by area, how many findings stand under each. Two queries, whatever the number."""
    principali = list(Obiettivo.objects.filter(accordo=accordo, genitore__isnull=True))
    conti = (
        righe.exclude(stato=StatoRilievo.SCARTATO)
        .order_by()
        .values("ambito", "ambito__codice", "ambito__nome", "ambito__ordine", "tipo", "obiettivi__codice")
        .annotate(quanti=Count("pk", distinct=True))
    )
    per_ambito: dict[int, tuple[Ambito, dict[str, dict[str, int]]]] = {}
    for riga in conti:
        ambito = Ambito(
            pk=riga["ambito"],
            codice=riga["ambito__codice"],
            nome=riga["ambito__nome"],
            ordine=riga["ambito__ordine"],
        )
        _, per_obiettivo = per_ambito.setdefault(ambito.pk, (ambito, {}))
        codice = (riga["obiettivi__codice"] or "").split(".")[0]
        casella = per_obiettivo.setdefault(codice, dict.fromkeys(TipoRilievo.values, 0))
        casella[riga["tipo"]] += riga["quanti"]
    return principali, [
        RigaQuadro(ambito, tuple(Casella(**valori.get(o.codice, {})) for o in principali))
        for ambito, valori in sorted(
            per_ambito.values(), key=lambda coppia: (coppia[0].ordine, coppia[0].nome)
        )
    ]


def senza_proposte(accordo: Accordo) -> QuerySet[Obiettivo]:
    """Return the main objectives for which no proposal stands, neither on them nor on what is under them."""
    vive = Rilievo.objects.filter(accordo=accordo, tipo=TipoRilievo.PROPOSTA).exclude(
        stato=StatoRilievo.SCARTATO
    )
    coperti = Obiettivo.objects.filter(rilievi__in=vive)
    return Obiettivo.objects.filter(accordo=accordo, genitore__isnull=True).exclude(
        Q(pk__in=coperti.values("pk")) | Q(pk__in=coperti.values("genitore"))
    )


def ambiti_dell_accordo(accordo: Accordo) -> QuerySet[Ambito]:
    """Return the areas of the bodies that take part, but for the promoter's own."""
    return (
        Ambito.objects.filter(enti__partecipazioni__accordo=accordo)
        .exclude(pk=accordo.promotore.ambito_id)
        .distinct()
        .order_by("ordine", "nome")
    )
