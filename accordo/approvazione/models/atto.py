"""The act with which a body approves."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from accordo.approvazione import esecutivita
from accordo.approvazione.models.approvazione import Approvazione
from accordo.approvazione.models.carta import ConCarta
from accordo.approvazione.models.pervenuto import PROTOCOLLO_E_DATA, Pervenuto
from accordo.approvazione.stati import TipoAtto
from accordo.base import orologio
from accordo.enti.models import Utente


def percorso_atto(atto: "Atto", nome: str) -> str:
    """Where the act's file is stored."""
    return f"approvazione/{atto.approvazione.accordo.slug}/atti/{atto.file_sha256[:16]}.{atto.estensione}"


class Atto(ConCarta, Pervenuto):
    """A deliberation, decree or note (norme.md, R2). A corrected act replaces another, which stays as history.

    `impronta_testo` is the fingerprint of the text that the act approves: if it is not that of the final text, the
    fault is shown and blocks the signature (R5).
    """

    approvazione = models.ForeignKey(Approvazione, on_delete=models.PROTECT, related_name="atti")
    organo = models.CharField(max_length=120)
    tipo = models.CharField(max_length=20, choices=TipoAtto)
    numero = models.CharField(max_length=40)
    data = models.DateField()
    esecutivita_immediata = models.BooleanField(default=False)
    esecutivo_dal = models.DateField(null=True, blank=True)
    albo_numero = models.CharField(max_length=40, blank=True)
    albo_dal = models.DateField(null=True, blank=True)
    albo_al = models.DateField(null=True, blank=True)
    protocollo = models.CharField(max_length=60, blank=True)
    impronta_testo = models.CharField(max_length=64)
    file = models.FileField(upload_to=percorso_atto, max_length=200)
    file_nome = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    registrato_il = models.DateTimeField(default=orologio.adesso)
    registrato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")
    sostituito_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-registrato_il", "-pk")
        verbose_name = "atto"
        verbose_name_plural = "atti"
        constraints = (
            PROTOCOLLO_E_DATA,
            models.UniqueConstraint(
                fields=["approvazione"], condition=Q(sostituito_il__isnull=True), name="atto_uno_in_vigore"
            ),
            models.CheckConstraint(name="atto_tipo_noto", condition=Q(tipo__in=TipoAtto.values)),
            models.CheckConstraint(
                name="atto_albo_in_ordine",
                condition=Q(albo_al__isnull=True) | Q(albo_dal__isnull=False, albo_al__gte=F("albo_dal")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} n. {self.numero} del {self.data:%d/%m/%Y}"

    @property
    def del_testo_definitivo(self) -> bool:
        """Whether it approves the frozen text, and not another version."""
        return self.impronta_testo == self.approvazione.documento.impronta_testo

    @property
    def effetto_dal(self) -> date | None:
        """The day from which it takes effect: declared, immediate, or computed from the publication (R4)."""
        return esecutivita.effetto_dal(self)

    @property
    def ha_effetto(self) -> bool:
        """Whether it has taken effect today; unknown counts as not yet."""
        giorno = self.effetto_dal
        return giorno is not None and giorno <= orologio.oggi()
