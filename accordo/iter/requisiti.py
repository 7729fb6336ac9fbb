"""What is missing before an accord leaves phase 1."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from accordo.base.errori import Mancanza
from accordo.base.parole import elenca
from accordo.iter import fasi
from accordo.iter.interrogazioni import partecipazioni_attive, senza_referente
from accordo.iter.models import Accordo, Partecipazione, Proposta, StatoPartecipazione


def _nomi(partecipazioni: Sequence[Partecipazione]) -> str:
    return elenca([p.ente.nome_breve for p in partecipazioni])


def _conta(quanti: int, uno: str, molti: str) -> str:
    return f"Manca 1 {uno}" if quanti == 1 else f"Mancano {quanti} {molti}"


def presentazione(accordo: Accordo) -> Iterable[Mancanza]:
    """The proposal is published, every body has answered, and those that take part have a referente.

    Answers and referenti may be passed over with a written reason once the deadline is past (or if there is none).
    """
    url = reverse("iter:presentazione", args=[accordo.slug])
    if not Proposta.objects.filter(accordo=accordo, pubblicata_il__isnull=False).exists():
        yield Mancanza("La proposta non è ancora pubblicata.", url)
        return
    termine = fasi.scadenza(accordo, "presentazione")
    superabile = termine is None or fasi.scaduta(accordo, "presentazione")
    attive = list(partecipazioni_attive(accordo).exclude(ente=accordo.promotore_id))
    if mute := [p for p in attive if p.stato == StatoPartecipazione.INVITATO]:
        yield Mancanza(f"{_conta(len(mute), 'risposta', 'risposte')}: {_nomi(mute)}.", url, superabile)
    if not attive:
        yield Mancanza("Nessun ente partecipa all'accordo.", url)
    if privi := senza_referente([p for p in attive if p.stato == StatoPartecipazione.PARTECIPA]):
        yield Mancanza(f"{_conta(len(privi), 'referente', 'referenti')}: {_nomi(privi)}.", url, superabile)
