"""Remarks on the published text."""

from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from bozze.models.testo import Versione
from bozze.stati import VITA_OSSERVAZIONE, EsitoOsservazione, StatoOsservazione
from bozze.testo.citazioni import Brano, individua

_TINTE = {"bozza": "attesa", "presentata": "blu", "risposta": "ok"}


class Osservazione(ConVita):
    """What a body says of a disposition, or of some words in it. It keeps the text as it was when it was written."""

    vita = VITA_OSSERVAZIONE

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="osservazioni")
    versione = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="osservazioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="osservazioni")
    stato = models.CharField(max_length=20, choices=StatoOsservazione, default=StatoOsservazione.BOZZA)
    disposizione_id = models.CharField(max_length=64)
    dove = models.CharField(max_length=200)
    ordine = models.PositiveIntegerField()
    sezione_id = models.CharField(max_length=64)
    sezione_nome = models.CharField(max_length=80)
    sezione_ordine = models.PositiveIntegerField()
    citazione = models.TextField("parole a cui si riferisce", blank=True)
    citazione_inizio = models.PositiveIntegerField(null=True, blank=True)
    testo_com_era = models.TextField(blank=True)
    testo = models.TextField("osservazione")
    autore = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    creata_il = models.DateTimeField(default=orologio.adesso, editable=False)
    presentata_il = models.DateTimeField(null=True, blank=True)
    presentata_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    esito = models.CharField(max_length=20, choices=EsitoOsservazione, blank=True)
    risposta = models.TextField(blank=True)
    risposta_il = models.DateTimeField(null=True, blank=True)
    risposta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("ordine", "pk")
        verbose_name = "osservazione"
        verbose_name_plural = "osservazioni"
        constraints = (
            models.CheckConstraint(
                name="osservazione_presentata_quando_e_chi",
                condition=Q(stato__in=("bozza", "scartata"), presentata_il__isnull=True)
                | Q(
                    stato__in=("presentata", "risposta"),
                    presentata_il__isnull=False,
                    presentata_da__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="osservazione_con_risposta",
                condition=(
                    Q(stato="risposta", risposta_il__isnull=False, risposta_da__isnull=False)
                    & ~Q(risposta="")
                    & ~Q(esito="")
                )
                | (~Q(stato="risposta") & Q(risposta="", esito="", risposta_il__isnull=True)),
            ),
        )
        indexes = (
            models.Index(fields=["versione", "stato", "ordine"], name="osservazione_elenco"),
            models.Index(fields=["accordo", "disposizione_id"], name="osservazione_disposizione"),
        )

    def __str__(self) -> str:
        if self.stato in (StatoOsservazione.BOZZA, StatoOsservazione.SCARTATA):
            return f"osservazione in preparazione di {self.ente.nome_breve}"
        return f"osservazione di {self.ente.nome_breve} su {self.dove}"[:300]

    def get_absolute_url(self) -> str:
        """The remark's page."""
        return reverse("bozze:osservazione", args=[self.accordo.slug, self.pk])

    @property
    def tinta(self) -> str:
        """The ground of the state's badge."""
        return _TINTE.get(self.stato, "")

    @property
    def privata(self) -> bool:
        """Whether only its body sees it."""
        return self.stato in {"bozza", "scartata"}

    @property
    def brano(self) -> Brano | None:
        """Where the quoted words stood in the text as it was; None if the remark is on the whole disposition."""
        if not self.citazione:
            return None
        if self.citazione_inizio is None:
            return individua(self.testo_com_era, self.citazione)
        return Brano(self.citazione_inizio, self.citazione_inizio + len(self.citazione))


class Replica(models.Model):
    """What somebody adds under a remark, for their body or for who coordinates. Nobody changes it afterwards."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="+")
    osservazione = models.ForeignKey(Osservazione, on_delete=models.PROTECT, related_name="repliche")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="+")
    autore = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    testo = models.TextField("replica")
    scritta_il = models.DateTimeField(default=orologio.adesso, editable=False)

    class Meta:
        ordering = ("osservazione", "scritta_il", "pk")
        verbose_name = "replica"
        verbose_name_plural = "repliche"

    def __str__(self) -> str:
        return f"replica di {self.ente.nome_breve} su {self.osservazione.dove}"[:300]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            self._immutabile()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        self._immutabile()

    def _immutabile(self) -> NoReturn:
        raise ValidationError("Una replica non si modifica e non si cancella.")
