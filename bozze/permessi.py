"""Who may do what with the published text. Plain predicates."""

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo, Veste
from accordo.iter.permessi import coordina


def _veste(agente: Agente | None, accordo: Accordo) -> str | None:
    """Return as what the person's body takes part, None if it does not; the promoter leads and proposes nothing."""
    if agente is None or agente.ente is None or agente.agisce_per(accordo.promotore_id):
        return None
    return partecipazioni_attive(accordo).filter(ente=agente.ente).values_list("veste", flat=True).first()


def puo_emendare(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the person may write amendments: referente or rappresentante of a signatory, not of the promoter."""
    if agente is None or not agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE):
        return False
    return _veste(agente, accordo) == Veste.SOTTOSCRITTORE


def puo_osservare(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the person may write remarks: as above, and for the bodies involved that do not sign also observers."""
    if agente is None:
        return False
    veste = _veste(agente, accordo)
    if veste == Veste.SOTTOSCRITTORE:
        return agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
    return veste is not None and agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE, Ruolo.OSSERVATORE)


def puo_replicare(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the person may write under a remark: who may observe, and who leads."""
    return coordina(agente, accordo) or puo_osservare(agente, accordo)
