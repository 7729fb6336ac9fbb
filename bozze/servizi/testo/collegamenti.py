"""The rows that say which findings a disposition cites: read by number, and written as the moves of the draft leave them."""

from collections.abc import Sequence
from uuid import UUID

from accordo.base.errori import StatoCambiato
from accordo.iter.models import Accordo
from accordo.rilievi.models import Rilievo
from bozze.models.testo import Citazione
from bozze.testo.stesura import Collega


def rilievi_di(accordo: Accordo, disposizione: UUID | str) -> tuple[int, ...]:
    """Return the numbers of the findings that a disposition cites."""
    citati = Citazione.objects.filter(accordo=accordo, disposizione=disposizione)
    return tuple(sorted(citati.values_list("rilievo__numero", flat=True)))


def collega(accordo: Accordo, mosse: Sequence[Collega]) -> None:
    """Write the citations that moves leave. StatoCambiato if they are not as the moves found them."""
    for mossa in mosse:
        if rilievi_di(accordo, mossa.id) != mossa.da:
            raise StatoCambiato("Nel frattempo i rilievi collegati a questa disposizione sono cambiati.")
        nuovi = Rilievo.objects.filter(accordo=accordo, numero__in=set(mossa.a) - set(mossa.da))
        citazioni = Citazione.objects.filter(accordo=accordo, disposizione=mossa.id)
        citazioni.filter(rilievo__numero__in=set(mossa.da) - set(mossa.a)).delete()
        Citazione.objects.bulk_create(
            Citazione(accordo=accordo, disposizione=UUID(mossa.id), rilievo=rilievo) for rilievo in nuovi
        )
