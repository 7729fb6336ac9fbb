"""The reasons that can be used again: each one written is kept, and a page lets the coordinator mend the list."""

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from accordo.iter.motore import blocca_accordo
from accordo.iter.permessi import coordina
from accordo.iter.registro import registra
from bozze.models import MotivoEsito


def annota_motivo(accordo: Accordo, testo: str, *, volte: int = 1) -> MotivoEsito:
    """Keep a reason that has just been used; twice the same is one, used twice. In the caller's transaction."""
    testo = testo.strip()
    motivo = MotivoEsito.objects.filter(accordo=accordo, testo=testo).order_by("pk").first()
    if motivo is None:
        motivo = MotivoEsito(accordo=accordo, testo=testo)
    motivo.usi += volte
    motivo.usato_il = orologio.adesso()
    motivo.save()
    return motivo


def scrivi_motivo(
    accordo: Accordo, testo: str, motivo: MotivoEsito | None = None, *, da: Agente
) -> MotivoEsito:
    """Add a reason to the list, or write one again: what was decided with it keeps its words."""
    testo = testo.strip()
    if not testo:
        raise ErroreDominio("Scrivi la motivazione.")
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        _verifica(accordo, da)
        gemello = MotivoEsito.objects.filter(accordo=accordo, testo=testo)
        if motivo is not None:
            gemello = gemello.exclude(pk=motivo.pk)
        if gia := gemello.first():
            if gia.in_uso:
                raise ErroreDominio("Questa motivazione è già nell'elenco.")
            gia.in_uso = True
            gia.save()
            return gia
        motivo = motivo or MotivoEsito(accordo=accordo)
        motivo.testo, motivo.in_uso = testo, True
        motivo.save()
        registra(accordo, da=da, verbo="scrivi_motivo", oggetto=motivo)
    return motivo


def togli_motivo(motivo: MotivoEsito, *, da: Agente) -> None:
    """Offer a reason no more. It stays on the decisions that it was written for."""
    with transaction.atomic():
        accordo = blocca_accordo(motivo.accordo_id)
        _verifica(accordo, da)
        motivo.in_uso = False
        motivo.save()
        registra(accordo, da=da, verbo="togli_motivo", oggetto=motivo)


def _verifica(accordo: Accordo, da: Agente) -> None:
    if not coordina(da, accordo):
        raise NonAutorizzato("Le motivazioni le tiene chi coordina l'accordo.")
