"""The table of findings, area × objective. Counted and cut in the database: it does not slow down for thousands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, DenseRank

from accordo.enti.agente import Agente
from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo
from accordo.rilievi.interrogazioni.rilievi import con_fonti, per_elenco
from accordo.rilievi.models import Obiettivo, Rilievo, TipoRilievo
from accordo.rilievi.stati import VIVI

PRIMI = 3
"""How many findings of each kind a cell shows; the others are one link away."""


@dataclass(frozen=True, slots=True)
class Colonna:
    """The findings of one kind in a cell: the first ones, and how many there are."""

    tipo: TipoRilievo
    quanti: int
    primi: tuple[Rilievo, ...] = ()

    @property
    def altri(self) -> int:
        """How many are not shown."""
        return self.quanti - len(self.primi)


@dataclass(frozen=True, slots=True)
class Casella:
    """What an area has under an objective: strengths, critical points, proposals."""

    obiettivo: Obiettivo
    colonne: tuple[Colonna, ...]

    @property
    def totale(self) -> int:
        """All together."""
        return sum(colonna.quanti for colonna in self.colonne)

    @property
    def forza(self) -> int:
        """How many strengths."""
        return self._di(TipoRilievo.FORZA)

    @property
    def criticita(self) -> int:
        """How many critical points."""
        return self._di(TipoRilievo.CRITICITA)

    @property
    def proposta(self) -> int:
        """How many proposals."""
        return self._di(TipoRilievo.PROPOSTA)

    @property
    def senza_risposta(self) -> bool:
        """Whether there are critical points, and no proposal that answers them."""
        return bool(self.criticita) and not self.proposta

    def _di(self, tipo: TipoRilievo) -> int:
        return sum(colonna.quanti for colonna in self.colonne if colonna.tipo == tipo)


@dataclass(frozen=True, slots=True)
class RigaQuadro:
    """One area of the table, or all areas together (`ambito` None)."""

    ambito: Ambito | None
    caselle: tuple[Casella, ...]

    @property
    def totale(self) -> int:
        """How often the objectives are spoken of (a finding under two of them counts in both)."""
        return sum(casella.totale for casella in self.caselle)


_PRINCIPALE = Coalesce("obiettivi__genitore", "obiettivi")


def obiettivi_principali(accordo: Accordo) -> list[Obiettivo]:
    """Return the four of the source document, or those that the accord has in their place."""
    return list(Obiettivo.objects.filter(accordo=accordo, genitore__isnull=True))


def quadro(
    righe: QuerySet[Rilievo],
    obiettivi: Sequence[Obiettivo],
    ambiti: Iterable[Ambito],
    *,
    con_primi: bool = False,
) -> list[RigaQuadro]:
    """Return, area by area, what stands under each objective. One query; with the first findings, three."""
    conti: defaultdict[tuple[int, int, str], int] = defaultdict(int)
    gruppi = (
        righe.order_by()
        .values("ambito", "tipo", principale=_PRINCIPALE)
        .annotate(quanti=Count("pk", distinct=True))
    )
    for gruppo in gruppi:
        conti[gruppo["ambito"], gruppo["principale"], gruppo["tipo"]] = gruppo["quanti"]
    elenco = list(ambiti)
    primi = _primi(righe, [ambito.pk for ambito in elenco]) if con_primi else {}

    def riga(ambito: Ambito) -> RigaQuadro:
        return RigaQuadro(
            ambito,
            tuple(
                Casella(
                    o,
                    tuple(
                        Colonna(t, conti[ambito.pk, o.pk, t], tuple(primi.get((ambito.pk, o.pk, t), ())))
                        for t in TipoRilievo
                    ),
                )
                for o in obiettivi
            ),
        )

    return [riga(ambito) for ambito in elenco]


def _primi(righe: QuerySet[Rilievo], ambiti: Sequence[int]) -> dict[tuple[int, int, str], list[Rilievo]]:
    """Return the first findings of each cell and kind: those of the highest priority, then the oldest."""
    in_testa = (
        righe.filter(ambito__in=ambiti)
        .order_by()
        .annotate(
            principale=_PRINCIPALE,
            posto=Window(
                DenseRank(),
                partition_by=[F("ambito"), _PRINCIPALE, F("tipo")],
                order_by=[F("priorita").desc(nulls_last=True), F("numero").asc()],
            ),
        )
        .filter(posto__lte=PRIMI)
        .values_list("pk", "ambito", "principale", "tipo", "posto")
    )
    posti = sorted(set(in_testa), key=lambda voce: voce[4])
    trovati = per_elenco(Rilievo.objects.select_related("accordo")).in_bulk({voce[0] for voce in posti})
    caselle: defaultdict[tuple[int, int, str], list[Rilievo]] = defaultdict(list)
    for pk, ambito, principale, tipo, _ in posti:
        caselle[ambito, principale, tipo].append(trovati[pk])
    return caselle


def per_casella(
    righe: QuerySet[Rilievo], obiettivi: Sequence[Obiettivo], ambiti: Iterable[Ambito]
) -> list[RigaQuadro]:
    """Return the table with all the findings in it, for a document. Three queries."""
    caselle: defaultdict[tuple[int, int, str], list[Rilievo]] = defaultdict(list)
    for rilievo in con_fonti(righe).order_by(F("priorita").desc(nulls_last=True), "numero"):
        for principale in {o.genitore_id or o.pk for o in rilievo.obiettivi.all()}:
            caselle[rilievo.ambito_id, principale, rilievo.tipo].append(rilievo)

    def colonna(ambito: Ambito, obiettivo: Obiettivo, tipo: TipoRilievo) -> Colonna:
        trovati = tuple(caselle[ambito.pk, obiettivo.pk, tipo])
        return Colonna(tipo, len(trovati), trovati)

    return [
        RigaQuadro(
            ambito, tuple(Casella(o, tuple(colonna(ambito, o, t) for t in TipoRilievo)) for o in obiettivi)
        )
        for ambito in ambiti
    ]


def totali(righe: QuerySet[Rilievo], obiettivi: Sequence[Obiettivo]) -> RigaQuadro:
    """Return all areas together. One query."""
    conti = {
        (gruppo["principale"], gruppo["tipo"]): gruppo["quanti"]
        for gruppo in righe.order_by()
        .values("tipo", principale=_PRINCIPALE)
        .annotate(quanti=Count("pk", distinct=True))
    }
    return RigaQuadro(
        None,
        tuple(Casella(o, tuple(Colonna(t, conti.get((o.pk, t), 0)) for t in TipoRilievo)) for o in obiettivi),
    )


def obiettivi_scoperti(accordo: Accordo, agente: Agente | None) -> list[Obiettivo] | None:
    """Return the objectives that no article takes up, neither itself nor through a finding; None while there is no text.

    As in `senza_proposte`: a main one is here when none under it is taken up either.
    """
    ripresi, diretti = processo().ripresi(accordo, agente), processo().obiettivi_ripresi(accordo, agente)
    if ripresi is None or diretti is None:
        return None
    coperti = Obiettivo.objects.filter(accordo=accordo).filter(
        Q(codice__in=diretti) | Q(rilievi__in=ripresi.values("rilievo"))
    )
    return _nudi(accordo, coperti)


def senza_proposte(accordo: Accordo) -> list[Obiettivo]:
    """Return the objectives for which no proposal stands.

    A main one is here when there is none under it either; a sub-objective only if its main one has some.
    """
    vive = Rilievo.objects.filter(accordo=accordo, tipo=TipoRilievo.PROPOSTA, stato__in=VIVI)
    return _nudi(accordo, Obiettivo.objects.filter(rilievi__in=vive))


def _nudi(accordo: Accordo, coperti: QuerySet[Obiettivo]) -> list[Obiettivo]:
    principali = Q(pk__in=coperti.values("pk")) | Q(
        # Not the main ones themselves: a NULL in the list would make NOT IN true of nothing.
        pk__in=coperti.filter(genitore__isnull=False).values("genitore")
    )
    scoperti = Obiettivo.objects.filter(accordo=accordo).exclude(principali)
    nudi = {o.pk for o in scoperti if o.genitore_id is None}
    return [o for o in scoperti if o.genitore_id is None or o.genitore_id not in nudi]
