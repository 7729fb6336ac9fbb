"""The lives of what the examination opens beside an amendment: a reformulation put to its proposer, a carry-over that
waits for a person.
"""

from django.db.models import TextChoices

from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter.motore import Transizione, Vita
from bozze.stati import poi


class StatoRiformulazione(TextChoices):
    """New words for an amendment, put to whoever proposed it: without their consent nothing changes."""

    PROPOSTA = "proposta", "In attesa del proponente"
    ACCETTATA = "accettata", "Accettata"
    RIFIUTATA = "rifiutata", "Rifiutata"
    RITIRATA = "ritirata", "Ritirata"


class StatoRiporto(TextChoices):
    """An open amendment whose target changed in a new version: a person says what becomes of it."""

    IN_ATTESA = "in_attesa", "In attesa"
    CONFERMATO = "confermato", "Confermato sul nuovo testo"
    RISCRITTO = "riscritto", "Riscritto"
    CHIUSO = "chiuso", "Chiuso"


VITA_RIFORMULAZIONE = Vita(
    "riformulazione",
    StatoRiformulazione,
    transizioni=(
        Transizione(
            da=("proposta",),
            a="accettata",
            verbo="accetta_riformulazione",
            etichetta="Accetta la riformulazione",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(poi("risposta_in_tempo"), poi("riformulazione_attuale")),
        ),
        Transizione(
            da=("proposta",),
            a="rifiutata",
            verbo="rifiuta_riformulazione",
            etichetta="Rifiuta la riformulazione",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(poi("risposta_in_tempo"),),
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=("proposta",),
            a="ritirata",
            verbo="ritira_riformulazione",
            etichetta="Ritira la riformulazione",
            ruoli=(Ruolo.COORDINATORE,),
            motivazione_obbligatoria=True,
        ),
    ),
    parole={
        "proposta": Parola.IN_CORSO,
        "accettata": Parola.FATTO,
        "rifiutata": Parola.NON_FATTO,
        "ritirata": Parola.NON_PREVISTO,
    },
)

_ENTE_O_CHI_COORDINA = (Ruolo.RAPPRESENTANTE, Ruolo.COORDINATORE)

VITA_RIPORTO = Vita(
    "riporto",
    StatoRiporto,
    transizioni=(
        Transizione(
            da=("in_attesa",),
            a="confermato",
            verbo="conferma_riporto",
            etichetta="Conferma l'emendamento sul nuovo testo",
            ruoli=_ENTE_O_CHI_COORDINA,
            requisiti=(poi("riporto_aperto"),),
        ),
        Transizione(
            da=("in_attesa",),
            a="riscritto",
            verbo="riscrivi_riporto",
            etichetta="Riscrivi l'emendamento sul nuovo testo",
            ruoli=(Ruolo.RAPPRESENTANTE,),
            requisiti=(poi("riporto_aperto"),),
        ),
        Transizione(
            da=("in_attesa",),
            a="chiuso",
            verbo="chiudi_riporto",
            etichetta="Chiudi",
            ruoli=_ENTE_O_CHI_COORDINA,
            requisiti=(poi("riporto_aperto"),),
            motivazione_obbligatoria=True,
        ),
    ),
    parole={
        "in_attesa": Parola.DA_FARE,
        "confermato": Parola.FATTO,
        "riscritto": Parola.FATTO,
        "chiuso": Parola.NON_PREVISTO,
    },
)
