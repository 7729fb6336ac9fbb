"""The meetings of the focus groups as appointments."""

from collections.abc import Iterable

from django.utils import timezone

from accordo.cruscotto.tempi import Appuntamento
from accordo.enti.agente import Agente
from accordo.iter.models import Accordo
from focusgroup.interrogazioni import visibili_a, vive
from focusgroup.models import Riunione
from focusgroup.stati import StatoRiunione


def incontri(accordo: Accordo) -> list[Appuntamento]:
    """Return the meetings that have been called, of all areas. One query."""
    return _appuntamenti(
        vive(accordo).exclude(stato=StatoRiunione.IN_PREPARAZIONE).filter(inizio__isnull=False)
    )


def incontri_di(accordo: Accordo, agente: Agente) -> list[Appuntamento]:
    """Return the meetings to which this person's body is called; all of them for who leads."""
    return _appuntamenti(
        visibili_a(agente, accordo)
        .exclude(stato__in=(StatoRiunione.IN_PREPARAZIONE, StatoRiunione.ANNULLATA))
        .filter(inizio__isnull=False)
    )


def _appuntamenti(riunioni: Iterable[Riunione]) -> list[Appuntamento]:
    return [
        Appuntamento(
            giorno=timezone.localtime(riunione.inizio).date(),
            testo=riunione.titolo,
            per_chi="enti dell'area",
            breve="Focus group",
            luogo=riunione.luogo,
        )
        for riunione in riunioni
        if riunione.inizio
    ]
