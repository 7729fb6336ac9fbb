"""How far each body has got in phase 8, for the table bodies x phases."""

from accordo.approvazione.interrogazioni import documento_attuale
from accordo.approvazione.models import Approvazione
from accordo.approvazione.stati import VITA_APPROVAZIONE
from accordo.base.parole import Parola
from accordo.iter.models import Accordo


def avanzamento(accordo: Accordo) -> dict[int, Parola]:
    """Return the status word of each body that approves; two queries."""
    documento = documento_attuale(accordo)
    if documento is None:
        return {}
    righe = Approvazione.objects.filter(documento=documento).values_list("ente_id", "stato")
    return {ente: VITA_APPROVAZIONE.parola(stato) for ente, stato in righe}
