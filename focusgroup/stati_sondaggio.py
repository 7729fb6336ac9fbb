"""The life of a date poll."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from accordo.base import orologio
from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.motore import Transizione, Vita
from focusgroup.stati import FASE, StatoRiunione

if TYPE_CHECKING:
    from focusgroup.models import Sondaggio


class StatoSondaggio(models.TextChoices):
    """Where a poll is. Whether the deadline has passed is asked of the clock."""

    IN_PREPARAZIONE = "in_preparazione", "In preparazione"
    APERTO = "aperto", "Aperto"
    CONCLUSO = "concluso", "Data scelta"
    RITIRATO = "ritirato", "Ritirato"


def date_da_proporre(sondaggio: "Sondaggio") -> Iterable[Mancanza]:
    """There is a choice of dates, all to come, and somebody to ask, in the phase of the meetings."""
    if not fasi.fase_raggiunta(sondaggio.riunione.accordo, FASE):
        yield Mancanza("I focus group cominciano dopo la restituzione degli esiti.")
    inizi = list(sondaggio.opzioni.values_list("inizio", flat=True))
    url = sondaggio.url("date_nuova")
    if len(inizi) < 2:
        yield Mancanza("Servono almeno due date fra cui scegliere.", url)
    if any(inizio <= orologio.adesso() for inizio in inizi):
        yield Mancanza("Una delle date è già passata: toglila.", sondaggio.url())
    if not sondaggio.riunione.convocazioni.exists():
        yield Mancanza("Nessun ente di questo ambito partecipa all'accordo.", sondaggio.riunione.url())


def riunione_da_fissare(sondaggio: "Sondaggio") -> Iterable[Mancanza]:
    """A poll is for a meeting that is still being prepared."""
    if sondaggio.riunione.stato != StatoRiunione.IN_PREPARAZIONE:
        yield Mancanza("La riunione non è più in preparazione.", sondaggio.riunione.url())


_COORDINATORE = (Ruolo.COORDINATORE,)

VITA_SONDAGGIO = Vita(
    nome="Sondaggio per la data",
    stati=StatoSondaggio,
    parole={
        StatoSondaggio.IN_PREPARAZIONE: Parola.DA_FARE,
        StatoSondaggio.APERTO: Parola.IN_CORSO,
        StatoSondaggio.CONCLUSO: Parola.FATTO,
        StatoSondaggio.RITIRATO: Parola.NON_FATTO,
    },
    transizioni=(
        Transizione(
            da=(StatoSondaggio.IN_PREPARAZIONE,),
            a=StatoSondaggio.APERTO,
            verbo="apri_sondaggio",
            etichetta="Apri il sondaggio",
            ruoli=_COORDINATORE,
            requisiti=(riunione_da_fissare, date_da_proporre),
        ),
        Transizione(
            da=(StatoSondaggio.APERTO,),
            a=StatoSondaggio.CONCLUSO,
            verbo="scegli_data",
            etichetta="Fissa la data",
            ruoli=_COORDINATORE,
            requisiti=(riunione_da_fissare,),
        ),
        Transizione(
            da=(StatoSondaggio.IN_PREPARAZIONE, StatoSondaggio.APERTO),
            a=StatoSondaggio.RITIRATO,
            verbo="ritira_sondaggio",
            etichetta="Ritira il sondaggio",
            ruoli=_COORDINATORE,
            motivazione_obbligatoria=True,
        ),
    ),
)
