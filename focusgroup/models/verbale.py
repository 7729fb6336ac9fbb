"""The agenda of a meeting, with its minutes."""

from typing import TYPE_CHECKING

from django.db import models

from accordo.enti.models import Utente

if TYPE_CHECKING:
    pass
from focusgroup.models.riunione import Riunione


class Punto(models.Model):
    """An item of the agenda, with its minutes. `revisione` keeps two writers from overwriting each other."""

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="punti")
    ordine = models.PositiveSmallIntegerField()
    titolo = models.CharField(max_length=200)
    verbale = models.TextField(blank=True)
    revisione = models.PositiveIntegerField(default=0, editable=False)
    modificato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    modificato_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("riunione", "ordine")
        verbose_name = "punto all'ordine del giorno"
        verbose_name_plural = "punti all'ordine del giorno"
        constraints = (models.UniqueConstraint(fields=["riunione", "ordine"], name="punto_ordine_unico"),)

    def __str__(self) -> str:
        return f"{self.ordine}. {self.titolo}"
