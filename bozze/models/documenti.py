"""The files that annexes are."""

from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models

from accordo.base import orologio
from accordo.enti.models import Utente
from accordo.iter.models import Accordo


class DocumentoAllegato(models.Model):
    """The bytes of an annex, known by their hash. Drafts and versions name the hash; nobody changes the bytes."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="documenti_allegati")
    impronta = models.CharField(max_length=64)
    nome = models.CharField(max_length=150)
    byte = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="allegati_del_testo/%Y/")
    caricato_il = models.DateTimeField(default=orologio.adesso)
    caricato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("accordo", "pk")
        verbose_name = "documento allegato al testo"
        verbose_name_plural = "documenti allegati al testo"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "impronta"], name="documento_allegato_unico"),
        )

    def __str__(self) -> str:
        return self.nome

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            self._immutabile()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        self._immutabile()

    def _immutabile(self) -> NoReturn:
        raise ValidationError("Il documento allegato al testo non si modifica e non si cancella.")
