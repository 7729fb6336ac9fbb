"""Which findings a disposition comes from. They hang on it, beside the text: all versions that hold it share them.

While the draft is written, saying so is a change of the draft: it stands in its history and can be taken back.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from accordo.rilievi.models import Rilievo
from bozze.models.scrittura import Verbo
from bozze.models.testo import Bozza, NodoBozza
from bozze.servizi.testo.collegamenti import collega, rilievi_di
from bozze.servizi.testo.comune import FASE_BOZZA, verifica_coordinatore
from bozze.servizi.testo.tavolo import compi
from bozze.testo.stesura import Collega


def cita_rilievi(
    accordo: Accordo, disposizione: UUID | str, rilievi: Iterable[Rilievo], *, da: Agente
) -> None:
    """Say which findings a disposition comes from, in place of those said before."""
    scelti = list(rilievi)
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        verifica_coordinatore(accordo, da)
        if any(rilievo.accordo_id != accordo.pk for rilievo in scelti):
            raise ErroreDominio("Un rilievo è di un altro accordo.")
        mossa = Collega(
            str(disposizione),
            rilievi_di(accordo, disposizione),
            tuple(sorted({rilievo.numero for rilievo in scelti})),
        )
        if mossa.da == mossa.a:
            return
        bozza = None if fasi.fase_superata(accordo, FASE_BOZZA) else _bozza_con(accordo, disposizione)
        if bozza is None:  # only in a published version: beside the text nothing is closed
            collega(accordo, [mossa])
        else:
            compi(bozza, [mossa], verbo=Verbo.COLLEGA, da=da)
        dati = {"disposizione": str(disposizione), "rilievi": list(mossa.a)}
        registra(accordo, da=da, verbo="cita_rilievi", dati=dati)


def _bozza_con(accordo: Accordo, disposizione: UUID | str) -> Bozza | None:
    nodo = NodoBozza.objects.filter(bozza__accordo=accordo, codice=disposizione)
    trovato = nodo.select_related("bozza__accordo").first()
    return trovato.bozza if trovato else None
