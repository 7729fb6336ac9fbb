"""Several people on one answer: who was handed which section, and who is working where right now."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from accordo.base import orologio
from accordo.enti.models import Invito, Utente
from questionari.models.compilazione import Compilazione

VIVA = timedelta(minutes=2)
"""For so long after their last sign a person counts as being there."""


class AffidamentoQuerySet(models.QuerySet["Affidamento"]):
    """Sections handed over."""

    def in_corso(self) -> "AffidamentoQuerySet":
        """Those not revoked, whether the invitation has been accepted or not."""
        return self.filter(revocato_il__isnull=True)

    def di(self, utente: Utente) -> "AffidamentoQuerySet":
        """Those of a person, by name or through the invitation that they accepted."""
        return self.filter(Q(utente=utente) | Q(invito__accettato_da=utente))


class Affidamento(models.Model):
    """A section of a body's answer, handed to a colleague until it is revoked: they see and fill in that, and no more.

    Somebody who has no account yet stands here by their invitation; accepting it is what makes them `persona`.
    """

    compilazione = models.ForeignKey(Compilazione, on_delete=models.PROTECT, related_name="affidamenti")
    sezione = models.CharField(max_length=50)
    utente = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="affidamenti"
    )
    invito = models.ForeignKey(
        Invito, on_delete=models.PROTECT, null=True, blank=True, related_name="affidamenti"
    )
    nota = models.TextField(blank=True)
    affidato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    affidato_il = models.DateTimeField(default=orologio.adesso)
    revocato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revocato_il = models.DateTimeField(null=True, blank=True)

    objects = AffidamentoQuerySet.as_manager()

    class Meta:
        ordering = ("compilazione", "sezione", "pk")
        verbose_name = "sezione affidata"
        verbose_name_plural = "sezioni affidate"
        constraints = (
            models.CheckConstraint(
                name="affidamento_a_qualcuno",
                condition=Q(utente__isnull=False, invito__isnull=True)
                | Q(utente__isnull=True, invito__isnull=False),
            ),
            models.CheckConstraint(
                name="affidamento_revocato_da_qualcuno",
                condition=Q(revocato_il__isnull=True, revocato_da__isnull=True)
                | Q(revocato_il__gte=F("affidato_il"), revocato_da__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["compilazione", "sezione", "utente"],
                condition=Q(revocato_il__isnull=True, utente__isnull=False),
                name="affidamento_una_volta_a_persona",
            ),
            models.UniqueConstraint(
                fields=["compilazione", "sezione", "invito"],
                condition=Q(revocato_il__isnull=True, invito__isnull=False),
                name="affidamento_una_volta_a_invito",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sezione}: {self.nome}"

    @property
    def persona(self) -> Utente | None:
        """Who works on it, once they have an account."""
        return self.utente or (self.invito.accettato_da if self.invito else None)

    @property
    def nome(self) -> str:
        """The person's name, with or without an account."""
        return str(self.persona or (self.invito.persona if self.invito else ""))

    @property
    def in_attesa(self) -> bool:
        """Whether the invitation is still to be accepted."""
        return self.persona is None


class Presenza(models.Model):
    """Where a person was last seen in a body's answer. One row each, renewed now and then; not a history."""

    compilazione = models.ForeignKey(Compilazione, on_delete=models.CASCADE, related_name="presenze")
    utente = models.ForeignKey(Utente, on_delete=models.CASCADE, related_name="+")
    sezione = models.CharField(max_length=50)
    domanda = models.CharField(max_length=50, blank=True)
    quando = models.DateTimeField()

    class Meta:
        ordering = ("compilazione", "-quando")
        verbose_name = "presenza"
        verbose_name_plural = "presenze"
        constraints = (
            models.UniqueConstraint(fields=["compilazione", "utente"], name="presenza_una_per_persona"),
        )

    def __str__(self) -> str:
        return f"{self.utente}, {self.sezione}"
