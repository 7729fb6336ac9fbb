"""The private address of one's calendar: made on request, renewed, and what it showed last."""

from django.db import transaction

from accordo.base import orologio
from accordo.enti.models import Utente
from focusgroup.models import IndirizzoCalendario
from focusgroup.models.calendario import nuovo_seme


def rinnova_indirizzo(utente: Utente) -> IndirizzoCalendario:
    """Give the person a new address; the one before stops working at once."""
    with transaction.atomic():
        indirizzo, nuovo = IndirizzoCalendario.objects.select_for_update().get_or_create(utente=utente)
        if not nuovo:
            indirizzo.seme, indirizzo.creato_il = nuovo_seme(), orologio.adesso()
            indirizzo.impronta, indirizzo.cambiato_il = "", None
            indirizzo.save()
    return indirizzo


def segna_contenuto(indirizzo: IndirizzoCalendario, impronta: str) -> None:
    """Note when what the address shows changed: the moment that Last-Modified says."""
    if indirizzo.impronta != impronta:
        indirizzo.impronta, indirizzo.cambiato_il = impronta, orologio.adesso()
        IndirizzoCalendario.objects.filter(pk=indirizzo.pk).update(
            impronta=impronta, cambiato_il=indirizzo.cambiato_il
        )
