"""The registro's rows."""

from typing import Any, NoReturn

from django.db import models

from accordo.enti.models import Ente, Utente
from accordo.iter.models.accordo import Accordo


class Evento(models.Model):
    """One entry of an accord's registro: see accordo.iter.registro, the only place that writes it."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="eventi")
    numero = models.PositiveIntegerField()
    quando = models.DateTimeField()
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="+")
    utente_nome = models.CharField(max_length=200)
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, null=True, related_name="+")
    ente_nome = models.CharField(max_length=200, blank=True)
    oggetto_tipo = models.CharField(max_length=60)
    oggetto_id = models.CharField(max_length=40)
    oggetto_nome = models.CharField(max_length=300)
    verbo = models.CharField(max_length=40)
    fase = models.CharField(max_length=30)
    stato_da = models.CharField(max_length=30, blank=True)
    stato_a = models.CharField(max_length=30, blank=True)
    motivazione = models.TextField(blank=True)
    dati = models.JSONField(default=dict)
    precedente = models.CharField(max_length=64)
    impronta = models.CharField(max_length=64)

    class Meta:
        ordering = ("accordo", "-numero")
        verbose_name = "voce del registro"
        verbose_name_plural = "registro"
        constraints = (models.UniqueConstraint(fields=["accordo", "numero"], name="evento_numero_unico"),)
        indexes = (models.Index(fields=["oggetto_tipo", "oggetto_id"], name="evento_oggetto"),)

    def __str__(self) -> str:
        return f"{self.numero}. {self.utente_nome}: {self.verbo} {self.oggetto_nome}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; the database refuses anything else (triggers)."""
        if self.pk is not None:
            raise TypeError("Il registro non si modifica.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the registro is append-only."""
        raise TypeError("Il registro non si cancella.")
