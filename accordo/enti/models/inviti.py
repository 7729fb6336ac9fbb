"""Invitations: the only door into the portal."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accordo.base import orologio
from accordo.enti.models.enti import Ente
from accordo.enti.models.persone import Ruolo, Utente


def fra_i_giorni_di_un_invito() -> datetime:
    """When an invitation sent now stops holding."""
    return orologio.adesso() + timedelta(days=settings.INVITO_GIORNI)


class InvitoQuerySet(models.QuerySet["Invito"]):
    """Invitations, open or not."""

    def aperti(self) -> "InvitoQuerySet":
        """Those neither accepted nor withdrawn, expired or not."""
        return self.filter(accettato_il__isnull=True, annullato_il__isnull=True)

    def validi(self) -> "InvitoQuerySet":
        """Those that still let somebody in."""
        return self.aperti().filter(scade_il__gt=orologio.adesso())


class Invito(models.Model):
    """A person asked to act for a body. Only the fingerprint of its token is kept; the token is in the mail."""

    email = models.EmailField("indirizzo e-mail")
    nome = models.CharField(max_length=80)
    cognome = models.CharField(max_length=80)
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="inviti")
    ruolo = models.CharField(max_length=20, choices=Ruolo)
    dal = models.DateField(default=orologio.oggi)
    al = models.DateField(null=True, blank=True)
    atto_delega = models.CharField("atto di delega o di nomina", max_length=200, blank=True)
    impronta_gettone = models.CharField(max_length=64, unique=True, editable=False)
    creato_il = models.DateTimeField(default=orologio.adesso, editable=False)
    creato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="inviti_mandati")
    mandato_il = models.DateTimeField(default=orologio.adesso)
    scade_il = models.DateTimeField(default=fra_i_giorni_di_un_invito)
    accettato_il = models.DateTimeField(null=True, blank=True)
    accettato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="inviti_accettati"
    )
    annullato_il = models.DateTimeField(null=True, blank=True)

    objects = InvitoQuerySet.as_manager()

    class Meta:
        ordering = ("-creato_il",)
        verbose_name = "invito"
        verbose_name_plural = "inviti"
        constraints = (
            models.CheckConstraint(
                name="invito_date_in_ordine", condition=Q(al__isnull=True) | Q(al__gte=F("dal"))
            ),
            models.CheckConstraint(
                name="invito_accettato_da_qualcuno",
                condition=Q(accettato_il__isnull=True, accettato_da__isnull=True)
                | Q(accettato_il__isnull=False, accettato_da__isnull=False),
            ),
            models.CheckConstraint(
                name="invito_accettato_o_annullato",
                condition=Q(accettato_il__isnull=True) | Q(annullato_il__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["email", "ente", "ruolo"],
                condition=Q(accettato_il__isnull=True, annullato_il__isnull=True),
                name="invito_aperto_una_volta_sola",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nome} {self.cognome}, {self.get_ruolo_display().lower()} per {self.ente}"

    @property
    def persona(self) -> str:
        """Name and surname."""
        return f"{self.nome} {self.cognome}".strip()

    @property
    def scaduto(self) -> bool:
        """Whether its link no longer works because of its age."""
        return self.scade_il <= orologio.adesso()
