"""The life of a finding."""

from django.db import models

from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter.motore import Transizione, Vita


class StatoRilievo(models.TextChoices):
    """A finding is proposed, then stands or is dropped; nothing is deleted."""

    PROPOSTO = "proposto", "Proposto"
    CONFERMATO = "confermato", "Confermato"
    SCARTATO = "scartato", "Scartato"


VITA_RILIEVO = Vita(
    nome="Rilievo",
    stati=StatoRilievo,
    parole={
        StatoRilievo.PROPOSTO: Parola.IN_CORSO,
        StatoRilievo.CONFERMATO: Parola.FATTO,
        StatoRilievo.SCARTATO: Parola.NON_FATTO,
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
    ),
)
