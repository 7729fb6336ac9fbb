"""How far each body has got in phase 8, for the table bodies x phases."""

from django.db.models import Q

from accordo.approvazione.interrogazioni import documento_attuale
from accordo.approvazione.models import Approvazione
from accordo.approvazione.stati import VITA_APPROVAZIONE, StatoApprovazione
from accordo.base.parole import Parola
from accordo.iter.models import Accordo


def avanzamento(accordo: Accordo) -> dict[int, Parola]:
    """Return the status word of each body that approves, joiners once they have signed; two queries."""
    documento = documento_attuale(accordo)
    if documento is None:
        return {}
    chiesti = Q(successiva=False) | Q(stato__in=(StatoApprovazione.FIRMATO, StatoApprovazione.RECEDUTO))
    righe = Approvazione.objects.filter(chiesti, documento=documento).values_list("ente_id", "stato")
    return {ente: VITA_APPROVAZIONE.parola(stato) for ente, stato in righe}
