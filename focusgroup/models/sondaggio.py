"""The date poll of a meeting: the dates proposed, and what each body says of them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from focusgroup.models.riunione import Riunione
from focusgroup.stati_sondaggio import VITA_SONDAGGIO, StatoSondaggio

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models.fields.related_descriptors import RelatedManager


class Valore(models.TextChoices):
    """What a body says of one date."""

    SI = "si", "Sì"
    SE_NECESSARIO = "se_necessario", "Se necessario"
    NO = "no", "No"


class Sondaggio(ConVita):
    """One search for a date. `scadenza` is checked when an answer is written; a meeting has at most one open."""

    vita = VITA_SONDAGGIO

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="sondaggi")
    stato = models.CharField(max_length=20, choices=StatoSondaggio, default=StatoSondaggio.IN_PREPARAZIONE)
    scadenza = models.DateTimeField(null=True, blank=True)
    aperto_il = models.DateTimeField(null=True, blank=True)
    ricordato_il = models.DateTimeField(null=True, blank=True)
    scelta = models.ForeignKey(
        "focusgroup.Opzione", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    if TYPE_CHECKING:
        opzioni: RelatedManager["Opzione"]
        risposte: RelatedManager["RispostaSondaggio"]

    class Meta:
        ordering = ("riunione", "-pk")
        verbose_name = "sondaggio per la data"
        verbose_name_plural = "sondaggi per la data"
        constraints = (
            models.UniqueConstraint(
                fields=["riunione"],
                condition=Q(stato__in=[StatoSondaggio.IN_PREPARAZIONE, StatoSondaggio.APERTO]),
                name="sondaggio_uno_alla_volta",
            ),
            models.CheckConstraint(name="sondaggio_stato_noto", condition=Q(stato__in=StatoSondaggio.values)),
            models.CheckConstraint(
                name="sondaggio_aperto_con_scadenza",
                condition=~Q(stato__in=[StatoSondaggio.APERTO, StatoSondaggio.CONCLUSO])
                | Q(scadenza__isnull=False, aperto_il__isnull=False),
            ),
            models.CheckConstraint(
                name="sondaggio_concluso_con_scelta",
                condition=Q(stato=StatoSondaggio.CONCLUSO, scelta__isnull=False)
                | (~Q(stato=StatoSondaggio.CONCLUSO) & Q(scelta__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"Sondaggio per la data: {self.riunione}"

    @property
    def accordo(self) -> Accordo:
        """The accord in whose registro it is written."""
        return self.riunione.accordo

    @property
    def scaduto(self) -> bool:
        """Whether its deadline has passed."""
        return self.scadenza is not None and self.scadenza < orologio.adesso()

    @property
    def in_corso(self) -> bool:
        """Whether the bodies may answer now."""
        return self.stato == StatoSondaggio.APERTO and not self.scaduto

    def url(self, pagina: str = "date") -> str:
        """Return the address of one of its pages, which stand under the meeting's."""
        return reverse(f"focusgroup:{pagina}", args=[self.riunione.accordo.slug, self.riunione_id])


class Opzione(models.Model):
    """One of the dates proposed, with its place."""

    sondaggio = models.ForeignKey(Sondaggio, on_delete=models.PROTECT, related_name="opzioni")
    inizio = models.DateTimeField()
    durata_minuti = models.PositiveSmallIntegerField(default=120)
    luogo = models.CharField(max_length=300, blank=True)
    collegamento = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("sondaggio", "inizio")
        verbose_name = "data proposta"
        verbose_name_plural = "date proposte"
        constraints = (
            models.UniqueConstraint(fields=["sondaggio", "inizio"], name="opzione_una_per_inizio"),
        )

    def __str__(self) -> str:
        return f"{self.inizio:%d/%m/%Y %H:%M}"

    @property
    def fine(self) -> "datetime":
        """When the meeting would end."""
        from datetime import timedelta

        return self.inizio + timedelta(minutes=self.durata_minuti)


class RispostaSondaggio(models.Model):
    """What a body says of all the dates. `revisione` keeps two of its people from overwriting each other."""

    sondaggio = models.ForeignKey(Sondaggio, on_delete=models.PROTECT, related_name="risposte")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="+")
    nota = models.CharField(max_length=300, blank=True)
    revisione = models.PositiveIntegerField(default=1, editable=False)
    data_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    data_il = models.DateTimeField()

    if TYPE_CHECKING:
        preferenze: RelatedManager["Preferenza"]

    class Meta:
        ordering = ("sondaggio", "ente__denominazione")
        verbose_name = "risposta al sondaggio"
        verbose_name_plural = "risposte al sondaggio"
        constraints = (
            models.UniqueConstraint(fields=["sondaggio", "ente"], name="risposta_sondaggio_una_per_ente"),
        )

    def __str__(self) -> str:
        return f"{self.ente.nome_breve}, {self.data_da}"


class Preferenza(models.Model):
    """What a body says of one date."""

    risposta = models.ForeignKey(RispostaSondaggio, on_delete=models.CASCADE, related_name="preferenze")
    opzione = models.ForeignKey(Opzione, on_delete=models.PROTECT, related_name="preferenze")
    valore = models.CharField(max_length=15, choices=Valore)

    class Meta:
        ordering = ("risposta", "opzione")
        verbose_name = "preferenza"
        verbose_name_plural = "preferenze"
        constraints = (
            models.UniqueConstraint(fields=["risposta", "opzione"], name="preferenza_una_per_data"),
            models.CheckConstraint(name="preferenza_valore_noto", condition=Q(valore__in=Valore.values)),
        )

    def __str__(self) -> str:
        return self.get_valore_display()
