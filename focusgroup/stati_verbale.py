"""The lives of what surrounds the minutes: corrections asked, points given."""

from django.db import models

from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter.motore import Transizione, Vita


class StatoCorrezione(models.TextChoices):
    """A correction is asked, then answered; or taken back by who asked."""

    CHIESTA = "chiesta", "Da esaminare"
    ACCOLTA = "accolta", "Accolta"
    NON_ACCOLTA = "non_accolta", "Non accolta"
    RITIRATA = "ritirata", "Ritirata"


VITA_CORREZIONE = Vita(
    nome="Correzione al verbale",
    stati=StatoCorrezione,
    parole={
        StatoCorrezione.CHIESTA: Parola.DA_FARE,
        StatoCorrezione.ACCOLTA: Parola.FATTO,
        StatoCorrezione.NON_ACCOLTA: Parola.NON_FATTO,
        StatoCorrezione.RITIRATA: Parola.PIU_AVANTI,
    },
    transizioni=(
        Transizione(
            da=(StatoCorrezione.CHIESTA,),
            a=StatoCorrezione.ACCOLTA,
            verbo="accogli_correzione",
            etichetta="Accogli la correzione",
            ruoli=(Ruolo.COORDINATORE,),
        ),
        Transizione(
            da=(StatoCorrezione.CHIESTA,),
            a=StatoCorrezione.NON_ACCOLTA,
            verbo="non_accogliere_correzione",
            etichetta="Non accogliere la correzione",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoCorrezione.CHIESTA,),
            a=StatoCorrezione.RITIRATA,
            verbo="ritira_correzione",
            etichetta="Ritira la correzione",
            ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE, Ruolo.OSSERVATORE),
        ),
    ),
)


class StatoPriorita(models.TextChoices):
    """Points are given, then what they say is agreed."""

    APERTA = "aperta", "Si danno i punti"
    CONCORDATA = "concordata", "Concordata"


VITA_PRIORITA = Vita(
    nome="Punti di un focus group",
    stati=StatoPriorita,
    parole={StatoPriorita.APERTA: Parola.IN_CORSO, StatoPriorita.CONCORDATA: Parola.FATTO},
    transizioni=(
        Transizione(
            da=(StatoPriorita.APERTA,),
            a=StatoPriorita.CONCORDATA,
            verbo="concorda_priorita",
            etichetta="Registra la priorità concordata",
            ruoli=(Ruolo.COORDINATORE,),
        ),
        Transizione(
            da=(StatoPriorita.CONCORDATA,),
            a=StatoPriorita.APERTA,
            verbo="riapri_priorita",
            etichetta="Riapri i punti",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
    ),
)
