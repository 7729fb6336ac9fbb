"""What a body and who leads the accord write to each other about the text."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.carta import ConCarta
from accordo.approvazione.models.pervenuto import PROTOCOLLO_E_DATA, Pervenuto
from accordo.base import orologio
from accordo.enti.models import Utente


class TipoComunicazione(models.TextChoices):
    """What it says."""

    RINVIO = "rinvio", "Rinvio con osservazioni"
    NON_APPROVAZIONE = "non_approvazione", "Mancata approvazione"
    RISPOSTA = "risposta", "Risposta di chi coordina"
    SENZA = "senza", "Decisione di proseguire senza l'ente"


def percorso_comunicazione(comunicazione: "Comunicazione", nome: str) -> str:
    """Where its file is stored."""
    slug = comunicazione.approvazione.accordo.slug
    return f"approvazione/{slug}/lettere/{comunicazione.file_sha256[:16]}.{comunicazione.estensione}"


class Comunicazione(ConCarta, Pervenuto):
    """Written once; a trigger of the database refuses changes."""

    approvazione = models.ForeignKey(Approvazione, on_delete=models.PROTECT, related_name="comunicazioni")
    tipo = models.CharField(max_length=20, choices=TipoComunicazione)
    testo = models.TextField()
    file = models.FileField(upload_to=percorso_comunicazione, max_length=200, blank=True)
    file_nome = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    quando = models.DateTimeField(default=orologio.adesso)
    scritta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("quando", "pk")
        verbose_name = "comunicazione"
        verbose_name_plural = "comunicazioni"
        constraints = (
            PROTOCOLLO_E_DATA,
            models.CheckConstraint(
                name="comunicazione_tipo_noto", condition=Q(tipo__in=TipoComunicazione.values)
            ),
            models.CheckConstraint(
                name="comunicazione_per_pec_con_documento",
                condition=Q(pec_protocollo="") | (~Q(file="") & ~Q(file_sha256="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.approvazione.ente.nome_breve}"

    @property
    def di_chi_coordina(self) -> bool:
        """Whether it goes from the coordinator to the body."""
        return self.tipo in (TipoComunicazione.RISPOSTA, TipoComunicazione.SENZA)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise TypeError("Una comunicazione non si modifica.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("Una comunicazione non si cancella.")
