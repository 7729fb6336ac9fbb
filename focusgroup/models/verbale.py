"""The agenda of a meeting, with what was said and written of each item, and the minutes that come of it."""

from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from accordo.rilievi.models import Rilievo
from focusgroup.models.convocazione import Convocazione, Titolo
from focusgroup.models.riunione import Riunione
from focusgroup.stati_verbale import VITA_CORREZIONE, StatoCorrezione

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Punto(models.Model):
    """An item of the agenda, with its minutes. `revisione` keeps two writers from overwriting each other."""

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="punti")
    ordine = models.PositiveSmallIntegerField()
    titolo = models.CharField(max_length=200)
    nota = models.TextField(blank=True, help_text="Di che cosa si parla, per il fascicolo.")
    rilievi = models.ManyToManyField(Rilievo, blank=True, related_name="punti")
    verbale = models.TextField(blank=True)
    revisione = models.PositiveIntegerField(default=0, editable=False)
    modificato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    modificato_il = models.DateTimeField(null=True, blank=True)
    mano = models.CharField(
        max_length=32, blank=True, editable=False, help_text="La pagina da cui è venuto l'ultimo testo."
    )

    if TYPE_CHECKING:
        interventi: RelatedManager["Intervento"]
        revisioni: RelatedManager["RevisionePunto"]

    class Meta:
        ordering = ("riunione", "ordine")
        verbose_name = "punto all'ordine del giorno"
        verbose_name_plural = "punti all'ordine del giorno"
        constraints = (models.UniqueConstraint(fields=["riunione", "ordine"], name="punto_ordine_unico"),)

    def __str__(self) -> str:
        return f"{self.ordine}. {self.titolo}"


class RevisionePunto(models.Model):
    """What an item's minutes said once. Somebody who goes on writing within minutes goes on with one revision."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="revisioni")
    numero = models.PositiveIntegerField()
    testo = models.TextField(blank=True)
    da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    cominciata_il = models.DateTimeField(default=orologio.adesso)
    quando = models.DateTimeField(default=orologio.adesso)

    class Meta:
        ordering = ("punto", "numero")
        verbose_name = "revisione di un punto"
        verbose_name_plural = "revisioni dei punti"
        constraints = (models.UniqueConstraint(fields=["punto", "numero"], name="revisione_punto_unica"),)

    def __str__(self) -> str:
        return f"Punto {self.punto_id}, revisione {self.numero}"


class Presenza(models.Model):
    """Who came for a body, as what, when they came and went, and whether the minutes may name them (norme.md, R20)."""

    convocazione = models.OneToOneField(Convocazione, on_delete=models.PROTECT, related_name="presenza")
    nome = models.CharField(max_length=160)
    qualifica = models.CharField(max_length=120, blank=True)
    titolo = models.CharField(max_length=20, choices=Titolo, blank=True)
    consenso = models.BooleanField(default=False)
    arrivo = models.DateTimeField(null=True, blank=True)
    uscita = models.DateTimeField(null=True, blank=True)
    registrata_il = models.DateTimeField(default=orologio.adesso)
    registrata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("convocazione",)
        verbose_name = "presenza"
        verbose_name_plural = "presenze"
        constraints = (
            models.CheckConstraint(
                name="presenza_esce_chi_e_arrivato",
                condition=Q(uscita__isnull=True) | Q(arrivo__isnull=False, uscita__gte=models.F("arrivo")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.nome}, {self.convocazione.ente.nome_breve}"

    @property
    def in_sala(self) -> bool:
        """Whether they have come, and not gone yet."""
        return self.arrivo is not None and self.uscita is None


class Intervento(models.Model):
    """What somebody said on an item. Their name is shown only while they consent."""

    punto = models.ForeignKey(Punto, on_delete=models.PROTECT, related_name="interventi")
    presenza = models.ForeignKey(
        Presenza, on_delete=models.PROTECT, null=True, blank=True, related_name="interventi"
    )
    testo = models.TextField()
    scritto_il = models.DateTimeField(default=orologio.adesso)
    scritto_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    tolto_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("punto", "pk")
        verbose_name = "intervento"
        verbose_name_plural = "interventi"

    def __str__(self) -> str:
        return f"{self.chi}: {self.testo[:60]}"

    @property
    def chi(self) -> str:
        """Who spoke, as far as it may be said."""
        if self.presenza is None or not self.presenza.consenso:
            return "Un partecipante"
        ente = self.presenza.convocazione.ente.nome_breve
        qualifica = f", {self.presenza.qualifica}" if self.presenza.qualifica else ""
        return f"{self.presenza.nome}{qualifica} ({ente})"


class VersioneVerbale(models.Model):
    """The minutes as they were sent to be read, or approved: whole, numbered, with their SHA-256. Never changed."""

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="versioni")
    numero = models.PositiveSmallIntegerField()
    approvata = models.BooleanField(default=False)
    contenuto = models.JSONField()
    impronta = models.CharField(max_length=64)
    quando = models.DateTimeField(default=orologio.adesso)
    da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("riunione", "numero")
        verbose_name = "versione del verbale"
        verbose_name_plural = "versioni del verbale"
        constraints = (
            models.UniqueConstraint(fields=["riunione", "numero"], name="versione_verbale_numero_unico"),
            models.UniqueConstraint(
                fields=["riunione"], condition=Q(approvata=True), name="versione_verbale_una_approvata"
            ),
        )

    def __str__(self) -> str:
        return "Verbale approvato" if self.approvata else f"Verbale in lettura, versione {self.numero}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            self._immutabile()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Never."""
        self._immutabile()

    def _immutabile(self) -> NoReturn:
        raise ValidationError("Una versione del verbale non si modifica e non si cancella.")


class Correzione(ConVita):
    """What a body that was there asks to be changed in the minutes while they are read, and the answer it got."""

    vita = VITA_CORREZIONE

    punto = models.ForeignKey(Punto, on_delete=models.PROTECT, related_name="correzioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="correzioni")
    testo = models.TextField()
    stato = models.CharField(max_length=12, choices=StatoCorrezione, default=StatoCorrezione.CHIESTA)
    risposta = models.TextField(blank=True)
    chiesta_il = models.DateTimeField(default=orologio.adesso)
    chiesta_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    decisa_il = models.DateTimeField(null=True, blank=True)
    decisa_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("punto", "pk")
        verbose_name = "correzione al verbale"
        verbose_name_plural = "correzioni al verbale"
        constraints = (
            models.CheckConstraint(
                name="correzione_stato_noto", condition=Q(stato__in=StatoCorrezione.values)
            ),
            models.CheckConstraint(
                name="correzione_decisa_quando_e_chi",
                condition=Q(decisa_il__isnull=True, decisa_da__isnull=True)
                | Q(decisa_il__isnull=False, decisa_da__isnull=False),
            ),
            models.CheckConstraint(
                name="correzione_respinta_con_risposta",
                condition=~Q(stato=StatoCorrezione.NON_ACCOLTA) | ~Q(risposta=""),
            ),
        )

    def __str__(self) -> str:
        return f"Correzione di {self.ente.nome_breve} al punto {self.punto.ordine}"

    @property
    def accordo(self) -> Accordo:
        """The accord of the meeting."""
        return self.punto.riunione.accordo

    def get_absolute_url(self) -> str:
        """Where it stands among the others."""
        riunione = self.punto.riunione
        indirizzo = reverse("focusgroup:correzioni", args=[riunione.accordo.slug, riunione.pk])
        return f"{indirizzo}#correzione-{self.pk}"


class GenereAllegato(models.TextChoices):
    """What a file of a meeting is."""

    FOGLIO_FIRME = "foglio_firme", "Foglio delle presenze firmato"
    DOCUMENTO = "documento", "Documento allegato al verbale"


class AllegatoRiunione(models.Model):
    """A file of a meeting: the signed sheet, or what is attached to the minutes. Taken away, it stays stored."""

    riunione = models.ForeignKey(Riunione, on_delete=models.PROTECT, related_name="allegati")
    genere = models.CharField(max_length=15, choices=GenereAllegato, default=GenereAllegato.DOCUMENTO)
    titolo = models.CharField(max_length=200)
    file = models.FileField(upload_to="riunioni/")
    nome = models.CharField(max_length=200)
    impronta = models.CharField(max_length=64)
    dimensione = models.PositiveIntegerField()
    caricato_il = models.DateTimeField(default=orologio.adesso)
    caricato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    rimosso_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("riunione", "pk")
        verbose_name = "allegato di una riunione"
        verbose_name_plural = "allegati delle riunioni"

    def __str__(self) -> str:
        return self.titolo
