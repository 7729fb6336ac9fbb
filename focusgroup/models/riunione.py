"""The meeting of an area."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ambito
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from focusgroup.stati import VITA_RIUNIONE, StatoRiunione

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from focusgroup.models.convocazione import Convocazione
    from focusgroup.models.sondaggio import Sondaggio
    from focusgroup.models.verbale import Punto, VersioneVerbale


class Riunione(ConVita):
    """One meeting of one area. `impronta` is the SHA-256 of the approved minutes (focusgroup.servizi)."""

    vita = VITA_RIUNIONE

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="riunioni")
    ambito = models.ForeignKey(Ambito, on_delete=models.PROTECT, related_name="riunioni")
    titolo = models.CharField(max_length=200)
    stato = models.CharField(max_length=20, choices=StatoRiunione, default=StatoRiunione.IN_PREPARAZIONE)
    inizio = models.DateTimeField(null=True, blank=True)
    durata_minuti = models.PositiveSmallIntegerField(default=120)
    luogo = models.CharField(max_length=300, blank=True)
    collegamento = models.URLField(max_length=500, blank=True)
    sequenza = models.PositiveSmallIntegerField(
        default=0, help_text="Cresce a ogni cambio di data o luogo (iCalendar)."
    )
    quorum = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Quanti enti servono; se manca, la maggioranza dei convocati con voto.",
    )
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    aggiornata_il = models.DateTimeField(default=orologio.adesso, editable=False)
    verbale_approvato_il = models.DateTimeField(null=True, blank=True)
    impronta = models.CharField(max_length=64, blank=True)
    correzioni_entro = models.DateField(
        null=True, blank=True, help_text="Ultimo giorno per chiedere correzioni al verbale in lettura."
    )

    if TYPE_CHECKING:
        convocazioni: RelatedManager["Convocazione"]
        sondaggi: RelatedManager["Sondaggio"]
        punti: RelatedManager["Punto"]
        versioni: RelatedManager["VersioneVerbale"]

    class Meta:
        ordering = ("accordo", "ambito__ordine", "inizio", "pk")
        verbose_name = "focus group"
        verbose_name_plural = "focus group"
        constraints = (
            models.CheckConstraint(
                name="riunione_quorum_almeno_uno", condition=Q(quorum__isnull=True) | Q(quorum__gte=1)
            ),
            models.CheckConstraint(name="riunione_stato_noto", condition=Q(stato__in=StatoRiunione.values)),
            models.CheckConstraint(
                name="riunione_convocata_con_data",
                condition=Q(inizio__isnull=False)
                | Q(stato__in=[StatoRiunione.IN_PREPARAZIONE, StatoRiunione.ANNULLATA]),
            ),
            models.CheckConstraint(
                name="riunione_approvata_con_impronta",
                condition=Q(
                    stato=StatoRiunione.VERBALE_APPROVATO, verbale_approvato_il__isnull=False, impronta__gt=""
                )
                | (
                    ~Q(stato=StatoRiunione.VERBALE_APPROVATO)
                    & Q(verbale_approvato_il__isnull=True, impronta="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.titolo

    def url(self, pagina: str = "riunione") -> str:
        """Return the address of one of the meeting's pages."""
        return reverse(f"focusgroup:{pagina}", args=[self.accordo.slug, self.pk])

    def get_absolute_url(self) -> str:
        """The meeting's own page."""
        return self.url()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and note when: a calendar asks for it."""
        self.aggiornata_il = orologio.adesso()
        super().save(*args, **kwargs)

    @property
    def fine(self) -> datetime | None:
        """When it ends, as planned."""
        return self.inizio + timedelta(minutes=self.durata_minuti) if self.inizio else None
