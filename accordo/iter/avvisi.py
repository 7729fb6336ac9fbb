"""Telling the people of the bodies."""

from collections.abc import Iterable, Sequence

from accordo.base import posta
from accordo.enti.models import Ente, Incarico, Ruolo

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
