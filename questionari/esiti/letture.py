"""Free texts to read, to search and to mark."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from questionari.definizione import PUBBLICA, RISERVATA, Domanda
from questionari.esiti.quadro import Quadro
from questionari.esiti.quesiti import APERTE
from questionari.models import Passo, TestoRisposta

RADICI = RawSQL('"questionari_testorisposta"."radici"', (), output_field=SearchVectorField())
"""The Italian stems of a text: a column that PostgreSQL itself fills in, with an index (migration 0009)."""


def domande(quadro: Quadro, *, tutte: bool) -> list[Domanda]:
    """The open questions that a reader may read: the coordinator all, the others the `pubblica` ones."""
    return [
        domanda
        for domanda in quadro.struttura.domande
        if domanda.tipo in APERTE and (tutte or quadro.effettive[domanda.codice] == PUBBLICA)
    ]


def leggibili(quadro: Quadro, *, tutte: bool) -> QuerySet[TestoRisposta]:
    """The texts that a reader may read, in the order of the questions and the areas."""
    return (
        TestoRisposta.objects.filter(
            scheda__in=quadro.schede(), domanda__in=[d.codice for d in domande(quadro, tutte=tutte)]
        )
        .select_related("scheda__compilazione__ente", "scheda__strato__ambito", "scheda__invio")
        .defer("scheda__invio__canonico")
        .order_by("domanda", "scheda__strato__ambito__ordine", "scheda__compilazione__ente__denominazione")
    )


def cerca(testi: QuerySet[TestoRisposta], parole: str) -> QuerySet[TestoRisposta]:
    """Those in which all the words are: by their Italian stems on PostgreSQL, as they are written elsewhere."""
    if not parole.strip():
        return testi
    if connection.vendor == "postgresql":
        return testi.alias(radici=RADICI).filter(radici=SearchQuery(parole, config="italian"))
    for parola in parole.split():
        testi = testi.filter(testo__icontains=parola)
    return testi


@dataclass(frozen=True, slots=True)
class Lettura:
    """A text on the reading list, with its passages marked."""

    testo: TestoRisposta
    numero: str
    domanda: Domanda
    riservatezza: str
    passi: tuple[Passo, ...]

    @property
    def riservata(self) -> bool:
        """Whether nobody but the office reads it."""
        return self.riservatezza == RISERVATA

    @property
    def segnato(self) -> SafeString:
        """The text with its marked passages, overlapping ones as one."""
        pezzi, fino = [], 0
        for inizio, fine in _uniti((p.inizio, p.fine) for p in self.passi):
            pezzi += [
                escape(self.testo.testo[fino:inizio]),
                f"<mark>{escape(self.testo.testo[inizio:fine])}</mark>",
            ]
            fino = fine
        return mark_safe("".join(pezzi) + escape(self.testo.testo[fino:]))  # escaped piece by piece


def _uniti(tratti: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    uniti: list[tuple[int, int]] = []
    for inizio, fine in sorted(tratti):
        if uniti and inizio <= uniti[-1][1]:
            uniti[-1] = (uniti[-1][0], max(fine, uniti[-1][1]))
        else:
            uniti.append((inizio, fine))
    return uniti


def letture(quadro: Quadro, testi: Iterable[TestoRisposta], *, con_passi: bool) -> list[Lettura]:
    """A page of the reading list; one query for all its passages."""
    pagina = list(testi)
    per_testo: dict[tuple[int, str], list[Passo]] = {}
    if con_passi:
        passi = Passo.objects.filter(invio__in=[t.scheda.invio_id for t in pagina]).select_related(
            "tema", "rilievo__accordo"
        )
        for passo in passi.order_by("inizio", "pk"):
            per_testo.setdefault((passo.invio_id, passo.domanda), []).append(passo)
    return [
        Lettura(
            testo=testo,
            numero=quadro.struttura.numeri[testo.domanda],
            domanda=quadro.struttura.per_codice[testo.domanda],
            riservatezza=quadro.effettive[testo.domanda],
            passi=tuple(per_testo.get((testo.scheda.invio_id, testo.domanda), ())),
        )
        for testo in pagina
    ]
