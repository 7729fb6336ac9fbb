"""What the services of the findings share."""

from accordo.base.errori import NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo


def richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    """Refuse whoever does not lead the accord."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("I rilievi li scrive chi coordina l'accordo.")
