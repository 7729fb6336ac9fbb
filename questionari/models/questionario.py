"""The questionnaire of an accord: its definition as data, and its life."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from questionari.definizione import Definizione
from questionari.lettura import leggi
from questionari.stati import VITA_QUESTIONARIO, StatoQuestionario


class Questionario(ConVita):
    """One version of the questionnaire of one accord. `impronta` is the SHA-256 of its canonical definition."""

    vita = VITA_QUESTIONARIO

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="questionari")
    versione = models.PositiveSmallIntegerField(default=1)
    titolo = models.CharField(max_length=300)
    definizione = models.JSONField()
    impronta = models.CharField(max_length=64)
    stato = models.CharField(max_length=20, choices=StatoQuestionario, default=StatoQuestionario.BOZZA)
    caricato_il = models.DateTimeField(default=orologio.adesso)

    class Meta:
        ordering = ("accordo", "-versione")
        verbose_name = "questionario"
        verbose_name_plural = "questionari"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "versione"], name="questionario_versione_unica"),
            models.CheckConstraint(
                name="questionario_stato_noto", condition=Q(stato__in=StatoQuestionario.values)
            ),
        )

    def __str__(self) -> str:
        return f"Questionario, versione {self.versione}"

    def get_absolute_url(self) -> str:
        """Where people find it."""
        return reverse("questionari:questionario", args=[self.accordo.slug])

    @property
    def struttura(self) -> Definizione:
        """The definition as dataclasses, read once per process."""
        return _lette(self.impronta, self.definizione)


_CACHE: dict[str, Definizione] = {}


def _lette(chiave: str, dati: Any) -> Definizione:
    """Read a stored definition, keeping the last few by fingerprint."""
    if chiave not in _CACHE:
        if len(_CACHE) >= 32:
            _CACHE.clear()
        _CACHE[chiave] = leggi(dati, in_costruzione=True)
    return _CACHE[chiave]
