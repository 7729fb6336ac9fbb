"""What a meeting agreed about the findings: written beside each of them, whoever held the meeting."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.rilievi.models import PrioritaConcordata, Rilievo
from accordo.rilievi.servizi.comuni import richiedi_coordinatore


@dataclass(frozen=True, slots=True)
class Punteggio:
    """What one finding got: the sum of its points, and how many bodies gave it any."""

    rilievo: int
    punti: int
    enti: int


def concorda_priorita(
    accordo: Accordo,
    punteggi: Iterable[Punteggio],
    *,
    riferimento: str,
    titolo: str,
    nota: str = "",
    da: Agente,
) -> list[PrioritaConcordata]:
    """Write what was agreed beside each finding, in the order of the points; equal points share a place."""
    richiedi_coordinatore(accordo, da)
    ordinati = sorted(punteggi, key=lambda p: (-p.punti, p.rilievo))
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        righe, posto = [], 0
        for numero, punteggio in enumerate(ordinati, start=1):
            if numero == 1 or punteggio.punti < ordinati[numero - 2].punti:
                posto = numero
            righe.append(
                PrioritaConcordata(
                    rilievo_id=punteggio.rilievo,
                    riferimento=riferimento,
                    titolo=titolo,
                    punti=punteggio.punti,
                    enti=punteggio.enti,
                    posto=posto,
                    su=len(ordinati),
                    nota=nota.strip(),
                    quando=orologio.adesso(),
                )
            )
        PrioritaConcordata.objects.bulk_create(righe)
        punti = {p.rilievo: p.punti for p in ordinati}
        trovati = list(Rilievo.objects.filter(accordo=accordo, pk__in=punti).only("pk", "priorita"))
        for rilievo in trovati:
            rilievo.priorita = punti[rilievo.pk]
        Rilievo.objects.bulk_update(trovati, ["priorita"])
    return righe
