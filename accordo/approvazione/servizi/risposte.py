"""The body that does not approve the text as it is, and what who leads the accord answers."""

from django.db import transaction

from accordo.approvazione.models import Approvazione
from accordo.approvazione.servizi.avvisi import avvisa_chi_coordina
from accordo.enti.agente import Agente
from accordo.iter.models import Evento
from accordo.iter.motore import esegui


def rinvia(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Send the text back with remarks; who leads the accord is told."""
    return _rifiuta(approvazione, "rinvia", motivazione, da, "ha rinviato il testo con osservazioni")


def non_approvare(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Say that the body does not approve, and why; who leads the accord is told."""
    return _rifiuta(approvazione, "non_approvare", motivazione, da, "ha comunicato che non approva il testo")


def _rifiuta(approvazione: Approvazione, verbo: str, motivazione: str, da: Agente, frase: str) -> Evento:
    def applica(fresca: Approvazione) -> None:
        fresca.osservazioni = motivazione.strip()

    with transaction.atomic():
        evento = esegui(approvazione, verbo, da=da, motivazione=motivazione, applica=applica)
        avvisa_chi_coordina(approvazione, f"{approvazione.ente.con_articolo} {frase}.")
    return evento
