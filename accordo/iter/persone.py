"""People of the bodies of an accord: invited, given and taken roles by who leads it; each step in the registro."""

from django.db import transaction

from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti import servizi
from accordo.enti.agente import Agente
from accordo.enti.models import Ente, Incarico, Invito, Ruolo
from accordo.enti.servizi import DatiIncarico
from accordo.iter import permessi
from accordo.iter.models import Accordo, Partecipazione
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra


def _richiedi(accordo: Accordo, ente: Ente, da: Agente) -> None:
    if not permessi.coordina(da, accordo):
        raise NonAutorizzato("Questa azione spetta a chi coordina l'accordo.")
    if not Partecipazione.objects.filter(accordo=accordo, ente=ente).exists():
        raise ErroreDominio(f"{ente} non è fra gli enti di questo accordo: prima invita l'ente.")


def _che_cosa(voce: Incarico | Invito) -> dict[str, str]:
    return {"ente": voce.ente.denominazione, "ruolo": Ruolo(voce.ruolo).label}


def invita_persona(accordo: Accordo, ente: Ente, dati: DatiIncarico, *, da: Agente) -> Incarico | Invito:
    """Ask a person to act for a body of the accord; whoever has an account gets the role at once."""
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        _richiedi(accordo, ente, da)
        if dati.ruolo == Ruolo.COORDINATORE and ente.pk != accordo.promotore_id:
            raise ErroreDominio(f"Coordina solo chi agisce per {accordo.promotore}.")
        esito = servizi.invita(ente, dati, da=da)
        verbo = "affida_incarico" if isinstance(esito, Incarico) else "invita_persona"
        registra(accordo, da=da, verbo=verbo, oggetto=esito, dati=_che_cosa(esito))
    return esito


def rimanda_invito(accordo: Accordo, invito: Invito, *, da: Agente) -> None:
    """Send an invitation again, with a new link."""
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        _richiedi(accordo, invito.ente, da)
        servizi.reinvia(invito)
        registra(accordo, da=da, verbo="rimanda_invito", oggetto=invito, dati=_che_cosa(invito))


def annulla_invito(accordo: Accordo, invito: Invito, *, da: Agente) -> None:
    """Withdraw an invitation."""
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        _richiedi(accordo, invito.ente, da)
        servizi.annulla_invito(invito)
        registra(accordo, da=da, verbo="annulla_invito", oggetto=invito, dati=_che_cosa(invito))


def concludi_incarico(accordo: Accordo, incarico: Incarico, *, motivazione: str = "", da: Agente) -> None:
    """End a person's role for a body of the accord; a referente who leaves is nobody's referente any more."""
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        _richiedi(accordo, incarico.ente, da)
        servizi.concludi_incarico(incarico)
        if incarico.ruolo == Ruolo.REFERENTE:
            seguite = Partecipazione.objects.filter(ente=incarico.ente, referente=incarico.utente)
            seguite.update(referente=None)
        registra(
            accordo,
            da=da,
            verbo="concludi_incarico",
            oggetto=incarico,
            motivazione=motivazione.strip(),
            dati=_che_cosa(incarico),
        )
