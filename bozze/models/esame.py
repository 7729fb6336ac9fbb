"""What the examination keeps beside the amendments: reformulations, carry-overs that wait, reasons, batches."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from bozze.models.emendamenti import Emendamento
from bozze.models.testo import Versione
from bozze.stati_esame import VITA_RIFORMULAZIONE, VITA_RIPORTO, StatoRiformulazione, StatoRiporto


class _DiUnEmendamento(models.Model):
    """What concerns one amendment, and asks something of its body by a day."""

    entro = models.DateField()
    aperto_il = models.DateTimeField(default=orologio.adesso)
    aperto_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    risposta = models.TextField(blank=True)
    risposta_il = models.DateTimeField(null=True, blank=True)
    risposta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    emendamento: "models.ForeignKey[Emendamento, Emendamento]"

    class Meta:
        abstract = True

    @property
    def accordo(self) -> Accordo:
        """The accord, in whose registro this life is written."""
        return self.emendamento.accordo

    @property
    def ente(self) -> Ente:
        """The body that proposed the amendment: its people answer."""
        return self.emendamento.ente

    @property
    def scaduto(self) -> bool:
        """Whether the day to answer has passed."""
        return self.entro < orologio.oggi()


class Riformulazione(_DiUnEmendamento, ConVita):
    """New words for an amendment, put by the coordinator to whoever proposed it. Only consent makes them its words."""

    vita = VITA_RIFORMULAZIONE

    emendamento = models.ForeignKey(Emendamento, on_delete=models.PROTECT, related_name="riformulazioni")
    versione = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="+")
    stato = models.CharField(max_length=20, choices=StatoRiformulazione, default=StatoRiformulazione.PROPOSTA)
    operazioni = models.JSONField()
    disposto = models.TextField()
    motivazione = models.TextField("perché")

    class Meta:
        ordering = ("emendamento", "-pk")
        verbose_name = "riformulazione"
        verbose_name_plural = "riformulazioni"
        constraints = (
            models.UniqueConstraint(
                fields=["emendamento"],
                condition=Q(stato="proposta"),
                name="riformulazione_una_alla_volta",
            ),
            models.CheckConstraint(
                name="riformulazione_con_risposta",
                condition=Q(stato="proposta", risposta_il__isnull=True, risposta_da__isnull=True, risposta="")
                | (~Q(stato="proposta") & Q(risposta_il__isnull=False, risposta_da__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=["stato", "entro"], name="riformulazione_aperte"),)

    def __str__(self) -> str:
        return f"riformulazione dell'{self.emendamento}"[:300]

    def get_absolute_url(self) -> str:
        """The page where the proposer answers."""
        return reverse("bozze:riformulazione", args=[self.accordo.slug, self.pk])

    @property
    def righe_disposto(self) -> list[str]:
        """The legal wording, a sentence for each operation."""
        return self.disposto.splitlines()


class Riporto(_DiUnEmendamento, ConVita):
    """An open amendment whose target changed in a new version: it waits for its proposer, then for the coordinator."""

    vita = VITA_RIPORTO

    emendamento = models.ForeignKey(Emendamento, on_delete=models.PROTECT, related_name="riporti")
    dalla = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="+")
    alla = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="+")
    stato = models.CharField(max_length=20, choices=StatoRiporto, default=StatoRiporto.IN_ATTESA)
    perche = models.TextField()

    class Meta:
        ordering = ("emendamento", "-pk")
        verbose_name = "riporto di un emendamento"
        verbose_name_plural = "riporti di emendamenti"
        constraints = (
            models.UniqueConstraint(
                fields=["emendamento"], condition=Q(stato="in_attesa"), name="riporto_uno_alla_volta"
            ),
            models.CheckConstraint(
                name="riporto_con_risposta",
                condition=Q(
                    stato="in_attesa", risposta_il__isnull=True, risposta_da__isnull=True, risposta=""
                )
                | (~Q(stato="in_attesa") & Q(risposta_il__isnull=False, risposta_da__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=["stato", "entro"], name="riporto_aperti"),)

    def __str__(self) -> str:
        if self.emendamento.privato:
            return f"proposta di {self.ente.nome_breve} da rivedere"
        return f"riporto dell'{self.emendamento}"[:300]

    def get_absolute_url(self) -> str:
        """The page with both texts in view."""
        return reverse("bozze:riporto", args=[self.accordo.slug, self.pk])


class MotivoEsito(models.Model):
    """A reason that can be used again for an outcome. Kept by itself each time one is written; managed on a page."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="motivi_esito")
    testo = models.TextField()
    usi = models.PositiveIntegerField(default=0)
    usato_il = models.DateTimeField(null=True, blank=True)
    in_uso = models.BooleanField(default=True)

    class Meta:
        ordering = ("accordo", "-usi", "-usato_il", "pk")
        verbose_name = "motivazione da riusare"
        verbose_name_plural = "motivazioni da riusare"

    def __str__(self) -> str:
        return self.testo[:80]


class DecisioneInsieme(models.Model):
    """A batch: one outcome and one reason for many amendments, written in one action, that can be undone in one."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="decisioni_insieme")
    versione = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="+")
    esito = models.CharField(max_length=20)
    motivazione = models.TextField()
    presa_il = models.DateTimeField(default=orologio.adesso)
    presa_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    fatte = models.JSONField()
    """[key of the amendment, its revision after the decision], in the order in which they were decided."""
    rifiutate = models.JSONField()
    """[number of the amendment, why it was not decided]."""
    annullata_il = models.DateTimeField(null=True, blank=True)
    annullata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("accordo", "-pk")
        verbose_name = "decisione su più emendamenti"
        verbose_name_plural = "decisioni su più emendamenti"

    def __str__(self) -> str:
        return f"decisione su {len(self.fatte)} emendamenti"

    def get_absolute_url(self) -> str:
        """The page of what was done and what was not."""
        return reverse("bozze:insieme_esito", args=[self.accordo.slug, self.pk])
