"""The meetings of the focus groups as appointments."""

from accordo.cruscotto.tempi import Appuntamento
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo


def incontri(accordo: Accordo, agente: Agente) -> list[Appuntamento]:
    """Return the meetings that have a date."""
    return []
