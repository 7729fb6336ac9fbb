"""The text of an accord: the draft being written, and the versions published of it."""

from functools import cached_property
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.rilievi.models import Rilievo
from bozze.testo.albero import Disposizione, Documento, Testo, Tipo, codici

TIPI = [(tipo.value, tipo.value.capitalize()) for tipo in Tipo]


class Numeri(models.TextChoices):
    """How the numbers of a text that is amended go on. Each draft chooses."""

    DI_SEGUITO = (
        "di_seguito",
        "Si contano di nuovo, di seguito; la tabella dei numeri cambiati resta nel confronto",
    )
    MANTENUTI = "mantenuti", "Restano quelli dell'ultima versione: ciò che è nuovo prende bis, ter"


class Bozza(models.Model):
    """The working text of an accord: one, seen by who writes it only. Its dispositions are rows (`NodoBozza`)."""

    accordo = models.OneToOneField(Accordo, on_delete=models.PROTECT, related_name="bozza")
    titolo = models.CharField(max_length=500, blank=True)
    sottotitolo = models.TextField(blank=True)
    numeri = models.CharField(max_length=20, choices=Numeri, default=Numeri.DI_SEGUITO)
    aggiornata_il = models.DateTimeField(default=orologio.adesso)
    conta = models.PositiveIntegerField(default=0)
    """How many times it was changed: the number of the last change."""

    class Meta:
        verbose_name = "bozza"
        verbose_name_plural = "bozze"

    def __str__(self) -> str:
        return f"Bozza: {self.accordo}"


class NodoBozza(models.Model):
    """One disposition of the draft. `codice` is its identifier for life; `revisione` counts the changes of its words."""

    bozza = models.ForeignKey(Bozza, on_delete=models.CASCADE, related_name="nodi")
    codice = models.UUIDField()
    genitore = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="figli"
    )
    ordine = models.PositiveIntegerField()
    tipo = models.CharField(max_length=20, choices=TIPI)
    testo = models.TextField(blank=True)
    rubrica = models.CharField(max_length=500, blank=True)
    revisione = models.PositiveIntegerField(default=0)
    documento = models.JSONField(null=True, blank=True)
    obiettivi = models.JSONField(default=list, blank=True)
    """The codes of the objectives that it says it serves. In the text, as the file of an annex: versions hold them."""
    modificato_il = models.DateTimeField(default=orologio.adesso)
    modificato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("bozza", "ordine", "pk")
        verbose_name = "disposizione"
        verbose_name_plural = "disposizioni"
        constraints = (
            models.UniqueConstraint(fields=["bozza", "codice"], name="nodo_codice_unico"),
            models.CheckConstraint(
                name="nodo_tipo_noto", condition=Q(tipo__in=[tipo.value for tipo in Tipo])
            ),
        )

    def __str__(self) -> str:
        return self.rubrica or self.testo[:60] or self.get_tipo_display()

    def senza_figli(self) -> Disposizione:
        """The disposition alone, as a value."""
        documento = Documento.da_dati(self.documento) if self.documento else None
        return Disposizione(
            str(self.codice),
            Tipo(self.tipo),
            self.testo,
            self.rubrica,
            documento=documento,
            obiettivi=codici(self.obiettivi),
        )


class Versione(models.Model):
    """A published text: numbered, immutable (here and by database triggers), with its SHA-256.

    `definitiva` is the text that comes out of the decisions on the amendments and goes to the approval of the bodies.
    """

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="versioni")
    numero = models.PositiveIntegerField()
    definitiva = models.BooleanField(default=False)
    testo = models.JSONField()
    impronta = models.CharField(max_length=64)
    nota = models.TextField(blank=True)
    pubblicata_il = models.DateTimeField(default=orologio.adesso)
    pubblicata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("accordo", "-numero")
        verbose_name = "versione"
        verbose_name_plural = "versioni"
        constraints = (models.UniqueConstraint(fields=["accordo", "numero"], name="versione_numero_unico"),)

    def __str__(self) -> str:
        return (
            f"Proposta definitiva, versione {self.numero}" if self.definitiva else f"Versione {self.numero}"
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            self._immutabile()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of this version."""
        return reverse("bozze:versione", args=[self.accordo.slug, self.numero])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        self._immutabile()

    @cached_property
    def albero(self) -> Testo:
        """The text as a tree."""
        return Testo.da_dati(self.testo)

    @property
    def integra(self) -> bool:
        """Whether the text still has the hash with which it was published."""
        return self.albero.impronta == self.impronta

    def _immutabile(self) -> NoReturn:
        raise ValidationError("Una versione pubblicata non si modifica e non si cancella.")


class LetturaVersione(models.Model):
    """Somebody has read a version, acting for their body ("Ho letto la bozza")."""

    versione = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="letture")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="+")
    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    letta_il = models.DateTimeField(default=orologio.adesso)

    class Meta:
        ordering = ("versione", "letta_il")
        verbose_name = "lettura di una versione"
        verbose_name_plural = "letture delle versioni"
        constraints = (
            models.UniqueConstraint(fields=["versione", "ente", "utente"], name="lettura_una_per_persona"),
        )

    def __str__(self) -> str:
        return f"{self.ente}: letta la {self.versione}"


class Citazione(models.Model):
    """A disposition says where it comes from: a finding of the survey or of the focus groups.

    It hangs on the disposition's identifier, so it goes with it through all versions.
    """

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="citazioni")
    disposizione = models.UUIDField()
    rilievo = models.ForeignKey(Rilievo, on_delete=models.PROTECT, related_name="citazioni")

    class Meta:
        ordering = ("accordo", "disposizione", "rilievo")
        verbose_name = "rilievo citato"
        verbose_name_plural = "rilievi citati"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "disposizione", "rilievo"], name="citazione_unica"),
        )

    def __str__(self) -> str:
        return f"{self.disposizione} cita {self.rilievo}"
