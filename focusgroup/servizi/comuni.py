"""What the services of the meetings share."""

from accordo.base.errori import NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter import permessi
from accordo.iter.models import Accordo
from accordo.iter.motore import esegui
from focusgroup.models import Riunione
from focusgroup.stati_sondaggio import StatoSondaggio


def richiedi_coordinatore(accordo: Accordo, da: Agente) -> None:
    """Refuse whoever does not lead the accord."""
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Le riunioni le prepara chi coordina l'accordo.")


def lascia_i_sondaggi(riunione: Riunione, motivazione: str, *, da: Agente) -> None:
    """Withdraw what is left of the search for a date: the meeting goes on, or ends, without it."""
    stati = [StatoSondaggio.IN_PREPARAZIONE, StatoSondaggio.APERTO]
    for sondaggio in riunione.sondaggi.filter(stato__in=stati).select_related("riunione__accordo"):
        esegui(sondaggio, "ritira_sondaggio", da=da, motivazione=motivazione)
