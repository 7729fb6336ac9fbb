"""Giving the results back to those who answered (phase 3)."""

from django.db import models
from django.db.models import Q

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from questionari.models.questionario import Questionario


class Restituzione(models.Model):
    """The publication of an accord's results: before it only the coordinator sees them.

    What was in force on that day is kept with it (questionnaire, threshold; the answers are the `Scheda` marked as
    published): later changes do not touch the results, so that two dates cannot be compared (`riservatezza`).
    """

    accordo = models.OneToOneField(Accordo, on_delete=models.PROTECT, related_name="restituzione")
    pubblicata_il = models.DateTimeField(null=True, blank=True)
    pubblicata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nota = models.TextField(blank=True)
    questionario = models.ForeignKey(
        Questionario, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    soglia = models.PositiveSmallIntegerField(null=True, blank=True)
    consultati = models.JSONField(
        default=dict, blank=True, help_text="Enti consultati, per ambito, tipo e classe."
    )
    relazione = models.FileField(upload_to="relazioni/", blank=True)
    relazione_impronta = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "restituzione"
        verbose_name_plural = "restituzioni"
        constraints = (
            models.CheckConstraint(
                name="restituzione_pubblicata_quando_e_chi",
                condition=Q(pubblicata_il__isnull=True, pubblicata_da__isnull=True)
                | Q(pubblicata_il__isnull=False, pubblicata_da__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return "Restituzione dei risultati"


class LetturaEsiti(models.Model):
    """A body has read the results: said once, by whoever acts for it."""

    restituzione = models.ForeignKey(Restituzione, on_delete=models.PROTECT, related_name="letture")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="+")
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    quando = models.DateTimeField(default=orologio.adesso)

    class Meta:
        verbose_name = "lettura degli esiti"
        verbose_name_plural = "letture degli esiti"
        constraints = (models.UniqueConstraint(fields=["restituzione", "ente"], name="lettura_una_per_ente"),)

    def __str__(self) -> str:
        return f"Esiti letti: {self.ente}"
