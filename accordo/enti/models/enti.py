"""The bodies and the areas (ambiti) in which they work."""

from django.db import models
from django.db.models import F, Q

_PREFISSI = (
    "Prefettura - Ufficio territoriale del Governo di ",
    "Comune di ",
    "Unione dei Comuni della ",
    "Unione dei Comuni ",
    "Unione Comuni ",
)


class TipoEnte(models.TextChoices):
    """The kinds of the glossary; ALTRO is for those who take part without being one of the institutions."""

    PROVINCIA = "provincia", "Provincia"
    COMUNE = "comune", "Comune"
    COMUNITA_MONTANA = "comunita_montana", "Comunità montana"
    UNIONE_COMUNI = "unione_comuni", "Unione di comuni"
    PREFETTURA = "prefettura", "Prefettura"
    REGIONE = "regione", "Regione"
    ALTRO = "altro", "Altro soggetto"


class StatoEnte(models.TextChoices):
    """Whether a body still exists."""

    ATTIVO = "attivo", "Attivo"
    CESSATO = "cessato", "Cessato"


class Ambito(models.Model):
    """The table at which a body works ("I tempi e le fasi" of the source document): an area, or an institution."""

    codice = models.SlugField(max_length=40, unique=True)
    nome = models.CharField(max_length=120)
    ordine = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("ordine", "nome")
        verbose_name = "ambito"
        verbose_name_plural = "ambiti"

    def __str__(self) -> str:
        return self.nome


class Ente(models.Model):
    """A public body, or another subject that takes part.

    `unione` is the union that a Comune belongs to, which is not the same as its `ambito` (Pescaglia: area of the
    Piana, union of the Media Valle). `successore` is the body that followed one that has ceased.
    """

    codice = models.SlugField(max_length=80, unique=True)
    tipo = models.CharField(max_length=20, choices=TipoEnte)
    denominazione = models.CharField(max_length=200)
    codice_istat = models.CharField(max_length=6, blank=True)
    codice_catastale = models.CharField(max_length=4, blank=True)
    codice_ipa = models.CharField(max_length=20, blank=True)
    ambito = models.ForeignKey(Ambito, on_delete=models.PROTECT, related_name="enti")
    popolazione = models.PositiveIntegerField(null=True, blank=True)
    popolazione_anno = models.PositiveSmallIntegerField(null=True, blank=True)
    titolo_rappresentante = models.CharField(max_length=60, blank=True)
    stato = models.CharField(max_length=10, choices=StatoEnte, default=StatoEnte.ATTIVO)
    unione = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="comuni")
    successore = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessori"
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("denominazione",)
        verbose_name = "ente"
        verbose_name_plural = "enti"
        constraints = (
            models.CheckConstraint(
                name="ente_popolazione_con_anno",
                condition=Q(popolazione__isnull=True, popolazione_anno__isnull=True)
                | Q(popolazione__isnull=False, popolazione_anno__isnull=False),
            ),
            models.CheckConstraint(
                name="ente_successore_solo_se_cessato",
                condition=Q(successore__isnull=True) | Q(stato=StatoEnte.CESSATO),
            ),
            models.CheckConstraint(
                name="ente_diverso_da_unione_e_successore",
                condition=(Q(unione__isnull=True) | ~Q(unione=F("id")))
                & (Q(successore__isnull=True) | ~Q(successore=F("id"))),
            ),
            models.CheckConstraint(name="ente_tipo_noto", condition=Q(tipo__in=TipoEnte.values)),
        )

    def __str__(self) -> str:
        return self.denominazione

    @property
    def nome_breve(self) -> str:
        """The name as people say it in a list: "Barga", "Unione Garfagnana", "Prefettura di Lucca"."""
        for prefisso in _PREFISSI:
            if self.denominazione.startswith(prefisso):
                resto = self.denominazione.removeprefix(prefisso)
                if self.tipo == TipoEnte.UNIONE_COMUNI:
                    return f"Unione {resto}"
                return f"Prefettura di {resto}" if self.tipo == TipoEnte.PREFETTURA else resto
        return self.denominazione

    @property
    def con_articolo(self) -> str:
        """The name with its article, to open a sentence: "Il Comune di Barga", "L'Unione Comuni Garfagnana"."""
        if self.tipo == TipoEnte.UNIONE_COMUNI:
            return f"L'{self.denominazione}"
        if self.tipo == TipoEnte.COMUNE:
            return f"Il {self.denominazione}"
        if self.tipo == TipoEnte.ALTRO:
            return self.denominazione
        return f"La {self.denominazione}"
