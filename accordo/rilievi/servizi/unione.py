"""Merging near-duplicates: one goes on for both, nothing of either is lost, and it can be undone."""

from django.db import transaction

from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.rilievi.models import Rilievo
from accordo.rilievi.servizi.comuni import richiedi_coordinatore
from accordo.rilievi.stati import VIVI


def unisci_rilievi(rilievo: Rilievo, a: Rilievo, *, da: Agente, motivazione: str = "") -> Evento:
    """Merge `rilievo` into `a`, which goes on for both: each keeps its evidence, and `a` shows that of both.

    Both are of one area and one kind, and both stand; ErroreDominio otherwise.
    """
    richiedi_coordinatore(rilievo.accordo, da)
    with transaction.atomic():
        blocca_accordo(rilievo.accordo_id)
        meta = Rilievo.objects.get(pk=a.pk)
        if meta.pk == rilievo.pk:
            raise ErroreDominio("Un rilievo non si unisce a se stesso.")
        if meta.accordo_id != rilievo.accordo_id:
            raise ErroreDominio("I due rilievi sono di accordi diversi.")
        if meta.stato not in VIVI:
            raise ErroreDominio(
                f"Il rilievo {meta.numero} è «{meta.stato_in_parole.lower()}»: uniscilo a uno che vale ancora."
            )
        if (meta.ambito_id, meta.tipo) != (rilievo.ambito_id, rilievo.tipo):
            raise ErroreDominio("Si uniscono rilievi dello stesso ambito e dello stesso tipo.")

        def punta(fresco: Rilievo) -> None:
            fresco.unito_a = meta

        return esegui(
            rilievo, "unisci", da=da, motivazione=motivazione, applica=punta, dati={"unito_a": meta.numero}
        )


def separa_rilievo(rilievo: Rilievo, *, da: Agente, motivazione: str) -> Evento:
    """Undo a merge: the finding stands by itself again, as proposed."""
    with transaction.atomic():
        numero = rilievo.unito_a.numero if rilievo.unito_a else None

        def stacca(fresco: Rilievo) -> None:
            fresco.unito_a = None

        return esegui(
            rilievo, "separa", da=da, motivazione=motivazione, applica=stacca, dati={"era_unito_a": numero}
        )
