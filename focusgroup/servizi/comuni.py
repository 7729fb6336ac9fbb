"""What every service of the meetings asks first."""

from accordo.base.errori import NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo


def richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Le riunioni le prepara chi coordina l'accordo.")
