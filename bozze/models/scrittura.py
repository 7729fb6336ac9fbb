"""How the draft came to be: every change with who made it and its inverse, what each disposition said, who is writing."""

from datetime import timedelta

from django.db import models

from accordo.base import orologio
from accordo.enti.models import Utente
from bozze.models.testo import Bozza
from bozze.testo.stesura import Passo

VIVA = timedelta(seconds=90)
"""How long after the last sign somebody counts as present."""


class Verbo(models.TextChoices):
    """What a person did to the draft; the label goes after their name."""

    SCRIVE = "scrive", "ha scritto"
    AGGIUNGE = "aggiunge", "ha aggiunto"
    TOGLIE = "toglie", "ha tolto"
    SPOSTA = "sposta", "ha spostato"
    PROMUOVE = "promuove", "ha promosso"
    RETROCEDE = "retrocede", "ha retrocesso"
    RIPRISTINA = "ripristina", "ha ripristinato"
    INTITOLA = "intitola", "ha cambiato il titolo"
    ALLEGA = "allega", "ha cambiato il documento"
    CITA = "cita", "ha cambiato gli obiettivi"
    COLLEGA = "collega", "ha cambiato i rilievi"
    UNISCE = "unisce", "ha unito"
    CARICA = "carica", "ha caricato un testo"


class Genere(models.TextChoices):
    """What happened to one disposition in a change."""

    SCRITTA = "scritta", "Scritta"
    AGGIUNTA = "aggiunta", "Aggiunta"
    TOLTA = "tolta", "Tolta"
    SPOSTATA = "spostata", "Spostata"
    ALLEGATA = "allegata", "Documento cambiato"
    CITATA = "citata", "Obiettivi cambiati"
    COLLEGATA = "collegata", "Rilievi cambiati"
    RINVIO = "rinvio", "Rinvio aggiornato"


SENZA_PAROLE = frozenset({Genere.ALLEGATA, Genere.CITATA, Genere.COLLEGATA})
"""What changes something else than the words: the trace says it, and there is no wording to take again."""


class Modifica(models.Model):
    """One change of the draft, by one person, that can be taken back.

    `numero` is the draft's count when it was made, or last gone on with: whoever types without leaving a disposition makes
    one change. `annulla` is the change that this one takes back.
    """

    bozza = models.ForeignKey(Bozza, on_delete=models.CASCADE, related_name="modifiche")
    numero = models.PositiveIntegerField()
    verbo = models.CharField(max_length=20, choices=Verbo)
    chi = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="+")
    quando = models.DateTimeField(default=orologio.adesso)
    passo = models.JSONField()
    annulla = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="ritiri"
    )

    class Meta:
        ordering = ("bozza", "-numero")
        verbose_name = "modifica della bozza"
        verbose_name_plural = "modifiche della bozza"
        constraints = (models.UniqueConstraint(fields=["bozza", "numero"], name="modifica_numero_unico"),)

    def __str__(self) -> str:
        return f"{self.chi or 'Il portale'} {self.get_verbo_display()}"

    @property
    def il_passo(self) -> Passo:
        """The step, with its inverse in it."""
        return Passo.da_dati(self.passo)


class Traccia(models.Model):
    """What a change left on one disposition: what it said before and after, and how it was called then."""

    modifica = models.ForeignKey(Modifica, on_delete=models.CASCADE, related_name="tracce")
    disposizione = models.UUIDField(db_index=True)
    genere = models.CharField(max_length=20, choices=Genere)
    nome = models.CharField(max_length=300)
    testo_prima = models.TextField(blank=True)
    testo_dopo = models.TextField(blank=True)
    rubrica_prima = models.CharField(max_length=500, blank=True)
    rubrica_dopo = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("modifica", "pk")
        verbose_name = "traccia di una modifica"
        verbose_name_plural = "tracce delle modifiche"

    def __str__(self) -> str:
        return f"{self.nome}: {self.get_genere_display()}"


class PresenzaBozza(models.Model):
    """Where a drafter was last seen. One row each, renewed now and then; not a history."""

    bozza = models.ForeignKey(Bozza, on_delete=models.CASCADE, related_name="presenze")
    utente = models.ForeignKey(Utente, on_delete=models.CASCADE, related_name="+")
    disposizione = models.UUIDField(null=True, blank=True)
    quando = models.DateTimeField()

    class Meta:
        ordering = ("bozza", "-quando")
        verbose_name = "presenza nella bozza"
        verbose_name_plural = "presenze nella bozza"
        constraints = (
            models.UniqueConstraint(fields=["bozza", "utente"], name="presenza_bozza_una_per_persona"),
        )

    def __str__(self) -> str:
        return str(self.utente)
