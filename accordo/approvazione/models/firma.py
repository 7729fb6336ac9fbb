"""The signature of a body: the signed file, as it came, and what its examination found."""

from typing import Any, NoReturn

from django.db import models

from accordo.approvazione.models.approvazione import Approvazione
from accordo.base import orologio
from accordo.enti.models import Utente

ESTENSIONI = {"PAdES": "pdf", "CAdES": "pdf.p7m", "XAdES": "xml"}


def percorso_firma(firma: "Firma", nome: str) -> str:
    """Where the signed file is stored: its fingerprint is its name, so nothing can be overwritten unseen."""
    estensione = ESTENSIONI[firma.formato].rpartition(".")[2]
    return f"approvazione/{firma.approvazione.accordo.slug}/firme/{firma.sha256}.{estensione}"


class Firma(models.Model):
    """Written once. `firmato_il` is when it was signed, as far as can be told: by a time stamp, else by the signer's own
    tool if that is credible, else when it came (`caricata_il`). `spiegazione`: why who signed is not who was expected.
    """

    approvazione = models.OneToOneField(Approvazione, on_delete=models.PROTECT, related_name="firma")
    file = models.FileField(upload_to=percorso_firma, max_length=200)
    nome_file = models.CharField(max_length=200)
    formato = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64, db_index=True)
    esito = models.JSONField(default=dict)
    firmatari = models.CharField(max_length=300)
    spiegazione = models.TextField(blank=True)
    firmato_il = models.DateTimeField(null=True)
    caricata_il = models.DateTimeField(default=orologio.adesso)
    caricata_da = models.ForeignKey(Utente, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("caricata_il",)
        verbose_name = "firma"
        verbose_name_plural = "firme"

    def __str__(self) -> str:
        return f"Firma di {self.firmatari}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise TypeError("Un file firmato non si sostituisce.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("Un file firmato non si cancella.")

    @property
    def nome_per_scaricare(self) -> str:
        """A plain name for the download."""
        return f"accordo-firmato-{self.approvazione.ente.codice}.{ESTENSIONI[self.formato]}"
