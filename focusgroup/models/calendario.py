"""The private address at which a person's calendar can be followed."""

import secrets

from django.db import models

from accordo.base import orologio
from accordo.enti.models import Utente


def nuovo_seme() -> str:
    """Return the random part of an address."""
    return secrets.token_urlsafe(18)


class IndirizzoCalendario(models.Model):
    """A person's private feed. The address is the seed and its signature (focusgroup.indirizzo): the database alone
    does not give it away. `impronta` and `cambiato_il` say when what it shows last changed.
    """

    utente = models.OneToOneField(Utente, on_delete=models.PROTECT, related_name="indirizzo_calendario")
    seme = models.CharField(max_length=40, unique=True, default=nuovo_seme, editable=False)
    creato_il = models.DateTimeField(default=orologio.adesso, editable=False)
    impronta = models.CharField(max_length=64, blank=True, editable=False)
    cambiato_il = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "indirizzo del calendario"
        verbose_name_plural = "indirizzi dei calendari"

    def __str__(self) -> str:
        return f"Calendario di {self.utente}"
