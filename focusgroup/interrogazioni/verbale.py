"""What the pages of agenda, attendance and minutes read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accordo.enti.agente import Agente
from accordo.enti.models import Incarico, Ruolo
from accordo.rilievi import interrogazioni as dei_rilievi
from accordo.rilievi.models import GenereFonte, Rilievo
from accordo.rilievi.stati import StatoRilievo
from focusgroup.interrogazioni.convocazione import convocazioni
from focusgroup.models import (
    AllegatoRiunione,
    Convocazione,
    Correzione,
    Intervento,
    Presenza,
    Punto,
    Riunione,
)


@dataclass(frozen=True, slots=True)
class RigaRegistro:
    """One body in the register: who is expected, who came, and whether whom it named has lost their role."""

    convocazione: Convocazione
    presenza: Presenza | None
    decaduto: bool
    di_solito: str = ""
    """Who represents the body, where nobody said who comes: most often it is they who come in."""

    @property
    def nome(self) -> str:
        """Who is there, or expected."""
        return self.presenza.nome if self.presenza else self.convocazione.partecipante

    @property
    def qualifica(self) -> str:
        """Their office."""
        return self.presenza.qualifica if self.presenza else self.convocazione.qualifica

    @property
    def titolo(self) -> str:
        """As what they come."""
        fonte = self.presenza or self.convocazione
        return fonte.titolo

    @property
    def titolo_in_parole(self) -> str:
        """As what they come, in words."""
        fonte = self.presenza or self.convocazione
        return fonte.get_titolo_display() if fonte.titolo else ""

    @property
    def arrivo(self) -> datetime | None:
        """When they came."""
        return self.presenza.arrivo if self.presenza else None


def registro(riunione: Riunione) -> list[RigaRegistro]:
    """Return the register, in the order of the bodies' names. Two queries."""
    righe = convocazioni(riunione).select_related("ente", "presenza")
    presenze = [(c, getattr(c, "presenza", None)) for c in righe]
    registro = [RigaRegistro(c, p, p is None and c.decaduta) for c, p in presenze]  # type: ignore[attr-defined]
    da_dire = {r.convocazione.ente_id for r in registro if r.presenza is None and (r.decaduto or not r.nome)}
    in_carica: dict[int, set[str]] = {}
    rappresentanti = Incarico.objects.in_corso().filter(ente__in=da_dire, ruolo=Ruolo.RAPPRESENTANTE)
    for incarico in rappresentanti.select_related("utente"):
        in_carica.setdefault(incarico.ente_id, set()).add(str(incarico.utente))
    return [
        replace(riga, di_solito=next(iter(nomi)))
        if len(nomi := in_carica.get(riga.convocazione.ente_id, set())) == 1
        else riga
        for riga in registro
    ]


def _detti() -> QuerySet[Intervento]:
    return Intervento.objects.filter(tolto_il__isnull=True).select_related("presenza__convocazione__ente")


def punti_con_rilievi(riunione: Riunione) -> list[Punto]:
    """Return the agenda with the findings of each item. Two queries."""
    return list(riunione.punti.prefetch_related("rilievi"))


def punti_da_scrivere(riunione: Riunione, solo: int | None = None) -> list[Punto]:
    """Return the items as the page of the minutes shows them: findings, interventions, who wrote last."""
    punti = riunione.punti.select_related("modificato_da").prefetch_related(
        Prefetch("rilievi", Rilievo.objects.select_related("accordo")), Prefetch("interventi", _detti())
    )
    return list(punti.filter(pk=solo) if solo is not None else punti)


def punti_da_leggere(riunione: Riunione) -> list[Punto]:
    """Return the items as who reads the minutes sees them. Two queries."""
    return list(riunione.punti.prefetch_related(Prefetch("interventi", _detti())))


def correzioni(riunione: Riunione) -> QuerySet[Correzione]:
    """Return the corrections asked, in the order of the items."""
    return (
        Correzione.objects.filter(punto__riunione=riunione)
        .select_related("punto__riunione__accordo", "punto__modificato_da", "ente", "chiesta_da", "decisa_da")
        .order_by("punto__ordine", "pk")
    )


def allegati(riunione: Riunione) -> QuerySet[AllegatoRiunione]:
    """Return the files that are there."""
    return riunione.allegati.filter(rimosso_il__isnull=True).order_by("pk")


def rilievi_emersi(riunione: Riunione, agente: Agente | None) -> QuerySet[Rilievo]:
    """Return the findings whose evidence is this meeting or one of its items, as far as this person reads them."""
    numero = str(riunione.pk)
    qui = Q(fonti__riferimento=numero) | Q(fonti__riferimento__startswith=f"{numero}.")
    return (
        dei_rilievi.visibili_a(agente, riunione.accordo)
        .filter(
            qui,
            fonti__genere=GenereFonte.RIUNIONE,
            fonti__ritirata_il__isnull=True,
        )
        .distinct()
        .order_by("numero")
    )


@dataclass(frozen=True, slots=True)
class StatoAmbito:
    """How far the path of one area has got."""

    nome: str
    codice: str
    riunioni: tuple[Riunione, ...]
    forza: int = 0
    criticita: int = 0
    proposte: int = 0
    da_confermare: int = 0

    @property
    def migliore(self) -> Riunione | None:
        """The meeting that has got furthest."""
        return max(
            self.riunioni, key=lambda r: (r.stato != "annullata", _AVANTI.index(r.stato)), default=None
        )


_AVANTI = ("annullata", "in_preparazione", "convocata", "svolta", "verbale_pubblicato", "verbale_approvato")


def stato_ambiti(accordo_id: int, ambiti: Mapping[int, tuple[str, str]]) -> list[StatoAmbito]:
    """Return, for each area (key: code, name), its meetings and findings. Two queries."""
    riunioni: dict[int, list[Riunione]] = {chiave: [] for chiave in ambiti}
    for riunione in Riunione.objects.filter(accordo=accordo_id, ambito__in=ambiti).select_related("accordo"):
        riunioni[riunione.ambito_id].append(riunione)
    conti: dict[int, dict[str, Any]] = {
        riga["ambito"]: dict(riga)
        for riga in Rilievo.objects.filter(accordo=accordo_id, ambito__in=ambiti)
        .exclude(stato__in=[StatoRilievo.SCARTATO, StatoRilievo.UNITO])
        .order_by()
        .values("ambito")
        .annotate(
            forza=Count("pk", filter=Q(tipo="forza")),
            criticita=Count("pk", filter=Q(tipo="criticita")),
            proposte=Count("pk", filter=Q(tipo="proposta")),
            da_confermare=Count("pk", filter=Q(stato=StatoRilievo.PROPOSTO)),
        )
    }
    esito = []
    for chiave, (codice, nome) in ambiti.items():
        conto: dict[str, int] = {k: v for k, v in conti.get(chiave, {}).items() if k != "ambito"}
        esito.append(StatoAmbito(nome, codice, tuple(riunioni[chiave]), **conto))
    return esito


def da_stampare(contenuto: dict[str, Any]) -> dict[str, Any]:
    """Return the content of the minutes with its moments as moments, for a page or a PDF."""
    presenti = [
        p | {m: datetime.fromisoformat(p[m]) if p[m] else None for m in ("arrivo", "uscita")}
        for p in contenuto["presenti"]
    ]
    return contenuto | {"presenti": presenti}
