"""What is missing before the draft can go to the bodies."""

from collections.abc import Iterator

from django.urls import reverse

from accordo.base.errori import Mancanza
from accordo.iter.models import Accordo
from bozze.interrogazioni.testo import da_pubblicare, testo_in_lavoro, ultima_versione


def bozza(accordo: Accordo) -> Iterator[Mancanza]:
    """A version must be published; a draft that has gone on since may be left behind, with a reason."""
    redazione = reverse("bozze:redazione", args=[accordo.slug])
    lavoro = testo_in_lavoro(accordo)
    if ultima_versione(accordo) is None:
        if lavoro is None or not lavoro.testo.radici:
            yield Mancanza("La bozza d'accordo è da scrivere o da caricare.", redazione)
        else:
            yield Mancanza(
                "La bozza è scritta ma non è pubblicata.", reverse("bozze:pubblica", args=[accordo.slug])
            )
    elif lavoro is not None and da_pubblicare(accordo, lavoro.testo):
        testo = (
            "La bozza è cambiata dopo l'ultima versione pubblicata: le modifiche non sono visibili agli enti."
        )
        yield Mancanza(testo, reverse("bozze:pubblica", args=[accordo.slug]), superabile=True)
