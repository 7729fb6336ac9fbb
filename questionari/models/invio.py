"""What a body sent, and the receipt that it was given."""

import json
from functools import cached_property
from typing import Any, NoReturn

from django.db import models

from accordo.base import orologio
from accordo.enti.models import Utente
from questionari.definizione import Definizione
from questionari.models.compilazione import Compilazione
from questionari.models.questionario import Questionario


class Invio(models.Model):
    """What a body put its name to: immutable, numbered. `canonico` is the very text that `impronta` is computed on."""

    compilazione = models.ForeignKey(Compilazione, on_delete=models.PROTECT, related_name="invii")
    numero = models.PositiveSmallIntegerField()
    canonico = models.TextField()
    impronta = models.CharField(max_length=64, unique=True)
    quando = models.DateTimeField()
    da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    da_nome = models.CharField(max_length=200)
    in_qualita_di = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("compilazione", "-numero")
        verbose_name = "invio"
        verbose_name_plural = "invii"
        constraints = (models.UniqueConstraint(fields=["compilazione", "numero"], name="invio_numero_unico"),)

    def __str__(self) -> str:
        return f"Invio n. {self.numero}"

    @cached_property
    def dati(self) -> dict[str, Any]:
        """What was sent, read from the canonical text."""
        letti: dict[str, Any] = json.loads(self.canonico)
        return letti

    @cached_property
    def struttura(self) -> Definizione:
        """The version of the questionnaire that these answers answer, which a correction may have replaced."""
        questionario, versione = self.compilazione.questionario, self.dati["questionario"]["versione"]
        if questionario.versione != versione:
            questionario = Questionario.objects.get(accordo=questionario.accordo_id, versione=versione)
        return questionario.struttura

    @property
    def trascritto(self) -> dict[str, Any] | None:
        """How the answers came, if who coordinates typed them in from paper or certified mail."""
        trovato: dict[str, Any] | None = self.dati.get("trascritto")
        return trovato

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise TypeError("Un invio non si modifica.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: what was sent stays."""
        raise TypeError("Un invio non si cancella.")


class Ricevuta(models.Model):
    """The receipt of a sending as it was printed, once: `impronta` is the SHA-256 of the PDF itself."""

    invio = models.OneToOneField(Invio, on_delete=models.PROTECT, related_name="ricevuta")
    file = models.FileField(upload_to="ricevute/")
    impronta = models.CharField(max_length=64, db_index=True)
    creata_il = models.DateTimeField(default=orologio.adesso)

    class Meta:
        verbose_name = "ricevuta"
        verbose_name_plural = "ricevute"

    def __str__(self) -> str:
        return f"Ricevuta dell'invio n. {self.invio.numero}"
