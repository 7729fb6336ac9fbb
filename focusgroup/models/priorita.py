"""How a meeting gives weight to the findings: each body distributes a few points."""

from django.db import models
from django.db.models import Q

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from accordo.rilievi.models import Rilievo
from focusgroup.models.riunione import Riunione
from focusgroup.stati_verbale import VITA_PRIORITA, StatoPriorita


class Priorita(ConVita):
    """The points of one meeting: how many each body has, whether they are still being given, what was agreed."""

    vita = VITA_PRIORITA

    riunione = models.OneToOneField(Riunione, on_delete=models.PROTECT, related_name="priorita")
    punti_per_ente = models.PositiveSmallIntegerField(default=5)
    stato = models.CharField(max_length=12, choices=StatoPriorita, default=StatoPriorita.APERTA)
    nota = models.TextField(blank=True)
    aperta_il = models.DateTimeField(default=orologio.adesso)
    concordata_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "punti di una riunione"
        verbose_name_plural = "punti delle riunioni"
        constraints = (
            models.CheckConstraint(name="priorita_stato_noto", condition=Q(stato__in=StatoPriorita.values)),
            models.CheckConstraint(name="priorita_almeno_un_punto", condition=Q(punti_per_ente__gte=1)),
        )

    def __str__(self) -> str:
        return f"Priorità: {self.riunione.titolo}"

    @property
    def accordo(self) -> Accordo:
        """The accord of the meeting."""
        return self.riunione.accordo


class PuntiEnte(models.Model):
    """How many points a body gives to a finding: its last word, with who wrote it."""

    priorita = models.ForeignKey(Priorita, on_delete=models.PROTECT, related_name="punti")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="+")
    rilievo = models.ForeignKey(Rilievo, on_delete=models.PROTECT, related_name="punti_enti")
    punti = models.PositiveSmallIntegerField()
    scritto_il = models.DateTimeField(default=orologio.adesso)
    scritto_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("priorita", "ente", "rilievo")
        verbose_name = "punti di un ente"
        verbose_name_plural = "punti degli enti"
        constraints = (
            models.UniqueConstraint(fields=["priorita", "ente", "rilievo"], name="punti_ente_una_volta"),
            models.CheckConstraint(name="punti_ente_almeno_uno", condition=Q(punti__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.ente.nome_breve}: {self.punti} al rilievo {self.rilievo_id}"
