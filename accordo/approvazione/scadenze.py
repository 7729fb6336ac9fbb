"""When an accord is near its end. Pure."""

from datetime import date

from accordo.iter.models import Accordo
from accordo.iter.models.accordo import dopo_mesi

MESI_PRIMA = 6


def vicina_la_scadenza(accordo: Accordo, oggi: date) -> bool:
    """Whether the accord expires within six months, and has not yet."""
    fine = accordo.scade_il
    return fine is not None and oggi <= fine <= dopo_mesi(oggi, MESI_PRIMA)
