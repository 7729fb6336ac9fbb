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
    FORSE = "forse", "Forse"
    DECLINATA = "declinata", "Non può"


class Titolo(models.TextChoices):
    """As what somebody comes for a body."""

    RAPPRESENTANTE = "rappresentante", "Rappresentante dell'ente"
    DELEGATO = "delegato", "Con delega"
    SOSTITUTO = "sostituto", "Sostituto"


class Convocazione(models.Model):
    """One body called to one meeting: its answer, who comes for it, whether they came.

    `indispensabile`: without it the meeting has little sense. `ospite`: a subject involved, invited without vote.
    `persona` is who comes, when they have a login: if their incarico ends, the page says so.
    """

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="convocazioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="convocazioni")
    risposta = models.CharField(max_length=10, choices=Risposta, default=Risposta.IN_ATTESA)
    indispensabile = models.BooleanField(default=False)
    ospite = models.BooleanField(default=False)
    titolo = models.CharField(max_length=20, choices=Titolo, blank=True)
    persona = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partecipante = models.CharField(max_length=160, blank=True)
    qualifica = models.CharField(max_length=120, blank=True)
    email = models.EmailField("indirizzo e-mail di chi partecipa", blank=True)
    atto = models.CharField("estremi dell'atto di delega", max_length=200, blank=True)
    atto_file = models.FileField(upload_to="deleghe/", blank=True)
    atto_nome = models.CharField(max_length=200, blank=True)
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
