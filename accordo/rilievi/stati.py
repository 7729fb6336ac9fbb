"""The life of a finding."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter.motore import Transizione, Vita

if TYPE_CHECKING:
    from accordo.rilievi.models import Rilievo


class StatoRilievo(models.TextChoices):
    """A finding is proposed, then stands, is dropped or is merged into another; nothing is deleted."""

    PROPOSTO = "proposto", "Proposto"
    CONFERMATO = "confermato", "Confermato"
    SCARTATO = "scartato", "Scartato"
    UNITO = "unito", "Unito a un altro"


VIVI = (StatoRilievo.PROPOSTO, StatoRilievo.CONFERMATO)
"""The findings that count."""


def nessuno_unito(rilievo: "Rilievo") -> Iterable[Mancanza]:
    """What others were merged into is not dropped: their evidence would go with it."""
    for unito in rilievo.uniti.select_related("accordo"):
        yield Mancanza(
            f"Il rilievo {unito.numero} è unito a questo: prima separalo, o uniscilo a un altro.",
            unito.get_absolute_url(),
        )


VITA_RILIEVO = Vita(
    nome="Rilievo",
    stati=StatoRilievo,
    parole={
        StatoRilievo.PROPOSTO: Parola.IN_CORSO,
        StatoRilievo.CONFERMATO: Parola.FATTO,
        StatoRilievo.SCARTATO: Parola.NON_FATTO,
        StatoRilievo.UNITO: Parola.PIU_AVANTI,
    },
    transizioni=(
        Transizione(
            da=(StatoRilievo.PROPOSTO,),
            a=StatoRilievo.CONFERMATO,
            verbo="conferma",
            etichetta="Conferma il rilievo",
            ruoli=(Ruolo.COORDINATORE,),
        ),
        Transizione(
            da=(StatoRilievo.PROPOSTO, StatoRilievo.CONFERMATO),
            a=StatoRilievo.SCARTATO,
            verbo="scarta",
            etichetta="Scarta il rilievo",
            ruoli=(Ruolo.COORDINATORE,),
            requisiti=(nessuno_unito,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoRilievo.SCARTATO, StatoRilievo.CONFERMATO),
            a=StatoRilievo.PROPOSTO,
            verbo="riprendi",
            etichetta="Riporta fra i rilievi proposti",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=VIVI,
            a=StatoRilievo.UNITO,
            verbo="unisci",
            etichetta="Unisci a un altro rilievo",
            ruoli=(Ruolo.COORDINATORE,),
        ),
        Transizione(
            da=(StatoRilievo.UNITO,),
            a=StatoRilievo.PROPOSTO,
            verbo="separa",
            etichetta="Separa di nuovo il rilievo",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
    ),
)
