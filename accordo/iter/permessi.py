"""Who may do what with an accord. Plain predicates: a person without a running incarico may do nothing."""

from django.db.models import QuerySet

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.models import Accordo, Partecipazione, StatoPartecipazione, Veste


def coordina(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the person leads this accord: coordinator, acting for its promoter."""
    return agente is not None and agente.ha(Ruolo.COORDINATORE) and agente.agisce_per(accordo.promotore_id)


def sottoscrive(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the body that the person acts for is a signatory that has not declined."""
    return _partecipazioni(agente, accordo).filter(veste=Veste.SOTTOSCRITTORE).exists()


def partecipa(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the body that the person acts for takes part, as signatory or not, or the person leads the accord."""
    return coordina(agente, accordo) or _partecipazioni(agente, accordo).exists()


def vede(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the person sees the accord's working pages: whoever acts for a body that was invited, and who leads."""
    if coordina(agente, accordo):
        return True
    if agente is None or agente.ente is None:
        return False
    return Partecipazione.objects.filter(accordo=accordo, ente=agente.ente).exists()


def legge_testi(agente: Agente | None, accordo: Accordo) -> bool:
    """Whether the person may read published texts: who sees the accord; everybody once it is signed and public."""
    return vede(agente, accordo) or (accordo.pubblico and accordo.sottoscritto)


def _partecipazioni(agente: Agente | None, accordo: Accordo) -> QuerySet[Partecipazione]:
    if agente is None or agente.ente is None:
        return Partecipazione.objects.none()
    return Partecipazione.objects.filter(accordo=accordo, ente=agente.ente).exclude(
        stato=StatoPartecipazione.NON_PARTECIPA
    )
