"""The certification authorities that this installation trusts (`manage.py carica_certificati`)."""

from django.db import models

from accordo.base import orologio


class CertificatoFidato(models.Model):
    """A trust anchor: the certificate of an authority, from a bundle of files or from a trusted list (ETSI TS 119 612)."""

    sha256 = models.CharField(max_length=64, unique=True)
    der = models.BinaryField()
    nome = models.CharField(max_length=300)
    prestatore = models.CharField(max_length=300, blank=True)
    valido_dal = models.DateTimeField()
    valido_al = models.DateTimeField()
    per_firma = models.BooleanField(default=True, help_text="Emette certificati qualificati di firma.")
    per_marche = models.BooleanField(default=False, help_text="Emette marche temporali qualificate.")
    fonte = models.CharField(max_length=200)
    caricato_il = models.DateTimeField(default=orologio.adesso)

    class Meta:
        ordering = ("nome",)
        verbose_name = "certificato fidato"
        verbose_name_plural = "certificati fidati"

    def __str__(self) -> str:
        return self.nome
