"""Who signs an amendment with its proposer."""

from django.db import models
from django.db.models import Q

from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from bozze.models.emendamenti import Emendamento
from bozze.stati_firme import VITA_SOTTOSCRIZIONE, StatoSottoscrizione


class Sottoscrizione(ConVita):
    """Another body's signature under an amendment: asked for, given, taken back. One row per body and amendment.

    Asking for it, and calling that back, is not a step of the body that signs: its proposer does it (servizi.firme).
    """

    vita = VITA_SOTTOSCRIZIONE

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="+")
    emendamento = models.ForeignKey(Emendamento, on_delete=models.PROTECT, related_name="sottoscrizioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="sottoscrizioni")
    stato = models.CharField(
        max_length=20, choices=StatoSottoscrizione, default=StatoSottoscrizione.DA_FIRMARE
    )
    invitata_il = models.DateTimeField(null=True, blank=True)
    firmata_il = models.DateTimeField(null=True, blank=True)
    firmata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("firmata_il", "pk")
        verbose_name = "sottoscrizione"
        verbose_name_plural = "sottoscrizioni"
        constraints = (
            models.UniqueConstraint(fields=["emendamento", "ente"], name="sottoscrizione_una_per_ente"),
            models.CheckConstraint(
                name="sottoscrizione_firmata_quando_e_chi",
                condition=Q(
                    stato__in=("firmata", "propria"), firmata_il__isnull=False, firmata_da__isnull=False
                )
                | (
                    ~Q(stato__in=("firmata", "propria")) & Q(firmata_il__isnull=True, firmata_da__isnull=True)
                ),
            ),
        )

    def __str__(self) -> str:
        return f"firma di {self.ente.nome_breve} sull'{self.emendamento}"[:300]

    def get_absolute_url(self) -> str:
        """The amendment's page."""
        return self.emendamento.get_absolute_url()
