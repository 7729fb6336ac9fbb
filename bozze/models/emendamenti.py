"""A body's part in phase 6, and the amendments.

An amendment holds explicit operations on one published version (bozze.testo.operazioni). What is derived from them and
from that version, neither of which changes once it is presented, is written beside them so that lists can filter.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from bozze.models.testo import Versione
from bozze.stati import (
    ACCOLTI,
    APERTI,
    DECISI,
    PRIVATI,
    VITA_CONTRIBUTO,
    VITA_EMENDAMENTO,
    StatoContributo,
    StatoEmendamento,
    TipoEmendamento,
)

if TYPE_CHECKING:
    from bozze.incontri import Tavolo

_TINTE = {
    StatoEmendamento.ACCOLTO: "ok",
    StatoEmendamento.RIFORMULATO: "ok",
    StatoEmendamento.RESPINTO: "no",
    StatoEmendamento.PRESENTATO: "blu",
    StatoEmendamento.ACCANTONATO: "attesa",
    StatoEmendamento.BOZZA: "attesa",
}


class Contributo(ConVita):
    """Whether a body has said all that it has to say on the draft. One row per body, made when phase 6 begins."""

    vita = VITA_CONTRIBUTO

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="contributi")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="contributi")
    stato = models.CharField(max_length=20, choices=StatoContributo, default=StatoContributo.DA_FARE)
    confermato_il = models.DateTimeField(null=True, blank=True)
    confermato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    senza_proposte = models.BooleanField(default=False)

    class Meta:
        ordering = ("accordo", "ente")
        verbose_name = "osservazioni dell'ente"
        verbose_name_plural = "osservazioni degli enti"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "ente"], name="contributo_uno_per_ente"),
            models.CheckConstraint(
                name="contributo_confermato_quando_e_chi",
                condition=Q(stato="confermato", confermato_il__isnull=False, confermato_da__isnull=False)
                | (~Q(stato="confermato") & Q(confermato_il__isnull=True, confermato_da__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"Osservazioni: {self.ente.nome_breve}"

    def get_absolute_url(self) -> str:
        """The page where the body prepares and confirms."""
        return reverse("bozze:contributo", args=[self.accordo.slug])


class Emendamento(ConVita):
    """A body's proposal to change the published version, and what became of it."""

    vita = VITA_EMENDAMENTO
    tavolo: "Tavolo | None" = None
    """All the amendments in examination, for whoever decides many in memory (bozze.incontri); not stored."""

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="emendamenti")
    versione = models.ForeignKey(Versione, on_delete=models.PROTECT, related_name="emendamenti")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="emendamenti")
    stato = models.CharField(max_length=20, choices=StatoEmendamento, default=StatoEmendamento.BOZZA)
    operazioni = models.JSONField()
    motivazione = models.TextField("perché")
    autore = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    creato_il = models.DateTimeField(default=orologio.adesso, editable=False)

    disposizione_id = models.CharField(max_length=64)
    dove = models.CharField(max_length=200)
    ordine = models.PositiveIntegerField()
    sezione_id = models.CharField(max_length=64)
    sezione_nome = models.CharField(max_length=80)
    sezione_ordine = models.PositiveIntegerField()
    tipo = models.CharField(max_length=20, choices=TipoEmendamento)
    ordine_tipo = models.PositiveSmallIntegerField(default=0)
    distanza = models.PositiveSmallIntegerField(default=0)
    disposto = models.TextField()
    sintesi = models.CharField(max_length=300)

    prefisso = models.CharField(max_length=20)
    numero = models.PositiveIntegerField(null=True, blank=True)
    presentato_il = models.DateTimeField(null=True, blank=True)
    presentato_da = models.ForeignKey(
        Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    motivazione_esito = models.TextField(blank=True)
    deciso_il = models.DateTimeField(null=True, blank=True)
    deciso_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ritirato_dal_proponente = models.BooleanField(default=False)
    riformulazione = models.JSONField(null=True, blank=True)
    disposto_riformulato = models.TextField(blank=True)
    emendate = models.JSONField(null=True, blank=True)
    """The operations as the accepted sub-amendments have made them; None if none is accepted."""
    disposto_emendato = models.TextField(blank=True)
    proponente_originario = models.ForeignKey(
        Ente, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who had presented it, where another body has made it its own."""
    a_causa_di = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="conseguenze"
    )
    perche_accantonato = models.TextField(blank=True)

    class Meta:
        ordering = ("sezione_ordine", "numero", "pk")
        verbose_name = "emendamento"
        verbose_name_plural = "emendamenti"
        constraints = (
            models.UniqueConstraint(fields=["accordo", "prefisso", "numero"], name="emendamento_sigla_unica"),
            models.CheckConstraint(
                name="emendamento_numerato_se_presentato",
                condition=Q(stato__in=PRIVATI, numero__isnull=True, presentato_il__isnull=True)
                | (
                    ~Q(stato__in=PRIVATI)
                    & Q(numero__isnull=False, presentato_il__isnull=False, presentato_da__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="emendamento_deciso_con_motivazione",
                condition=(
                    Q(stato__in=DECISI, deciso_il__isnull=False, deciso_da__isnull=False)
                    & ~Q(motivazione_esito="")
                )
                | (
                    ~Q(stato__in=DECISI)
                    & Q(deciso_il__isnull=True, deciso_da__isnull=True, motivazione_esito="")
                ),
            ),
            models.CheckConstraint(
                name="emendamento_riformulato_con_parole",
                condition=Q(stato="riformulato", riformulazione__isnull=False)
                | (~Q(stato="riformulato") & Q(riformulazione__isnull=True)),
            ),
            models.CheckConstraint(
                name="emendamento_causa_solo_se_ne_dipende",
                condition=Q(a_causa_di__isnull=True) | Q(stato__in=("precluso", "assorbito", "accantonato")),
            ),
            models.CheckConstraint(
                name="emendamento_accantonato_con_causa",
                condition=(Q(stato="accantonato", a_causa_di__isnull=False) & ~Q(perche_accantonato=""))
                | (~Q(stato="accantonato") & Q(perche_accantonato="")),
            ),
            models.CheckConstraint(
                name="emendamento_ritirato_dal_proponente",
                condition=Q(ritirato_dal_proponente=False) | Q(stato="ritirato"),
            ),
        )
        indexes = (
            models.Index(fields=["versione", "stato", "sezione_ordine", "numero"], name="emendamento_elenco"),
            models.Index(fields=["accordo", "ente", "stato"], name="emendamento_dell_ente"),
        )

    def __str__(self) -> str:
        # The registro keeps this name, and who leads reads it: what is not presented is its body's own business.
        if self.stato in (StatoEmendamento.BOZZA, StatoEmendamento.SCARTATO):
            return f"emendamento in preparazione di {self.ente.nome_breve}"
        return f"{self.nome} di {self.ente.nome_breve}: {self.sintesi}"[:300]

    def get_absolute_url(self) -> str:
        """The amendment's page."""
        return reverse("bozze:emendamento", args=[self.accordo.slug, self.pk])

    @property
    def sigla(self) -> str:
        """The number it has for good: "5.3" is the third on article 5; a draft has none."""
        return f"{self.prefisso}.{self.numero}".replace("..", ".") if self.numero else "Proposta"

    @property
    def nome(self) -> str:
        """ "emendamento 5.3", or where the draft stands."""
        return f"emendamento {self.sigla}" if self.numero else f"proposta di emendamento, {self.dove}"

    @property
    def tinta(self) -> str:
        """The ground of the state's badge."""
        return _TINTE.get(StatoEmendamento(self.stato), "")

    @property
    def tipo_singolare(self) -> str:
        """ "Soppressivo"."""
        return str(self.tipo).capitalize()

    @property
    def righe_disposto(self) -> list[str]:
        """The legal wording, a sentence for each operation."""
        return self.disposto.splitlines()

    @property
    def righe_riformulazione(self) -> list[str]:
        """The legal wording as reformulated."""
        return self.disposto_riformulato.splitlines()

    @property
    def privato(self) -> bool:
        """Whether only its body sees it."""
        return self.stato in PRIVATI

    @property
    def deciso(self) -> bool:
        """Whether it has an outcome."""
        return self.stato in DECISI

    @property
    def aperto(self) -> bool:
        """Whether it is presented and has no outcome: to be decided, or parked."""
        return self.stato in APERTI

    @property
    def accolto(self) -> bool:
        """Whether it changes the text."""
        return self.stato in ACCOLTI

    @property
    def righe_emendato(self) -> list[str]:
        """The legal wording as the accepted sub-amendments have made it."""
        return self.disposto_emendato.splitlines()

    @property
    def dati_proposti(self) -> list[dict[str, Any]]:
        """The operations that are examined: as presented, with what the accepted sub-amendments change."""
        dati: list[dict[str, Any]] = self.emendate if self.emendate is not None else self.operazioni
        return dati

    @property
    def dati_efficaci(self) -> list[dict[str, Any]]:
        """The operations that count: those of the reformulation, where there is one."""
        dati: list[dict[str, Any]] = (
            self.riformulazione if self.riformulazione is not None else self.dati_proposti
        )
        return dati
