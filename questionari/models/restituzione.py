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
    contata = models.BooleanField(
        default=False, help_text="Se i conteggi sono conservati con la pubblicazione."
    )
    aperta_il = models.DateTimeField(
        null=True, blank=True, help_text="Da quando gli esiti li leggono anche i cittadini."
    )
    aperta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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


class Conteggio(models.Model):
    """How often an answer was given in a stratum, as the published results count it: they do not change any more.

    So that what is published costs the same to read for forty bodies and for eight thousand.
    """

    restituzione = models.ForeignKey(Restituzione, on_delete=models.CASCADE, related_name="conteggi")
    strato = models.ForeignKey("questionari.StratoEsiti", on_delete=models.PROTECT, related_name="+")
    domanda = models.CharField(max_length=50)
    voce = models.CharField(max_length=50, blank=True)
    valore = models.TextField()
    quanti = models.PositiveIntegerField()

    class Meta:
        verbose_name = "conteggio"
        verbose_name_plural = "conteggi"
        constraints = (models.CheckConstraint(name="conteggio_non_vuoto", condition=Q(quanti__gt=0)),)
        indexes = (models.Index(fields=["restituzione", "domanda"], name="conteggio_domanda"),)

    def __str__(self) -> str:
        return f"{self.domanda} {self.voce}: {self.quanti}"
