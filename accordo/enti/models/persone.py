"""The people, and the roles that they hold for the bodies.

Identity and representation are two things (norme.md, R24): a login gives nothing by itself; what counts is the
Incarico that is running today.
"""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accordo.base import orologio
from accordo.enti.models.enti import Ente


class Ruolo(models.TextChoices):
    """What a person does for a body (glossary: incarico)."""

    REFERENTE = "referente", "Referente"
    RAPPRESENTANTE = "rappresentante", "Rappresentante"
    COORDINATORE = "coordinatore", "Coordinatore"
    OSSERVATORE = "osservatore", "Osservatore"
    COLLABORATORE = "collaboratore", "Collaboratore"
    """Works on the parts that the body's referente hands over, and sees nothing else (see `Agente.affidante`)."""


class GestoreUtenti(BaseUserManager["Utente"]):
    """Creates people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **campi: Any) -> "Utente":
        """Create a person who logs in with `email`; without a password, only a reset lets them in."""
        utente = self.model(email=self.normalize_email(email).lower(), **campi)
        utente.set_password(password)
        utente.save(using=self._db)
        return utente

    def get_by_natural_key(self, username: str | None) -> "Utente":
        """Find a person by address, whatever its case."""
        return self.get(email__iexact=username)


class Utente(AbstractBaseUser, PermissionsMixin):
    """A person with a login."""

    email = models.EmailField("indirizzo e-mail", unique=True)
    nome = models.CharField(max_length=80)
    cognome = models.CharField(max_length=80)
    codice_fiscale = models.CharField(
        "codice fiscale", max_length=16, blank=True, help_text="Per SPID e CIE."
    )
    is_active = models.BooleanField("attivo", default=True)
    is_staff = models.BooleanField(default=False)
    dimostrativo = models.BooleanField(default=False, help_text="Persona inventata della dimostrazione.")
    iscritto_il = models.DateTimeField(default=orologio.adesso, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["nome", "cognome"]  # Django declares a list

    objects = GestoreUtenti()

    class Meta:
        ordering = ("cognome", "nome")
        verbose_name = "persona"
        verbose_name_plural = "persone"
        constraints = (
            models.UniqueConstraint(Lower("email"), name="utente_email_senza_maiuscole"),
            models.UniqueConstraint(
                fields=["codice_fiscale"], condition=~Q(codice_fiscale=""), name="utente_codice_fiscale_unico"
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """Name and surname."""
        return f"{self.nome} {self.cognome}".strip()

    def get_short_name(self) -> str:
        """The name alone."""
        return self.nome


class IncaricoQuerySet(models.QuerySet["Incarico"]):
    """Roles, running or not."""

    def in_corso(self, il: date | None = None) -> "IncaricoQuerySet":
        """Those that hold on the day `il` (today if not given) and were not ended by hand, of people who may log in."""
        giorno = il or orologio.oggi()
        return self.filter(
            Q(al__isnull=True) | Q(al__gte=giorno),
            dal__lte=giorno,
            concluso_il__isnull=True,
            utente__is_active=True,
        )


class Incarico(models.Model):
    """A person's role for a body, from a day to a day, by an act if there is one. Never deleted: it ends."""

    utente = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="incarichi")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="incarichi")
    ruolo = models.CharField(max_length=20, choices=Ruolo)
    dal = models.DateField(default=orologio.oggi)
    al = models.DateField(null=True, blank=True)
    atto_delega = models.CharField("atto di delega o di nomina", max_length=200, blank=True)
    concluso_il = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Revocato prima della fine."
    )

    objects = IncaricoQuerySet.as_manager()

    class Meta:
        ordering = ("ente", "ruolo", "dal")
        verbose_name = "incarico"
        verbose_name_plural = "incarichi"
        constraints = (
            models.CheckConstraint(
                name="incarico_date_in_ordine", condition=Q(al__isnull=True) | Q(al__gte=F("dal"))
            ),
            models.UniqueConstraint(
                fields=["utente", "ente", "ruolo"],
                condition=Q(al__isnull=True),
                name="incarico_aperto_una_volta_sola",
            ),
        )
        indexes = (models.Index(fields=["ente", "ruolo"], name="incarico_ente_ruolo"),)

    def __str__(self) -> str:
        return f"{self.utente}, {self.get_ruolo_display().lower()} per {self.ente}"
