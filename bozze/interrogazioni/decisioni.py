"""What has been decided of an amendment, and what became of those decisions: read from the registro, where nothing is lost."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accordo.enti.agente import Agente
from accordo.iter.models import Evento
from accordo.iter.permessi import coordina
from bozze.models import Emendamento, Riformulazione
from bozze.stati import PRIVATI, StatoEmendamento
from bozze.stati_esame import StatoRiformulazione

_DA_DECIDERE = "Da decidere"
_RISPOSTE = {
    "proponi_riformulazione": "Proposta una riformulazione",
    "accetta_riformulazione": "Riformulazione accettata",
    "rifiuta_riformulazione": "Riformulazione rifiutata",
    "ritira_riformulazione": "Riformulazione ritirata",
}


@dataclass(frozen=True, slots=True)
class Decisione:
    """One step of an amendment at the desk. `prima` is empty where the step does not change its state."""

    quando: datetime
    chi: str
    prima: str
    dopo: str
    perche: str


def _in_parole(stato: str) -> str:
    return _DA_DECIDERE if stato == StatoEmendamento.PRESENTATO else str(StatoEmendamento(stato).label)


def storia(emendamento: Emendamento, agente: Agente | None) -> list[Decisione]:
    """Return every decision on an amendment, from the first: who, when, from what to what, why. Two queries.

    What was said on a reformulation reads who proposed the amendment and who leads; the name of the person, who leads.
    """
    guida = coordina(agente, emendamento.accordo)
    suoi = Q(oggetto_tipo=Emendamento._meta.label_lower, oggetto_id=str(emendamento.pk))
    if guida or (agente is not None and agente.agisce_per(emendamento.ente_id)):
        proposte = Riformulazione.objects.filter(emendamento=emendamento).values_list("pk", flat=True)
        chiavi = [str(pk) for pk in proposte]
        suoi |= Q(oggetto_tipo=Riformulazione._meta.label_lower, oggetto_id__in=chiavi, verbo__in=_RISPOSTE)
    eventi = Evento.objects.filter(suoi, accordo=emendamento.accordo_id).order_by("numero")
    return [_decisione(evento, guida=guida) for evento in eventi if _conta(evento)]


def _conta(evento: Evento) -> bool:
    """Whether the entry moves the amendment at the desk, or is about a reformulation."""
    if evento.verbo in _RISPOSTE:
        return evento.stato_a in StatoRiformulazione
    return evento.stato_da != evento.stato_a and evento.stato_da not in ("", *PRIVATI)


def _decisione(evento: Evento, *, guida: bool) -> Decisione:
    riformulazione = evento.verbo in _RISPOSTE
    chi = ", ".join(filter(None, (evento.utente_nome, evento.ente_nome))) if guida else evento.ente_nome
    return Decisione(
        quando=evento.quando,
        chi=chi,
        prima="" if riformulazione else _in_parole(evento.stato_da),
        dopo=_RISPOSTE[evento.verbo] if riformulazione else _in_parole(evento.stato_a),
        perche=evento.motivazione,
    )
