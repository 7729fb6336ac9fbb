"""Who is writing where, lightly: one row a person, written when something changed and otherwise once in a while."""

from datetime import timedelta
from uuid import UUID

from accordo.base import orologio
from accordo.enti.models import Utente
from bozze.models.scrittura import PresenzaBozza
from bozze.models.testo import Bozza

RINNOVO = timedelta(seconds=45)


def segnala_presenza(bozza: Bozza, utente: Utente, disposizione: UUID | None = None) -> bool:
    """Note where a person is writing. Nothing is written if nothing changed."""
    adesso = orologio.adesso()
    mia = PresenzaBozza.objects.filter(bozza=bozza, utente=utente).first()
    if mia and mia.disposizione == disposizione and adesso - mia.quando < RINNOVO:
        return False
    PresenzaBozza.objects.bulk_create(
        [PresenzaBozza(bozza=bozza, utente=utente, disposizione=disposizione, quando=adesso)],
        update_conflicts=True,
        unique_fields=["bozza", "utente"],
        update_fields=["disposizione", "quando"],
    )
    return True
