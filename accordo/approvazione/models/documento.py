"""The final text, frozen."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accordo.base import orologio
from accordo.enti.models import Utente
from accordo.iter.models import Accordo

if TYPE_CHECKING:
    pass


def percorso_akn(documento: "DocumentoFinale", nome: str) -> str:
    """Where the frozen Akoma Ntoso is stored, beside the PDF."""
    return f"approvazione/{documento.accordo.slug}/testo-{documento.akn_sha256[:16]}.xml"


def percorso_testo(documento: "DocumentoFinale", nome: str) -> str:
    """Where the frozen PDF is stored: its fingerprint is part of the name."""
    return f"approvazione/{documento.accordo.slug}/testo-{documento.sha256[:16]}.pdf"


class DocumentoFinale(models.Model):
    """The PDF of the final version that all bodies approve and sign: made once, when phase 8 begins.

    `sha256` is the fingerprint of the file, `impronta_testo` that of the text (the version's). If the text is
    reopened and a new final version follows, a new row is made; the old one stays with its approvals.

    `akn` is the same text as Akoma Ntoso, with the fingerprint `akn_sha256` of that file: what a XAdES signature is laid
    on. Texts frozen before it was made have none.
    """

    accordo = models.ForeignKey(Accordo, on_delete=models.PROTECT, related_name="documenti_finali")
    versione = models.OneToOneField(
        "bozze.Versione", on_delete=models.PROTECT, related_name="documento_finale"
    )
    pdf = models.FileField(upload_to=percorso_testo, max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    akn = models.FileField(upload_to=percorso_akn, max_length=200, blank=True)
    akn_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    impronta_testo = models.CharField(max_length=64)
    creato_il = models.DateTimeField(default=orologio.adesso)
    creato_da = models.ForeignKey(Utente, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("accordo", "-pk")
        verbose_name = "testo definitivo"
        verbose_name_plural = "testi definitivi"
        constraints = (
            models.CheckConstraint(
                name="documento_akn_con_impronta",
                condition=Q(akn_sha256="", akn="") | (~Q(akn_sha256="") & ~Q(akn="")),
            ),
        )

    def __str__(self) -> str:
        return f"Testo definitivo, impronta {self.sha256[:8]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: a frozen text never changes."""
        if self.pk is not None:
            raise TypeError("Il testo definitivo non si modifica.")
        super().save(*args, **kwargs)
