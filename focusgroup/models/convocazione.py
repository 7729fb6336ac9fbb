"""The bodies called to a meeting, and what they answer."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accordo.enti.models import Ente, Utente

if TYPE_CHECKING:
    pass
from focusgroup.models.riunione import Riunione


class Risposta(models.TextChoices):
    """What a body says to the call."""

    IN_ATTESA = "in_attesa", "Non ha risposto"
    ACCETTATA = "accettata", "Partecipa"
    DECLINATA = "declinata", "Non può"


class Convocazione(models.Model):
    """One body called to one meeting: its answer, who comes for it, whether they came."""

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="convocazioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="convocazioni")
    risposta = models.CharField(max_length=10, choices=Risposta, default=Risposta.IN_ATTESA)
    partecipante = models.CharField(max_length=160, blank=True)
    qualifica = models.CharField(max_length=120, blank=True)
    risposta_il = models.DateTimeField(null=True, blank=True)
    risposta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    presente = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("riunione", "ente__denominazione")
        verbose_name = "convocazione"
        verbose_name_plural = "convocazioni"
        constraints = (
            models.UniqueConstraint(fields=["riunione", "ente"], name="convocazione_una_per_ente"),
            models.CheckConstraint(
                name="convocazione_risposta_quando_e_chi",
                condition=Q(risposta=Risposta.IN_ATTESA, risposta_il__isnull=True, risposta_da__isnull=True)
                | (~Q(risposta=Risposta.IN_ATTESA) & Q(risposta_il__isnull=False, risposta_da__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ente.nome_breve}: {self.get_risposta_display().lower()}"
