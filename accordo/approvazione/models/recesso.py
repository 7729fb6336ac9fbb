"""The act with which a body withdraws from a signed accord."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q

from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.carta import ConCarta
from accordo.approvazione.models.pervenuto import PROTOCOLLO_E_DATA, Pervenuto
from accordo.approvazione.stati import TipoAtto
from accordo.base import orologio
from accordo.enti.models import Utente


def percorso_recesso(recesso: "Recesso", nome: str) -> str:
    """Where the act's file is stored."""
    return f"approvazione/{recesso.approvazione.accordo.slug}/recessi/{recesso.file_sha256[:16]}.{recesso.estensione}"


class Recesso(ConCarta, Pervenuto):
    """Written once. The signature and the act of approval stay as they were."""

    approvazione = models.OneToOneField(Approvazione, on_delete=models.PROTECT, related_name="recesso")
    organo = models.CharField(max_length=120)
    tipo = models.CharField(max_length=20, choices=TipoAtto)
    numero = models.CharField(max_length=40)
    data = models.DateField()
    effetto_dal = models.DateField()
    motivi = models.TextField()
    file = models.FileField(upload_to=percorso_recesso, max_length=200)
    file_nome = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    registrato_il = models.DateTimeField(default=orologio.adesso)
    registrato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("data",)
        verbose_name = "recesso"
        verbose_name_plural = "recessi"
        constraints = (
            PROTOCOLLO_E_DATA,
            models.CheckConstraint(name="recesso_tipo_noto", condition=Q(tipo__in=TipoAtto.values)),
            models.CheckConstraint(
                name="recesso_effetto_dopo_l_atto", condition=Q(effetto_dal__gte=F("data"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} n. {self.numero} del {self.data:%d/%m/%Y}"

    @property
    def ha_effetto(self) -> bool:
        """Whether the body is out today."""
        return self.effetto_dal <= orologio.oggi()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise TypeError("Un recesso non si modifica.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("Un recesso non si cancella.")
