"""How the bodies of an accord sign: one PDF in turn, or each its own copy."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accordo.base import orologio
from accordo.enti.models import Utente
from accordo.iter.models import Accordo


class ModoFirma(models.TextChoices):
    """The two ways."""

    PARALLELO = "parallelo", "Ogni ente firma la sua copia"
    TURNO = "turno", "Un solo PDF, a turno"


GIORNI_TURNO = 7


class RegolaFirme(models.Model):
    """The way chosen for an accord, before its phase 8. Without a row: in parallel, where nobody waits for anybody."""

    accordo = models.OneToOneField(Accordo, on_delete=models.PROTECT, related_name="regola_firme")
    modo = models.CharField(max_length=10, choices=ModoFirma, default=ModoFirma.PARALLELO)
    giorni_turno = models.PositiveSmallIntegerField(
        default=GIORNI_TURNO, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    scelta_il = models.DateTimeField(default=orologio.adesso)
    scelta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "regola delle firme"
        verbose_name_plural = "regole delle firme"
        constraints = (
            models.CheckConstraint(name="regola_modo_noto", condition=Q(modo__in=ModoFirma.values)),
            models.CheckConstraint(
                name="regola_giorni_da_1_a_60", condition=Q(giorni_turno__gte=1, giorni_turno__lte=60)
            ),
        )

    def __str__(self) -> str:
        return f"Firme: {self.get_modo_display()}"

    @property
    def a_turno(self) -> bool:
        """Whether one PDF goes round."""
        return self.modo == ModoFirma.TURNO
