"""The answers sent, laid flat so that every table of the results is one GROUP BY.

These rows can be made again from the sendings at any time (`servizi.schede`): they are an index, not a record.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from accordo.base import orologio
from accordo.enti.models import Ambito, TipoEnte, Utente
from accordo.iter.models import Accordo
from accordo.rilievi.models import Rilievo
from questionari.models.compilazione import Compilazione
from questionari.models.invio import Invio

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ClasseEnte(models.TextChoices):
    """Classes of population: small Comuni by law (l. 158/2017), and the threshold of the TUEL for their elections."""

    PICCOLO = "1", "Comuni fino a 5.000 abitanti"
    MEDIO = "2", "Comuni da 5.001 a 15.000 abitanti"
    GRANDE = "3", "Comuni oltre 15.000 abitanti"
    ALTRO = "9", "Enti diversi dai Comuni"

    @classmethod
    def di(cls, tipo: str, popolazione: int | None) -> "ClasseEnte":
        """The class of a body; a Comune whose population is not known counts with the others."""
        if tipo != TipoEnte.COMUNE or popolazione is None:
            return cls.ALTRO
        return cls.PICCOLO if popolazione <= 5_000 else cls.MEDIO if popolazione <= 15_000 else cls.GRANDE


class StratoEsiti(models.Model):
    """The bodies of one area, kind and class that are known to be asked the same questions (`riservatezza`)."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="+")
    ambito = models.ForeignKey(Ambito, on_delete=models.PROTECT, related_name="+")
    tipo = models.CharField(max_length=20, choices=TipoEnte)
    classe = models.CharField(max_length=1, choices=ClasseEnte)
    firma = models.CharField(max_length=64)

    class Meta:
        ordering = ("ambito__ordine", "ambito__nome", "firma", "tipo", "classe")
        verbose_name = "strato"
        verbose_name_plural = "strati"
        constraints = (
            models.UniqueConstraint(
                fields=["accordo", "ambito", "tipo", "classe", "firma"], name="strato_unico"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ambito}, {self.get_tipo_display()}, {self.get_classe_display()}"


class Scheda(models.Model):
    """One sending as the results count it. `pubblicata`: it is part of the results that were given back."""

    invio = models.OneToOneField(Invio, on_delete=models.PROTECT, related_name="scheda")
    compilazione = models.ForeignKey(Compilazione, on_delete=models.PROTECT, related_name="schede")
    strato = models.ForeignKey(StratoEsiti, on_delete=models.PROTECT, related_name="schede")
    definizione = models.CharField(
        max_length=64, help_text="Impronta del questionario con cui è stata letta."
    )
    superata = models.BooleanField(default=False)
    pubblicata = models.BooleanField(default=False)

    if TYPE_CHECKING:
        celle: RelatedManager["CellaRisposta"]
        testi: RelatedManager["TestoRisposta"]

    class Meta:
        verbose_name = "scheda"
        verbose_name_plural = "schede"
        constraints = (
            models.UniqueConstraint(
                fields=["compilazione"], condition=Q(superata=False), name="scheda_una_in_vigore"
            ),
            models.UniqueConstraint(
                fields=["compilazione"], condition=Q(pubblicata=True), name="scheda_una_pubblicata"
            ),
        )

    def __str__(self) -> str:
        return f"Scheda dell'invio {self.invio_id}"


class CellaRisposta(models.Model):
    """The answer to one closed question, or to one row of a matrix (`voce`), as `esiti.celle` writes it.

    The database neither checks nor indexes its keys one by one: for eight thousand bodies that took longer than writing
    the rows, and the two indexes below begin with them.
    """

    scheda = models.ForeignKey(
        Scheda, on_delete=models.CASCADE, related_name="celle", db_constraint=False, db_index=False
    )
    strato = models.ForeignKey(
        StratoEsiti, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    domanda = models.CharField(max_length=50)
    voce = models.CharField(max_length=50, blank=True)
    valore = models.TextField()

    class Meta:
        verbose_name = "risposta chiusa"
        verbose_name_plural = "risposte chiuse"
        constraints = (
            models.UniqueConstraint(fields=["scheda", "domanda", "voce"], name="cella_una_per_domanda"),
        )
        indexes = (models.Index(fields=["strato", "domanda", "voce"], name="cella_tabelle"),)

    def __str__(self) -> str:
        return f"{self.domanda} {self.voce}".strip()


class TestoRisposta(models.Model):
    """A free text as it was sent."""

    scheda = models.ForeignKey(Scheda, on_delete=models.CASCADE, related_name="testi")
    domanda = models.CharField(max_length=50)
    testo = models.TextField()

    class Meta:
        ordering = ("domanda", "pk")
        verbose_name = "risposta aperta"
        verbose_name_plural = "risposte aperte"
        constraints = (models.UniqueConstraint(fields=["scheda", "domanda"], name="testo_uno_per_domanda"),)

    def __str__(self) -> str:
        return self.testo[:60]


class Tema(models.Model):
    """What several free texts speak of, in the coordinator's words."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="temi")
    nome = models.CharField(max_length=80)
    creato_il = models.DateTimeField(default=orologio.adesso)
    creato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("nome",)
        verbose_name = "tema"
        verbose_name_plural = "temi"
        constraints = (models.UniqueConstraint(fields=["accordo", "nome"], name="tema_nome_unico"),)

    def __str__(self) -> str:
        return self.nome


class Passo(models.Model):
    """A passage of a free text under a theme: characters `inizio` to `fine` of what was sent. It may become a rilievo."""

    tema = models.ForeignKey(Tema, on_delete=models.PROTECT, related_name="passi")
    invio = models.ForeignKey(Invio, on_delete=models.PROTECT, related_name="passi")
    domanda = models.CharField(max_length=50)
    inizio = models.PositiveIntegerField()
    fine = models.PositiveIntegerField()
    citazione = models.TextField()
    rilievo = models.ForeignKey(Rilievo, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    segnato_il = models.DateTimeField(default=orologio.adesso)
    segnato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tema", "pk")
        verbose_name = "passo"
        verbose_name_plural = "passi"
        constraints = (
            models.CheckConstraint(name="passo_non_vuoto", condition=Q(fine__gt=models.F("inizio"))),
            models.UniqueConstraint(
                fields=["tema", "invio", "domanda", "inizio", "fine"], name="passo_una_volta_sola"
            ),
        )
        indexes = (models.Index(fields=["invio", "domanda"], name="passo_del_testo"),)

    def __str__(self) -> str:
        return self.citazione[:60]
