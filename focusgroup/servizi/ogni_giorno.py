"""What is done every day without anybody asking: who has not answered is reminded before it is too late."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from focusgroup.models import Convocazione, Risposta, Riunione, Sondaggio
from focusgroup.servizi.sondaggio import INTERVALLO_PROMEMORIA, manda_promemoria, senza_risposta
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio

PRIMA_DEL_TERMINE = timedelta(days=2)
PRIMA_DELLA_RIUNIONE = timedelta(days=3)
_RISPONDONO = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)


def ricorda_i_sondaggi() -> list[Sondaggio]:
    """Remind who has not answered in the polls that close within two days; not within a day of the last message."""
    adesso = orologio.adesso()
    aperti = Sondaggio.objects.filter(
        stato=StatoSondaggio.APERTO,
        riunione__stato=StatoRiunione.IN_PREPARAZIONE,
        scadenza__gt=adesso,
        scadenza__lte=adesso + PRIMA_DEL_TERMINE,
    )
    ricordati = []
    for trovato in aperti.select_related("riunione"):
        with transaction.atomic():
            blocca_accordo(trovato.riunione.accordo_id)
            sondaggio = aperti.select_related("riunione__accordo").filter(pk=trovato.pk).first()
            if sondaggio is None:
                continue
            ultima = max(filter(None, (sondaggio.aperto_il, sondaggio.ricordato_il)))
            if ultima + INTERVALLO_PROMEMORIA > adesso:
                continue
            if mancano := senza_risposta(sondaggio):
                manda_promemoria(sondaggio, mancano, da=None)
                ricordati.append(sondaggio)
    return ricordati


def ricorda_le_convocazioni() -> list[Riunione]:
    """Remind the bodies that have not answered the call of a meeting within three days: once for each date."""
    adesso = orologio.adesso()
    vicine = Riunione.objects.filter(
        stato=StatoRiunione.CONVOCATA, inizio__gt=adesso, inizio__lte=adesso + PRIMA_DELLA_RIUNIONE
    )
    ricordate = []
    for trovata in vicine:
        with transaction.atomic():
            blocca_accordo(trovata.accordo_id)
            riunione = vicine.select_related("accordo").filter(pk=trovata.pk).first()
            if riunione is None or _gia_ricordata(riunione):
                continue
            mute = list(
                riunione.convocazioni.filter(
                    risposta=Risposta.IN_ATTESA,
                    ente__in=partecipazioni_attive(riunione.accordo).values("ente"),
                ).select_related("ente")
            )
            if mute:
                _ricorda(riunione, mute)
                ricordate.append(riunione)
    return ricordate


def _gia_ricordata(riunione: Riunione) -> bool:
    eventi = Evento.objects.filter(
        accordo=riunione.accordo,
        oggetto_tipo=Riunione._meta.label_lower,
        oggetto_id=str(riunione.pk),
        verbo="ricorda_convocazione",
    )
    return any(dati["sequenza"] == riunione.sequenza for dati in eventi.values_list("dati", flat=True))


def _ricorda(riunione: Riunione, mute: list[Convocazione]) -> None:
    assert riunione.inizio is not None
    quando = localtime(riunione.inizio)
    for ospiti, ruoli in ((False, _RISPONDONO), (True, (*_RISPONDONO, Ruolo.OSSERVATORE))):
        avvisa(
            [c.ente for c in mute if c.ospite == ospiti],
            oggetto=f"{riunione.titolo}: manca la tua risposta",
            testo=f"La riunione è il {quando:%d/%m/%Y}, ore {quando:%H.%M}. Di' se il tuo ente partecipa, e con chi.",
            url=riunione.url("rispondi"),
            ruoli=ruoli,
        )
    registra(
        riunione.accordo,
        da=None,
        verbo="ricorda_convocazione",
        oggetto=riunione,
        dati={"enti": [c.ente.codice for c in mute], "sequenza": riunione.sequenza},
    )
