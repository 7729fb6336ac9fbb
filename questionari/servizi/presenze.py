"""Who is working where, lightly: one row a person, written when something changed and otherwise once a minute."""

from collections.abc import Iterable
from datetime import timedelta

from accordo.base import orologio
from accordo.enti.models import Utente
from questionari.models import Compilazione, Presenza
from questionari.servizi.scrittura import tocca
from questionari.stati import StatoCompilazione

RINNOVO = timedelta(seconds=60)
ATTIVITA = timedelta(minutes=5)


def segnala_presenza(
    compilazione: Compilazione, utente: Utente, sezione: str, domanda: str, presenti: Iterable[Presenza]
) -> bool:
    """Note where a person is; `presenti` are the rows that were read. Nothing is written if nothing changed."""
    adesso = orologio.adesso()
    mia = next((p for p in presenti if p.utente_id == utente.pk), None)
    if mia and (mia.sezione, mia.domanda) == (sezione, domanda) and adesso - mia.quando < RINNOVO:
        return False
    Presenza.objects.bulk_create(
        [Presenza(compilazione=compilazione, utente=utente, sezione=sezione, domanda=domanda, quando=adesso)],
        update_conflicts=True,
        unique_fields=["compilazione", "utente"],
        update_fields=["sezione", "domanda", "quando"],
    )
    ultima = compilazione.ultima_attivita
    iniziata = compilazione.stato == StatoCompilazione.IN_COMPILAZIONE
    if iniziata and (ultima is None or adesso - ultima > ATTIVITA):
        tocca(compilazione)
    return True
