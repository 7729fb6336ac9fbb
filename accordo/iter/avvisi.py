"""Telling the people of the bodies."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Count

from accordo.base import posta
from accordo.enti.models import Ente, Incarico, Ruolo
from accordo.iter.interrogazioni import partecipazioni_attive

if TYPE_CHECKING:
    from accordo.iter.models import Accordo

_CHI_LEGGE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE, Ruolo.OSSERVATORE)


def avvisa(
    enti: Iterable[Ente] | Iterable[int],
    *,
    oggetto: str,
    testo: str,
    url: str = "",
    ruoli: Sequence[Ruolo] = _CHI_LEGGE,
) -> int:
    """Mail those who hold one of `ruoli` for these bodies today, after the commit; return how many people are told."""
    chiavi = {ente.pk if isinstance(ente, Ente) else ente for ente in enti}
    indirizzi = set(
        Incarico.objects.in_corso()
        .filter(ente__in=chiavi, ruolo__in=ruoli)
        .values_list("utente__email", flat=True)
    )
    posta.invia(indirizzi, oggetto, testo, url)
    return len(indirizzi)


def persone_avvisate(accordo: "Accordo") -> tuple[int, int]:
    """Return how many people of how many bodies are told of what concerns the whole accord."""
    enti = partecipazioni_attive(accordo).values("ente")
    incarichi = Incarico.objects.in_corso().filter(ente__in=enti, ruolo__in=_CHI_LEGGE)
    conto = incarichi.aggregate(persone=Count("utente", distinct=True), enti=Count("ente", distinct=True))
    return conto["persone"], conto["enti"]


def avvisa_tutti(accordo: "Accordo", *, oggetto: str, testo: str, url: str = "") -> int:
    """Tell the people of all the bodies that take part; return how many."""
    enti = partecipazioni_attive(accordo).values_list("ente_id", flat=True)
    return avvisa(enti, oggetto=f"{accordo.titolo}: {oggetto}", testo=testo, url=url)
