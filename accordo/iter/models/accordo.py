"""The institutional accord being reached, and the dates of its phases."""

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente
from accordo.iter.motore import ConVita, Vita
from accordo.iter.procedura import Fase, processo

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


def dopo_mesi(giorno: date, mesi: int) -> date:
    """Return the same day so many months later; the last of the month where that day does not exist."""
    anno, mese = divmod(giorno.year * 12 + giorno.month - 1 + mesi, 12)
    return date(anno, mese + 1, min(giorno.day, monthrange(anno, mese + 1)[1]))


class Accordo(ConVita):
    """One accord: an installation can hold several. Its state is the phase it is in."""

    campo_stato = "fase"

    slug = models.SlugField(max_length=60, unique=True)
    titolo = models.CharField(max_length=300)
    sottotitolo = models.CharField(max_length=300, blank=True)
    promotore = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="accordi_promossi")
    fase = models.CharField(max_length=30, default="presentazione")
    soglia_aggregati = models.PositiveSmallIntegerField(
        default=3, help_text="Numero minimo di enti per pubblicare un dato aggregato (norme.md, R18)."
    )
    pubblico = models.BooleanField(default=True, help_text="Se i cittadini vedono le pagine pubbliche.")
    dimostrativo = models.BooleanField(
        default=False, editable=False, help_text="Dati inventati: si può eliminare."
    )
    creato_il = models.DateTimeField(default=orologio.adesso, editable=False)
    sottoscritto_il = models.DateField(null=True, blank=True)
    durata_mesi = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text="Per quanti mesi vale, dall'ultima firma.",
    )
    scadenza_ricordata_il = models.DateField(null=True, blank=True, editable=False)
    registro_numero = models.PositiveIntegerField(default=0, editable=False)
    registro_impronta = models.CharField(max_length=64, blank=True, editable=False)

    if TYPE_CHECKING:
        fasi: RelatedManager["FaseAccordo"]

    class Meta:
        ordering = ("-creato_il",)
        verbose_name = "accordo"
        verbose_name_plural = "accordi"
        constraints = (
            models.CheckConstraint(name="accordo_soglia_almeno_uno", condition=Q(soglia_aggregati__gte=1)),
            models.CheckConstraint(
                name="accordo_sottoscritto_con_data",
                condition=Q(fase="sottoscritto", sottoscritto_il__isnull=False)
                | (~Q(fase="sottoscritto") & Q(sottoscritto_il__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.titolo

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save all but the registro's head, which only `registra` moves: a stale instance must not turn it back."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = [
                campo.name
                for campo in self._meta.concrete_fields
                if not campo.primary_key and not campo.name.startswith("registro_")
            ]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The accord's public page."""
        return reverse("cruscotto:accordo", args=[self.slug])

    def la_vita(self) -> Vita:
        """Return the life that the procedure gives to every accord."""
        from accordo.iter.vita_accordo import vita_accordo

        return vita_accordo()

    def accordo_della_vita(self) -> "Accordo":
        """An accord is written in its own registro."""
        return self

    def ente_della_vita(self) -> Ente:
        """The promoter leads."""
        return self.promotore

    @property
    def fase_corrente(self) -> Fase | None:
        """The phase that the accord is in; None once it is signed."""
        return processo().fase(self.fase)

    @property
    def numero_fase(self) -> int:
        """The phase's number, from 1 to 8; 9 once it is signed."""
        return processo().posizione(self.fase) + 1

    @property
    def sottoscritto(self) -> bool:
        """Whether every signature is in."""
        return self.fase == processo().stato_finale

    @property
    def scade_il(self) -> date | None:
        """The last day on which it holds: as many months as were agreed, from the day of the last signature."""
        if self.sottoscritto_il is None or self.durata_mesi is None:
            return None
        return dopo_mesi(self.sottoscritto_il, self.durata_mesi)


class FaseAccordo(models.Model):
    """Planned and actual dates of one phase of one accord. `scadenza` is a whole day, to its last minute."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="fasi")
    codice = models.CharField(max_length=30)
    ordine = models.PositiveSmallIntegerField()
    inizio_previsto = models.DateField(null=True, blank=True)
    fine_prevista = models.DateField(null=True, blank=True)
    scadenza = models.DateField(null=True, blank=True)
    inizio_effettivo = models.DateField(null=True, blank=True)
    fine_effettiva = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("accordo", "ordine")
        verbose_name = "fase"
        verbose_name_plural = "fasi"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "codice"], name="fase_una_per_accordo"),
            models.CheckConstraint(
                name="fase_date_previste_in_ordine",
                condition=Q(inizio_previsto__isnull=True)
                | Q(fine_prevista__isnull=True)
                | Q(fine_prevista__gte=F("inizio_previsto")),
            ),
            models.CheckConstraint(
                name="fase_date_effettive_in_ordine",
                condition=Q(fine_effettiva__isnull=True)
                | Q(inizio_effettivo__isnull=False, fine_effettiva__gte=F("inizio_effettivo")),
            ),
        )

    def __str__(self) -> str:
        return self.definizione.nome if self.definizione else self.codice

    @property
    def definizione(self) -> Fase | None:
        """What the procedure says of this phase."""
        return processo().fase(self.codice)

    @property
    def scaduta(self) -> bool:
        """Whether the deadline has passed."""
        return self.scadenza is not None and orologio.oggi() > self.scadenza
