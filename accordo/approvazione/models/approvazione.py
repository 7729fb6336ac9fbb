"""One row per signatory and final text: where that body stands."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accordo.approvazione.models.documento import DocumentoFinale
from accordo.approvazione.stati import VITA_APPROVAZIONE, StatoApprovazione
from accordo.base import orologio
from accordo.enti.models import Ente
from accordo.iter.models import Accordo
from accordo.iter.motore import ConVita

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from accordo.approvazione.models.atto import Atto
    from accordo.approvazione.models.comunicazione import Comunicazione
    from accordo.approvazione.models.firma import Firma
    from accordo.approvazione.models.passaggio import Passaggio
    from accordo.approvazione.models.recesso import Recesso


class Approvazione(ConVita):
    """A body's approval of one final text. `organo` is proposed by kind of body and can be changed (R3)."""

    vita = VITA_APPROVAZIONE

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="approvazioni")
    documento = models.ForeignKey(DocumentoFinale, on_delete=models.PROTECT, related_name="approvazioni")
    ente = models.ForeignKey(Ente, on_delete=models.PROTECT, related_name="approvazioni")
    stato = models.CharField(max_length=20, choices=StatoApprovazione, default=StatoApprovazione.IN_ATTESA)
    organo = models.CharField(max_length=120)
    osservazioni = models.TextField(blank=True, help_text="Perché l'ente rinvia o non approva.")
    successiva = models.BooleanField(
        default=False, help_text="L'ente aderisce dopo che l'accordo è stato sottoscritto."
    )
    prosegue_senza_il = models.DateTimeField(
        null=True, blank=True, help_text="Quando chi coordina ha deciso di andare avanti senza l'ente."
    )
    sollecitata_il = models.DateTimeField(null=True, blank=True)
    aperta_il = models.DateTimeField(default=orologio.adesso)

    if TYPE_CHECKING:
        atti: RelatedManager[Atto]
        comunicazioni: RelatedManager[Comunicazione]
        passaggi: RelatedManager[Passaggio]
        firma: Firma
        recesso: Recesso

    class Meta:
        ordering = ("documento", "ente")
        verbose_name = "approvazione"
        verbose_name_plural = "approvazioni"
        constraints = (
            models.UniqueConstraint(fields=["documento", "ente"], name="approvazione_una_per_ente_e_testo"),
            models.CheckConstraint(
                name="approvazione_stato_noto", condition=Q(stato__in=StatoApprovazione.values)
            ),
            models.CheckConstraint(
                name="approvazione_senza_solo_chi_non_approva",
                condition=Q(prosegue_senza_il__isnull=True) | Q(stato=StatoApprovazione.NON_APPROVATO),
            ),
        )

    def __str__(self) -> str:
        return f"Approvazione: {self.ente.nome_breve}"

    def get_absolute_url(self) -> str:
        """The body's page."""
        return reverse("approvazione:ente", args=[self.accordo.slug, self.ente.codice])

    @property
    def atto(self) -> "Atto | None":
        """The act in force: the last one registered, not replaced. Reads what was prefetched, if it was."""
        return next((atto for atto in self.atti.all() if atto.sostituito_il is None), None)

    @property
    def da_correggere(self) -> bool:
        """Whether its act is on another version of the text: it does not count, and the body cannot sign (R5)."""
        atto = self.atto if self.stato == StatoApprovazione.APPROVATO else None
        return atto is not None and not atto.del_testo_definitivo

    @property
    def firmata(self) -> "Firma | None":
        """The signature, if there is one."""
        return getattr(self, "firma", None)

    @property
    def richiesta(self) -> bool:
        """Whether the accord waits for it: not for a body that joins later, nor for one that it goes on without."""
        return not self.successiva and self.prosegue_senza_il is None

    @property
    def firmata_prima_dell_effetto(self) -> bool:
        """Whether the signature came before the act took effect, or without anybody knowing when it does (R4)."""
        atto, firma = self.atto, self.firmata
        if atto is None or firma is None:
            return False
        giorno = timezone.localtime(firma.firmato_il or firma.caricata_il).date()
        return atto.effetto_dal is None or atto.effetto_dal > giorno

    @property
    def recesso_registrato(self) -> "Recesso | None":
        """The withdrawal, if there is one."""
        return getattr(self, "recesso", None)
