"""The one file in which all signatures end."""

from typing import Any

from django.db import models

from accordo.approvazione.models.documento import DocumentoFinale
from accordo.base import orologio

TIPI = {"pdf": "application/pdf", "p7m": "application/pkcs7-mime", "zip": "application/zip"}
ESTENSIONI = {"pdf": "pdf", "p7m": "pdf.p7m", "zip": "zip"}


def percorso_riunito(riunito: "AccordoFirmato", nome: str) -> str:
    """Where the file is stored: its fingerprint is its name."""
    slug = riunito.documento.accordo.slug
    return f"approvazione/{slug}/firmato/{riunito.sha256}.{ESTENSIONI[riunito.formato]}"


class AccordoFirmato(models.Model):
    """Made when the last signature arrives, and again if a body joins later. Written once; the newest counts."""

    documento = models.ForeignKey(DocumentoFinale, on_delete=models.PROTECT, related_name="firmati")
    file = models.FileField(upload_to=percorso_riunito, max_length=200)
    formato = models.CharField(max_length=3)
    sha256 = models.CharField(max_length=64, db_index=True)
    firme = models.PositiveSmallIntegerField()
    composto_il = models.DateTimeField(default=orologio.adesso)

    class Meta:
        ordering = ("documento", "-pk")
        verbose_name = "accordo firmato"
        verbose_name_plural = "accordi firmati"

    def __str__(self) -> str:
        return f"Accordo firmato, {self.firme} firme"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise TypeError("L'accordo firmato non si modifica.")
        super().save(*args, **kwargs)

    @property
    def nome_per_scaricare(self) -> str:
        """A plain name for the download."""
        return f"accordo-{self.documento.accordo.slug}-firmato.{ESTENSIONI[self.formato]}"
