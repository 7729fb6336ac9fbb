"""The life of a meeting, from the first idea of a date to the approved minutes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from accordo.base import orologio
from accordo.base.errori import Mancanza
from accordo.base.parole import Parola
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.motore import Transizione, Vita
from focusgroup.condizioni import correzioni_esaminate, nomi_con_consenso, termine_passato, verbale_scritto

if TYPE_CHECKING:
    from focusgroup.models import Riunione

FASE = "focus_group"


class StatoRiunione(models.TextChoices):
    """Where a meeting is."""

    IN_PREPARAZIONE = "in_preparazione", "In preparazione"
    CONVOCATA = "convocata", "Convocata"
    SVOLTA = "svolta", "Svolta, verbale da scrivere"
    VERBALE_PUBBLICATO = "verbale_pubblicato", "Verbale in lettura"
    VERBALE_APPROVATO = "verbale_approvato", "Verbale approvato"
    ANNULLATA = "annullata", "Annullata"


def data_e_luogo(riunione: "Riunione") -> Iterable[Mancanza]:
    """A meeting is called for a day to come, in a place or on line, with something to speak of."""
    url = riunione.url("prepara")
    if riunione.inizio is None:
        yield Mancanza("Manca la data della riunione.", url)
    elif riunione.inizio < orologio.adesso():
        yield Mancanza("La data della riunione è già passata.", url)
    if not riunione.luogo and not riunione.collegamento:
        yield Mancanza("Manca il luogo, o il collegamento per chi partecipa a distanza.", url)
    if not riunione.punti.exists():
        yield Mancanza("Manca l'ordine del giorno.", url)
    if not riunione.convocazioni.exists():
        yield Mancanza("Nessun ente di questo ambito partecipa all'accordo.")


def almeno_un_presente(riunione: "Riunione") -> Iterable[Mancanza]:
    """A meeting was held when its hour has come and somebody was there."""
    if riunione.inizio is not None and riunione.inizio > orologio.adesso():
        yield Mancanza("La riunione non è ancora cominciata.")
    if not riunione.convocazioni.filter(presente=True).exists():
        yield Mancanza("Manca il registro delle presenze.", riunione.url("presenze"))


def fase_in_corso(riunione: "Riunione") -> Iterable[Mancanza]:
    """Meetings are called in their phase, or later if one is needed again; not before."""
    if not fasi.fase_raggiunta(riunione.accordo, FASE):
        yield Mancanza("I focus group cominciano dopo la restituzione degli esiti.")


_COORDINATORE = (Ruolo.COORDINATORE,)

VITA_RIUNIONE = Vita(
    nome="Focus group",
    stati=StatoRiunione,
    parole={
        StatoRiunione.IN_PREPARAZIONE: Parola.DA_FARE,
        StatoRiunione.CONVOCATA: Parola.IN_CORSO,
        StatoRiunione.SVOLTA: Parola.IN_CORSO,
        StatoRiunione.VERBALE_PUBBLICATO: Parola.IN_CORSO,
        StatoRiunione.VERBALE_APPROVATO: Parola.FATTO,
        StatoRiunione.ANNULLATA: Parola.NON_FATTO,
    },
    transizioni=(
        Transizione(
            da=(StatoRiunione.IN_PREPARAZIONE,),
            a=StatoRiunione.CONVOCATA,
            verbo="convoca",
            etichetta="Convoca la riunione",
            ruoli=_COORDINATORE,
            requisiti=(fase_in_corso, data_e_luogo),
        ),
        Transizione(
            da=(StatoRiunione.CONVOCATA,),
            a=StatoRiunione.SVOLTA,
            verbo="chiudi_riunione",
            etichetta="Registra che la riunione si è svolta",
            ruoli=_COORDINATORE,
            requisiti=(almeno_un_presente,),
        ),
        Transizione(
            da=(StatoRiunione.SVOLTA,),
            a=StatoRiunione.VERBALE_PUBBLICATO,
            verbo="pubblica_verbale",
            etichetta="Manda il verbale in lettura",
            ruoli=_COORDINATORE,
            requisiti=(verbale_scritto, nomi_con_consenso),
        ),
        Transizione(
            da=(StatoRiunione.VERBALE_PUBBLICATO,),
            a=StatoRiunione.VERBALE_APPROVATO,
            verbo="approva_verbale",
            etichetta="Approva il verbale",
            ruoli=_COORDINATORE,
            requisiti=(verbale_scritto, correzioni_esaminate, termine_passato),
        ),
        Transizione(
            da=(StatoRiunione.VERBALE_PUBBLICATO,),
            a=StatoRiunione.SVOLTA,
            verbo="riapri_verbale",
            etichetta="Riapri il verbale",
            ruoli=_COORDINATORE,
            motivazione_obbligatoria=True,
        ),
        Transizione(
            da=(StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA),
            a=StatoRiunione.ANNULLATA,
            verbo="annulla",
            etichetta="Annulla la riunione",
            ruoli=_COORDINATORE,
            motivazione_obbligatoria=True,
        ),
    ),
)
