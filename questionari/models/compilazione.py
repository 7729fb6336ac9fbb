"""A body's answer to the questionnaire: its fields with their history, and its files."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accordo.base import orologio
from accordo.enti.models import Ente, Utente
from accordo.iter import fasi
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita
from questionari import visibilita
from questionari.definizione import Valore
from questionari.models.questionario import Questionario
from questionari.stati import FASE, VITA_COMPILAZIONE, StatoCompilazione

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from questionari.models.invio import Invio
    from questionari.models.lavoro import Affidamento, Presenza
    from questionari.models.trascrizione import Trascrizione


class Compilazione(ConVita):
    """One body's answer, from its first field to the receipt."""

    vita = VITA_COMPILAZIONE

    questionario = models.ForeignKey(Questionario, on_delete=models.PROTECT, related_name="compilazioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="compilazioni")
    stato = models.CharField(max_length=20, choices=StatoCompilazione, default=StatoCompilazione.DA_INIZIARE)
    nota = models.TextField(blank=True, help_text="Perché è stata rimandata o riaperta, l'ultima volta.")
    da_rivedere = models.JSONField(
        default=list,
        blank=True,
        help_text="Le domande nuove o cambiate da una versione corretta, a cui rispondere prima di inviare di nuovo.",
    )
    iniziata_il = models.DateTimeField(null=True, blank=True)
    iniziata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ultima_attivita = models.DateTimeField(null=True, blank=True)
    inviata_il = models.DateTimeField(null=True, blank=True)
    sollecitata_il = models.DateTimeField(null=True, blank=True)
    solleciti = models.PositiveSmallIntegerField(default=0)

    if TYPE_CHECKING:
        risposte: RelatedManager["Risposta"]
        invii: RelatedManager["Invio"]
        affidamenti: RelatedManager["Affidamento"]
        presenze: RelatedManager["Presenza"]
        trascrizioni: RelatedManager["Trascrizione"]

    in_scrittura: ClassVar[bool] = False
    """Set on an object whose row is locked and whose writer and deadline were checked (servizi.in_scrittura)."""

    class Meta:
        ordering = ("questionario", "ente")
        verbose_name = "risposta al questionario"
        verbose_name_plural = "risposte al questionario"
        constraints = (
            models.UniqueConstraint(fields=["questionario", "ente"], name="compilazione_una_per_ente"),
            models.CheckConstraint(
                name="compilazione_stato_noto", condition=Q(stato__in=StatoCompilazione.values)
            ),
            models.CheckConstraint(
                name="compilazione_inviata_con_data",
                condition=~Q(stato=StatoCompilazione.INVIATA) | Q(inviata_il__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Questionario: {self.ente.nome_breve}"

    @property
    def accordo(self) -> Accordo:
        """The accord of the questionnaire."""
        return self.questionario.accordo

    def get_absolute_url(self) -> str:
        """Where the body finds it."""
        return reverse("questionari:questionario", args=[self.accordo.slug])

    def url_domanda(self, codice: str) -> str:
        """Where one question is answered."""
        sezione = self.questionario.struttura.sezione_di[codice]
        return reverse("questionari:sezione", args=[self.accordo.slug, sezione.codice]) + f"#q-{codice}"

    def domande_di(self, sezione: str) -> list[str]:
        """The codes of a section's questions."""
        struttura = self.questionario.struttura
        return [d.codice for s in struttura.sezioni if s.codice == sezione for d in s.domande]

    def titolo_sezione(self, codice: str) -> str:
        """The words of a section."""
        return next((s.titolo for s in self.questionario.struttura.sezioni if s.codice == codice), codice)

    @cached_property
    def termine(self) -> date | None:
        """The last day for answering; no query where `interrogazioni.con_scadenza` has brought it."""
        if "scadenza_fase" in self.__dict__:
            scadenza: date | None = self.__dict__["scadenza_fase"]
            return scadenza
        return fasi.scadenza(self.accordo, FASE)

    @property
    def si_compila(self) -> bool:
        """Whether fields can be written in this state."""
        return self.stato in (StatoCompilazione.DA_INIZIARE, StatoCompilazione.IN_COMPILAZIONE)

    @property
    def risposte_proprie(self) -> int:
        """How many answers the body has given by itself on the portal, not counting those typed in from paper."""
        return self.risposte.filter(valore__isnull=False, trascritta=False).count()

    @property
    def trascrizione(self) -> "Trascrizione | None":
        """The document that is being typed in now, if there is one."""
        return self.trascrizioni.filter(lasciata_il=None, invio=None).select_related("cominciata_da").first()

    @cached_property
    def per_domanda(self) -> dict[str, "Risposta"]:
        """The answers by question code, with who wrote them (one query, kept)."""
        return {
            risposta.domanda: risposta for risposta in self.risposte.select_related("chi").order_by("domanda")
        }

    @property
    def valori(self) -> dict[str, Valore]:
        """The values by question code."""
        return {codice: risposta.valore for codice, risposta in self.per_domanda.items()}

    @property
    def da_mostrare(self) -> frozenset[str]:
        """What a correction asks anew, with what depends on it; nothing if no correction is being answered."""
        struttura = self.questionario.struttura
        legate = (d.codice for codice in self.da_rivedere for d in visibilita.dipendenti(struttura, codice))
        return frozenset([*self.da_rivedere, *legate])

    def nuove(self) -> list[visibilita.Nuova]:
        """What a correction asks anew, question by question."""
        return visibilita.nuove(self.questionario.struttura, self.ente.tipo, self.valori, self.da_rivedere)

    def dimentica(self) -> None:
        """Read the answers again at the next use."""
        self.__dict__.pop("per_domanda", None)

    def carenze(self) -> list[visibilita.Carenza]:
        """What keeps it from being sent."""
        return visibilita.mancanti(self.questionario.struttura, self.ente.tipo, self.valori)

    def progressi(self) -> list[visibilita.Progresso]:
        """How far each section is."""
        return visibilita.progressi(self.questionario.struttura, self.ente.tipo, self.valori)


class Risposta(models.Model):
    """The present answer to one question. `revisione` counts its changes: nobody overwrites what they have not seen."""

    compilazione = models.ForeignKey(Compilazione, on_delete=models.PROTECT, related_name="risposte")
    domanda = models.CharField(max_length=50)
    valore = models.JSONField(null=True)
    revisione = models.PositiveIntegerField(default=1)
    chi = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    quando = models.DateTimeField()
    trascritta = models.BooleanField(
        default=False, help_text="L'ha scritta chi coordina, da un documento arrivato dall'ente."
    )

    class Meta:
        ordering = ("compilazione", "domanda")
        verbose_name = "risposta"
        verbose_name_plural = "risposte"
        constraints = (
            models.UniqueConstraint(fields=["compilazione", "domanda"], name="risposta_una_per_domanda"),
        )

    def __str__(self) -> str:
        return f"{self.domanda}, revisione {self.revisione}"


class VersioneRisposta(models.Model):
    """Every value that an answer has had: the one that loses a conflict stays here."""

    risposta = models.ForeignKey(Risposta, on_delete=models.PROTECT, related_name="versioni")
    revisione = models.PositiveIntegerField()
    valore = models.JSONField(null=True)
    chi = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    quando = models.DateTimeField()
    scartata = models.BooleanField(default=False, help_text="Proposta in un conflitto e non tenuta.")
    trascritta = models.BooleanField(default=False)

    class Meta:
        ordering = ("risposta", "-quando", "-pk")
        verbose_name = "versione di una risposta"
        verbose_name_plural = "versioni delle risposte"
        constraints = (
            models.UniqueConstraint(
                fields=["risposta", "revisione"], condition=Q(scartata=False), name="versione_risposta_unica"
            ),
        )

    def __str__(self) -> str:
        return f"{self.risposta.domanda}, revisione {self.revisione}"


class AllegatoRisposta(models.Model):
    """A file given as (part of) an answer. Never served by its address; taken away, it is only marked so."""

    compilazione = models.ForeignKey(Compilazione, on_delete=models.PROTECT, related_name="allegati")
    domanda = models.CharField(max_length=50)
    file = models.FileField(upload_to="questionari/")
    nome = models.CharField(max_length=200)
    impronta = models.CharField(max_length=64)
    dimensione = models.PositiveIntegerField()
    caricato_il = models.DateTimeField(default=orologio.adesso)
    caricato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    rimosso_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("compilazione", "domanda", "pk")
        verbose_name = "allegato"
        verbose_name_plural = "allegati"

    def __str__(self) -> str:
        return self.nome
