"""Whose turn it is to sign the one PDF that goes round."""

from django.db import models
from django.db.models import F, Q

from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.documento import DocumentoFinale
from accordo.approvazione.models.firma import Firma
from accordo.base import orologio


class EsitoTurno(models.TextChoices):
    """How a turn ended."""

    FIRMATO = "firmato", "Firmato"
    SCADUTO = "scaduto", "Scaduto"
    PASSATO = "passato", "Passato ad altri"


class Turno(models.Model):
    """A body's turn, and the very revision of the PDF that it was handed. `scade_il` is a whole day, to its last minute."""

    documento = models.ForeignKey(DocumentoFinale, on_delete=models.PROTECT, related_name="turni")
    approvazione = models.ForeignKey(Approvazione, on_delete=models.PROTECT, related_name="turni")
    revisione_sha256 = models.CharField(max_length=64)
    firma_precedente = models.ForeignKey(
        Firma,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Di chi è la revisione consegnata; niente: il testo definitivo ancora senza firme.",
    )
    iniziato_il = models.DateTimeField(default=orologio.adesso)
    scade_il = models.DateField()
    chiuso_il = models.DateTimeField(null=True, blank=True)
    esito = models.CharField(max_length=10, choices=EsitoTurno, blank=True)

    class Meta:
        ordering = ("documento", "iniziato_il", "pk")
        verbose_name = "turno di firma"
        verbose_name_plural = "turni di firma"
        constraints = (
            models.UniqueConstraint(
                fields=["documento"], condition=Q(chiuso_il__isnull=True), name="turno_uno_aperto_per_testo"
            ),
            models.CheckConstraint(
                name="turno_chiuso_con_esito",
                condition=Q(chiuso_il__isnull=True, esito="")
                | Q(chiuso_il__gte=F("iniziato_il"), esito__in=EsitoTurno.values),
            ),
        )

    def __str__(self) -> str:
        return f"Turno di {self.approvazione.ente.nome_breve}"

    @property
    def scaduto(self) -> bool:
        """Whether its last day has passed."""
        return self.chiuso_il is None and orologio.oggi() > self.scade_il
