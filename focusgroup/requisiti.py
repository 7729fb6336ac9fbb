"""What must hold before the draft is written: the minutes of every area."""

from collections.abc import Iterable

from django.urls import reverse

from accordo.base.errori import Mancanza
from accordo.iter.interrogazioni import enti_consultati
from accordo.iter.models import Accordo
from accordo.rilievi.models import Rilievo
from accordo.rilievi.stati import StatoRilievo
from focusgroup.models import Riunione
from focusgroup.stati import StatoRiunione


def verbali_approvati(accordo: Accordo) -> Iterable[Mancanza]:
    """Each area's path is done when the minutes of its meeting are approved; a written reason may override it.

    One sentence for each area, so that the reason given for one is known again (fasi.manca_per_pubblicare).
    """
    attesi = dict(enti_consultati(accordo).values_list("ente__ambito", "ente__ambito__nome"))
    fatti = set(
        Riunione.objects.filter(accordo=accordo, stato=StatoRiunione.VERBALE_APPROVATO).values_list(
            "ambito", flat=True
        )
    )
    url = reverse("focusgroup:riunioni", args=[accordo.slug])
    for ambito, nome in attesi.items():
        if ambito not in fatti:
            yield Mancanza(f"Manca il verbale approvato: {nome}.", url, superabile=True)


def rilievi_confermati(accordo: Accordo) -> Iterable[Mancanza]:
    """The draft stands on findings: at least one is confirmed."""
    if not Rilievo.objects.filter(accordo=accordo, stato=StatoRilievo.CONFERMATO).exists():
        url = reverse("rilievi:quadro", args=[accordo.slug])
        yield Mancanza("Nessun rilievo è ancora confermato.", url, superabile=True)
