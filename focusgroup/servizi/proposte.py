"""The dates that are proposed: before the poll is open one by one, while it runs a few more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from focusgroup.models import Opzione, Riunione, Sondaggio
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.servizi.sondaggio import chiedi, in_giorni, in_momento, leggi_fresco
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio

DATE_AL_MASSIMO = 20


@dataclass(frozen=True, slots=True)
class DatiData:
    """A date to propose, with its place."""

    inizio: datetime
    durata_minuti: int = 120
    luogo: str = ""
    collegamento: str = ""

    @property
    def fine(self) -> datetime:
        """When the meeting would end."""
        return self.inizio + timedelta(minutes=self.durata_minuti)


def prepara_sondaggio(riunione: Riunione, *, da: Agente) -> Sondaggio:
    """Return the poll of the meeting that is not over, made if there is none."""
    richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        if _stato(riunione) != StatoRiunione.IN_PREPARAZIONE:
            raise ErroreDominio("La data si cerca prima di convocare la riunione.")
        sondaggio, _ = Sondaggio.objects.get_or_create(
            riunione=riunione,
            stato__in=[StatoSondaggio.IN_PREPARAZIONE, StatoSondaggio.APERTO],
            defaults={"stato": StatoSondaggio.IN_PREPARAZIONE},
        )
    return sondaggio


def proponi_data(
    sondaggio: Sondaggio,
    *,
    inizio: datetime,
    durata_minuti: int = 120,
    luogo: str = "",
    collegamento: str = "",
    da: Agente,
) -> Opzione:
    """Add a date to a poll that nobody answers yet."""
    richiedi_coordinatore(sondaggio.accordo, da)
    with transaction.atomic():
        _in_preparazione(sondaggio)
        if inizio <= orologio.adesso():
            raise ErroreDominio("Questa data è già passata: proponi un giorno da oggi in poi.")
        if sondaggio.opzioni.filter(inizio=inizio).exists():
            raise ErroreDominio("Questa data è già fra quelle proposte.")
        if sondaggio.opzioni.count() >= DATE_AL_MASSIMO:
            raise ErroreDominio(f"Le date proposte sono già {DATE_AL_MASSIMO}: togline qualcuna.")
        return Opzione.objects.create(
            sondaggio=sondaggio,
            inizio=inizio,
            durata_minuti=durata_minuti,
            luogo=luogo.strip(),
            collegamento=collegamento.strip(),
        )


def togli_data(opzione: Opzione, *, da: Agente) -> None:
    """Take a date away from a poll that nobody answers yet."""
    richiedi_coordinatore(opzione.sondaggio.accordo, da)
    with transaction.atomic():
        _in_preparazione(opzione.sondaggio)
        opzione.delete()


def aggiungi_date(sondaggio: Sondaggio, nuove: Sequence[DatiData], *, da: Agente) -> list[Opzione]:
    """Add dates while the bodies answer. What they said of the others stays; who has answered is told."""
    richiedi_coordinatore(sondaggio.accordo, da)
    with transaction.atomic():
        blocca_accordo(sondaggio.accordo.pk)
        fresco = leggi_fresco(sondaggio)
        if fresco.stato != StatoSondaggio.APERTO or fresco.scadenza is None:
            raise ErroreDominio("Il sondaggio non è aperto.")
        if fresco.scaduto:
            raise ErroreDominio(
                "Il termine per rispondere è passato: prima dai più tempo, poi aggiungi le date."
            )
        inizi = [nuova.inizio for nuova in nuove]
        if len(set(inizi)) < len(inizi) or fresco.opzioni.filter(inizio__in=inizi).exists():
            raise ErroreDominio("Una di queste date è già fra quelle proposte.")
        if min(inizi) <= fresco.scadenza:
            termine = localtime(fresco.scadenza)
            raise ErroreDominio(
                f"Si risponde entro il {termine:%d/%m/%Y}, ore {termine:%H.%M}: le date vengono dopo."
            )
        if fresco.opzioni.count() + len(inizi) > DATE_AL_MASSIMO:
            raise ErroreDominio(f"Le date proposte sono al massimo {DATE_AL_MASSIMO}.")
        opzioni = Opzione.objects.bulk_create(
            [
                Opzione(
                    sondaggio=fresco,
                    inizio=n.inizio,
                    durata_minuti=n.durata_minuti,
                    luogo=n.luogo.strip(),
                    collegamento=n.collegamento.strip(),
                )
                for n in nuove
            ]
        )
        registra(
            fresco.accordo,
            da=da,
            verbo="aggiunge_date",
            oggetto=fresco.riunione,
            dati={"date": [inizio.isoformat() for inizio in inizi]},
        )
        chiedi(
            fresco,
            [r.ente for r in fresco.risposte.select_related("ente")],
            oggetto="ci sono nuove date",
            testo=(
                f"Nuove date: {in_giorni(opzioni)}.\n\nLa risposta del tuo ente per le altre date resta: "
                f"di' anche se queste vanno bene, entro il {in_momento(fresco.scadenza)}."
            ),
        )
    return opzioni


def _stato(riunione: Riunione) -> str:
    return Riunione.objects.values_list("stato", flat=True).get(pk=riunione.pk)


def _in_preparazione(sondaggio: Sondaggio) -> None:
    blocca_accordo(sondaggio.accordo.pk)
    if leggi_fresco(sondaggio).stato != StatoSondaggio.IN_PREPARAZIONE:
        raise ErroreDominio(
            "Il sondaggio è già aperto: le date proposte non si cambiano più. Puoi aggiungerne altre."
        )
