"""What a body sent by certified mail and the coordinator wrote down for it."""

from django.db import models
from django.db.models import Q

PROTOCOLLO_E_DATA = models.CheckConstraint(
    name="%(class)s_pec_protocollo_e_data",
    condition=Q(pec_protocollo="", pec_data__isnull=True)
    | (~Q(pec_protocollo="") & Q(pec_data__isnull=False)),
)


class Pervenuto(models.Model):
    """Protocol and day of arrival, both or none (norme.md, R16: written by hand, no real PEC in sample data)."""

    pec_protocollo = models.CharField(max_length=60, blank=True)
    pec_data = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def per_pec(self) -> bool:
        """Whether it came by certified mail and not from the body's own people."""
        return bool(self.pec_protocollo)
