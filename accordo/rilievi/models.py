"""The objectives of an accord, and what was learned about them."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ambito, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from accordo.rilievi.stati import VITA_RILIEVO, StatoRilievo

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Obiettivo(models.Model):
    """An objective ("1") or a sub-objective ("1.2") of the accord."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="obiettivi")
    codice = models.CharField(max_length=10)
    testo = models.CharField(max_length=200)
    genitore = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="sotto"
    )
    ordine = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("accordo", "ordine")
        verbose_name = "obiettivo"
        verbose_name_plural = "obiettivi"
        constraints = (models.UniqueConstraint(fields=["accordo", "codice"], name="obiettivo_codice_unico"),)

    def __str__(self) -> str:
        return f"{self.codice} {self.testo}"


class TipoRilievo(models.TextChoices):
    """Strengths and critical points are surveyed; proposals answer them."""

    FORZA = "forza", "Punto di forza"
    CRITICITA = "criticita", "Criticità"
    PROPOSTA = "proposta", "Proposta"


class Rilievo(ConVita):
    """Something learned, in one sentence, for one area, under one or more objectives, with its evidence."""

    vita = VITA_RILIEVO

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="rilievi")
    numero = models.PositiveIntegerField()
    ambito = models.ForeignKey(Ambito, on_delete=models.PROTECT, related_name="rilievi")
    tipo = models.CharField(max_length=10, choices=TipoRilievo)
    testo = models.CharField(max_length=300)
    dettagli = models.TextField(blank=True)
    obiettivi = models.ManyToManyField(Obiettivo, related_name="rilievi")
    stato = models.CharField(max_length=12, choices=StatoRilievo, default=StatoRilievo.PROPOSTO)
    creato_il = models.DateTimeField(default=orologio.adesso, editable=False)
    creato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    unito_a = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="uniti")
    priorita = models.PositiveIntegerField(
        null=True, blank=True, help_text="I punti concordati nell'ultima riunione che ne ha parlato."
    )

    if TYPE_CHECKING:
        fonti: RelatedManager["Fonte"]
        uniti: RelatedManager["Rilievo"]
        concordate: RelatedManager["PrioritaConcordata"]

    class Meta:
        ordering = ("accordo", "numero")
        verbose_name = "rilievo"
        verbose_name_plural = "rilievi"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "numero"], name="rilievo_numero_unico"),
            models.CheckConstraint(name="rilievo_tipo_noto", condition=Q(tipo__in=TipoRilievo.values)),
            models.CheckConstraint(name="rilievo_stato_noto", condition=Q(stato__in=StatoRilievo.values)),
            models.CheckConstraint(
                name="rilievo_unito_a_un_altro",
                condition=Q(stato=StatoRilievo.UNITO, unito_a__isnull=False)
                | (~Q(stato=StatoRilievo.UNITO) & Q(unito_a__isnull=True)),
            ),
        )
        indexes = (models.Index(fields=["accordo", "ambito", "tipo"], name="rilievo_quadro"),)

    def __str__(self) -> str:
        return f"Rilievo {self.numero}: {self.testo}"

    def get_absolute_url(self) -> str:
        """The finding's own page."""
        return reverse("rilievi:rilievo", args=[self.accordo.slug, self.numero])


class GenereFonte(models.TextChoices):
    """Where evidence comes from."""

    DOMANDA = "domanda", "Dato del questionario"
    RISPOSTA = "risposta", "Risposta aperta"
    RIUNIONE = "riunione", "Focus group"
    ALTRO = "altro", "Altra fonte"


class FonteQuerySet(models.QuerySet["Fonte"]):
    """Evidence, as it counts today."""

    def valide(self) -> "FonteQuerySet":
        """Leave out what was withdrawn."""
        return self.filter(ritirata_il__isnull=True)


class Fonte(models.Model):
    """One piece of evidence: what was said or measured, and where to find it again."""

    rilievo = models.ForeignKey(Rilievo, on_delete=models.PROTECT, related_name="fonti")
    genere = models.CharField(max_length=10, choices=GenereFonte)
    testo = models.CharField(max_length=500)
    riferimento = models.CharField(
        max_length=100,
        blank=True,
        help_text="Codice della domanda; per una riunione il suo numero, e dopo il punto quello del punto.",
    )
    creata_il = models.DateTimeField(default=orologio.adesso, editable=False)
    ritirata_il = models.DateTimeField(null=True, blank=True)

    objects = FonteQuerySet.as_manager()

    class Meta:
        ordering = ("rilievo", "pk")
        verbose_name = "fonte"
        verbose_name_plural = "fonti"

    def __str__(self) -> str:
        genere = f"{self.get_genere_display()}: "
        return self.testo if self.testo.startswith(genere) else f"{genere}{self.testo}"


class PrioritaConcordata(models.Model):
    """What a meeting agreed about a finding: its points, its place, and the words that were put to it. Never changed."""

    rilievo = models.ForeignKey(Rilievo, on_delete=models.PROTECT, related_name="concordate")
    riferimento = models.CharField(max_length=100, help_text="Il numero della riunione.")
    titolo = models.CharField(max_length=200)
    punti = models.PositiveIntegerField()
    enti = models.PositiveIntegerField(help_text="Quanti enti gli hanno dato punti.")
    posto = models.PositiveIntegerField()
    su = models.PositiveIntegerField(help_text="Quanti rilievi erano in discussione.")
    nota = models.TextField(blank=True)
    quando = models.DateTimeField(default=orologio.adesso)

    class Meta:
        ordering = ("rilievo", "-quando", "-pk")
        verbose_name = "priorità concordata"
        verbose_name_plural = "priorità concordate"

    def __str__(self) -> str:
        return f"{self.titolo}: {self.punti} punti, posto {self.posto} su {self.su}"
