"""Answers that came on paper or by certified mail, and were typed in by who coordinates."""

from django.db import models
from django.db.models import F, Q

from accordo.base import orologio
from accordo.enti.models import Utente
from questionari.models.compilazione import Compilazione
from questionari.models.invio import Invio


class Origine(models.TextChoices):
    """How the answers arrived."""

    CARTA = "carta", "Su carta"
    PEC = "pec", "Per PEC"


class Trascrizione(models.Model):
    """What arrived, who signed it, why it was typed in. At most one at a time is under way for a body.

    It ends in a sending, or is left: given up by who coordinates, or taken over by the body.
    """

    compilazione = models.ForeignKey(Compilazione, on_delete=models.PROTECT, related_name="trascrizioni")
    origine = models.CharField(max_length=10, choices=Origine)
    protocollo = models.CharField(max_length=60, blank=True)
    arrivata_il = models.DateField()
    firmata_da = models.CharField(max_length=200)
    in_qualita_di = models.CharField(max_length=60)
    motivo = models.TextField()
    file = models.FileField(upload_to="trascrizioni/")
    nome = models.CharField(max_length=200)
    impronta = models.CharField(max_length=64)
    cominciata_il = models.DateTimeField(default=orologio.adesso)
    cominciata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    lasciata_il = models.DateTimeField(null=True, blank=True)
    invio = models.OneToOneField(
        Invio, on_delete=models.PROTECT, null=True, blank=True, related_name="trascrizione"
    )

    class Meta:
        ordering = ("compilazione", "-cominciata_il", "-pk")
        verbose_name = "trascrizione"
        verbose_name_plural = "trascrizioni"
        constraints = (
            models.UniqueConstraint(
                fields=["compilazione"],
                condition=Q(lasciata_il__isnull=True, invio__isnull=True),
                name="trascrizione_una_in_corso",
            ),
            models.CheckConstraint(
                name="trascrizione_pec_con_protocollo",
                condition=~Q(origine=Origine.PEC) | ~Q(protocollo=""),
            ),
            models.CheckConstraint(
                name="trascrizione_con_chi_firma_e_perche", condition=~Q(firmata_da="") & ~Q(motivo="")
            ),
            models.CheckConstraint(
                name="trascrizione_lasciata_o_inviata",
                condition=Q(lasciata_il__isnull=True)
                | Q(invio__isnull=True) & Q(lasciata_il__gte=F("cominciata_il")),
            ),
        )

    def __str__(self) -> str:
        return f"documento arrivato {self.arrivo}, firmato da {self.firmata_da}"

    @property
    def arrivo(self) -> str:
        """ "per PEC, protocollo 123 del 04/03/2026" or "su carta, il 04/03/2026"."""
        modo = {Origine.CARTA: "su carta", Origine.PEC: "per PEC"}[Origine(self.origine)]
        giorno = f"{self.arrivata_il:%d/%m/%Y}"
        if self.protocollo:
            return f"{modo}, protocollo {self.protocollo} del {giorno}"
        return f"{modo}, il {giorno}"
