"""The optional steps of the Prefettura before its decree or note (norme.md, R6)."""

from django.db import models
from django.db.models import Q

from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.carta import ConCarta
from accordo.base import orologio
from accordo.enti.models import Utente


class TipoPassaggio(models.TextChoices):
    """Which step."""

    COMITATO = "comitato", "Comitato provinciale per l'ordine e la sicurezza pubblica"
    MINISTERO = "ministero", "Assenso del Ministero dell'Interno"


def percorso_passaggio(passaggio: "Passaggio", nome: str) -> str:
    """Where its file is stored."""
    slug = passaggio.approvazione.accordo.slug
    return f"approvazione/{slug}/passaggi/{passaggio.file_sha256[:16]}.{passaggio.estensione}"


class Passaggio(ConCarta, models.Model):
    """A session heard, an assent received: day, reference, perhaps a file. A corrected one replaces the one before."""

    approvazione = models.ForeignKey(Approvazione, on_delete=models.PROTECT, related_name="passaggi")
    tipo = models.CharField(max_length=20, choices=TipoPassaggio)
    data = models.DateField()
    riferimento = models.CharField(max_length=120)
    nota = models.TextField(blank=True)
    file = models.FileField(upload_to=percorso_passaggio, max_length=200, blank=True)
    file_nome = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    registrato_il = models.DateTimeField(default=orologio.adesso)
    registrato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    sostituito_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("tipo", "-registrato_il", "-pk")
        verbose_name = "passaggio della Prefettura"
        verbose_name_plural = "passaggi della Prefettura"
        constraints = (
            models.UniqueConstraint(
                fields=["approvazione", "tipo"],
                condition=Q(sostituito_il__isnull=True),
                name="passaggio_uno_in_vigore",
            ),
            models.CheckConstraint(name="passaggio_tipo_noto", condition=Q(tipo__in=TipoPassaggio.values)),
        )

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}, {self.data:%d/%m/%Y}, {self.riferimento}"
