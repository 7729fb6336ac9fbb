"""Which findings say nearly the same: within one area and one kind, by their words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count
from rapidfuzz import fuzz, process

from accordo.rilievi.models import Rilievo
from accordo.rilievi.stati import VIVI

SOGLIA = 72
"""Out of 100: from here on a person is asked whether two findings are one."""
COPPIE = 20_000
"""At most so many pairs are weighed for one list."""
COMUNE = 60
"""A word that stands in more findings than this tells nothing of any two of them."""
_PAROLA = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Simile:
    """Another finding, and how near it is, out of 100."""

    rilievo: Rilievo
    quanto: int


@dataclass(frozen=True, slots=True)
class Coppia:
    """Two findings that may be one; the older comes first."""

    primo: Rilievo
    secondo: Rilievo
    quanto: int


def _parole(testo: str) -> str:
    """The words that carry meaning: lower case, none of the short ones."""
    return " ".join(_PAROLA.findall(testo.lower()))


def _vicini(accordo: int, ambito: int, tipo: str) -> dict[int, str]:
    righe = Rilievo.objects.filter(accordo=accordo, ambito=ambito, tipo=tipo, stato__in=VIVI)
    return {pk: _parole(testo) for pk, testo in righe.order_by("numero").values_list("pk", "testo")}


def simili(rilievo: Rilievo, quanti: int = 5) -> list[Simile]:
    """Return the findings nearest to this one, the nearest first. Two queries."""
    altri = _vicini(rilievo.accordo_id, rilievo.ambito_id, rilievo.tipo)
    altri.pop(rilievo.pk, None)
    trovati = process.extract(
        _parole(rilievo.testo), altri, scorer=fuzz.token_set_ratio, score_cutoff=SOGLIA, limit=quanti
    )
    per_chiave = _per_chiave(pk for _, _, pk in trovati)
    return [Simile(per_chiave[pk], round(quanto)) for _, quanto, pk in trovati if pk in per_chiave]


def gruppo_piu_numeroso(accordo: int) -> dict[str, str]:
    """Return the area and kind with the most findings that hold; nothing if there is none. One query."""
    righe = Rilievo.objects.filter(accordo=accordo, stato__in=VIVI, ambito__isnull=False)
    primo = (
        righe.values("ambito__codice", "tipo")
        .annotate(quanti=Count("pk"))
        .order_by("-quanti", "ambito__codice", "tipo")
        .first()
    )
    return {"ambito": primo["ambito__codice"], "tipo": primo["tipo"]} if primo else {}


def doppioni(accordo: int, ambito: int, tipo: str, quanti: int = 30) -> list[Coppia]:
    """Return the pairs of one area and kind that may be one, the nearest first. Two queries, whatever the number.

    Only pairs that share a word which few others have are weighed, and at most COPPIE of them.
    """
    testi = _vicini(accordo, ambito, tipo)
    pesate = sorted(
        (
            (quanto, uno, altro)
            for uno, altro in _candidate(testi)
            if (quanto := fuzz.token_set_ratio(testi[uno], testi[altro], score_cutoff=SOGLIA))
        ),
        key=lambda voce: (-voce[0], voce[1], voce[2]),
    )[:quanti]
    per_chiave = _per_chiave(pk for _, *coppia in pesate for pk in coppia)
    coppie = []
    for quanto, uno, altro in pesate:
        if uno in per_chiave and altro in per_chiave:
            primo, secondo = sorted((per_chiave[uno], per_chiave[altro]), key=lambda r: r.numero)
            coppie.append(Coppia(primo, secondo, round(quanto)))
    return coppie


def _candidate(testi: dict[int, str]) -> Sequence[tuple[int, int]]:
    """Return the pairs worth weighing: those that share the most of the rarer words."""
    dove: defaultdict[str, list[int]] = defaultdict(list)
    for pk, testo in testi.items():
        for parola in set(testo.split()):
            dove[parola[:7]].append(pk)
    comuni: defaultdict[tuple[int, int], int] = defaultdict(int)
    for elenco in sorted(dove.values(), key=len):
        if len(elenco) > COMUNE or len(comuni) > COPPIE * 5:
            break
        for coppia in combinations(elenco, 2):
            comuni[coppia] += 1
    return sorted(comuni, key=lambda coppia: -comuni[coppia])[:COPPIE]


def _per_chiave(chiavi: Iterable[int]) -> dict[int, Rilievo]:
    return (
        Rilievo.objects.select_related("accordo", "ambito").prefetch_related("obiettivi").in_bulk(set(chiavi))
    )
