"""What a body proposes to change in another's amendment.

Its operations speak of the words that the amendment brings (bozze.testo.subemendamenti), which do not change once it is
presented.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from bozze.models.emendamenti import Emendamento
from bozze.stati_firme import (
    DECISI_SUB,
    PRIVATI_SUB,
    VITA_SUBEMENDAMENTO,
    StatoSubemendamento,
)

_TINTE = {
    StatoSubemendamento.ACCOLTO: "ok",
    StatoSubemendamento.RESPINTO: "no",
    StatoSubemendamento.PRESENTATO: "blu",
    StatoSubemendamento.BOZZA: "attesa",
}


class Subemendamento(ConVita):
    """A proposal to change the words of a presented amendment, or to oppose a part of it."""

    vita = VITA_SUBEMENDAMENTO

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="subemendamenti")
    emendamento = models.ForeignKey(Emendamento, on_delete=models.PROTECT, related_name="subemendamenti")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="subemendamenti")
    stato = models.CharField(max_length=20, choices=StatoSubemendamento, default=StatoSubemendamento.BOZZA)
    operazioni = models.JSONField()
    motivazione = models.TextField("perché")
    disposto = models.TextField()
    autore = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    creato_il = models.DateTimeField(default=orologio.adesso, editable=False)
    numero = models.PositiveIntegerField(null=True, blank=True)
    presentato_il = models.DateTimeField(null=True, blank=True)
    presentato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    motivazione_esito = models.TextField(blank=True)
    deciso_il = models.DateTimeField(null=True, blank=True)
    deciso_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ritirato_dal_proponente = models.BooleanField(default=False)
    segue_emendamento = models.BooleanField(default=False)
    """Precluded because the amendment fell: it comes back if the amendment does."""

    class Meta:
        ordering = ("emendamento", "numero", "pk")
        verbose_name = "subemendamento"
        verbose_name_plural = "subemendamenti"
        constraints = (
            models.UniqueConstraint(fields=["emendamento", "numero"], name="subemendamento_numero_unico"),
            models.CheckConstraint(
                name="subemendamento_numerato_se_presentato",
                condition=Q(stato__in=PRIVATI_SUB, numero__isnull=True, presentato_il__isnull=True)
                | (
                    ~Q(stato__in=PRIVATI_SUB)
                    & Q(numero__isnull=False, presentato_il__isnull=False, presentato_da__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="subemendamento_deciso_con_motivazione",
                condition=(
                    Q(stato__in=DECISI_SUB, deciso_il__isnull=False, deciso_da__isnull=False)
                    & ~Q(motivazione_esito="")
                )
                | (
                    ~Q(stato__in=DECISI_SUB)
                    & Q(deciso_il__isnull=True, deciso_da__isnull=True, motivazione_esito="")
                ),
            ),
        )
        indexes = (models.Index(fields=["accordo", "ente", "stato"], name="subemendamento_dell_ente"),)

    def __str__(self) -> str:
        if self.stato in PRIVATI_SUB:
            return f"subemendamento in preparazione di {self.ente.nome_breve}"
        return f"subemendamento {self.sigla} di {self.ente.nome_breve}"

    def get_absolute_url(self) -> str:
        """The sub-amendment's page."""
        return reverse("bozze:subemendamento", args=[self.accordo.slug, self.pk])

    @property
    def sigla(self) -> str:
        """The number it has for good: "5.3.1" is the first on amendment 5.3; a draft has none."""
        return f"{self.emendamento.sigla}.{self.numero}" if self.numero else "Proposta"

    @property
    def tinta(self) -> str:
        """The ground of the state's badge."""
        return _TINTE.get(StatoSubemendamento(self.stato), "neutro")

    @property
    def righe_disposto(self) -> list[str]:
        """The legal wording, a sentence for each operation."""
        return self.disposto.splitlines()

    @property
    def deciso(self) -> bool:
        """Whether it has an outcome."""
        return self.stato in DECISI_SUB

    @property
    def accolto(self) -> bool:
        """Whether it changes the amendment."""
        return self.stato == StatoSubemendamento.ACCOLTO
