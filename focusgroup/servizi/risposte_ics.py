"""Answers that came by mail: the REPLY that a calendar sends when somebody accepts or declines (RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from icalendar import Calendar

from accordo.base import orologio
from accordo.base.errori import ErroreDominio
from accordo.enti.agente import Agente
from accordo.enti.models import Incarico, Ruolo, Utente
from accordo.iter.motore import blocca_accordo
from accordo.iter.registro import registra
from focusgroup.calendario import uid
from focusgroup.models import Convocazione, Risposta, Riunione
from focusgroup.servizi.comuni import richiedi_coordinatore
from focusgroup.stati import StatoRiunione

MASSIMO_KB = 256
_RISPOSTE = {
    "ACCEPTED": Risposta.ACCETTATA,
    "TENTATIVE": Risposta.FORSE,
    "DECLINED": Risposta.DECLINATA,
}
_ILLEGGIBILE = (
    "Questo file non è la risposta di un calendario: serve l'allegato .ics del messaggio di risposta."
)


@dataclass(frozen=True, slots=True)
class _Letta:
    uid: str
    sequenza: int
    quando: datetime | None
    email: str
    nome: str
    risposta: Risposta


def _leggi(contenuto: bytes) -> _Letta:
    """Return what the file says; ErroreDominio if it is not the answer of one person."""
    try:
        calendario = Calendar.from_ical(contenuto)
        voci = calendario.walk("VEVENT")
        if str(calendario.get("method", "")).upper() != "REPLY" or not voci:
            raise ErroreDominio(_ILLEGGIBILE)
        voce = voci[0]
        chi = voce["attendee"]
        if isinstance(chi, list):
            [chi] = chi
        quando = voce.get("dtstamp")
        return _Letta(
            str(voce["uid"]),
            int(voce.get("sequence", 0)),
            quando.dt
            if quando is not None and isinstance(quando.dt, datetime) and quando.dt.tzinfo
            else None,
            str(chi).lower().removeprefix("mailto:").strip(),
            str(chi.params.get("CN", "")).replace("\x00", "").strip(),
            _RISPOSTE[str(chi.params["PARTSTAT"]).upper()],
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as errore:
        raise ErroreDominio(_ILLEGGIBILE) from errore


def registra_risposta(riunione: Riunione, contenuto: bytes, *, da: Agente) -> Convocazione:
    """Write the answer that the file carries for the body of who sent it; what the body said later stays."""
    richiedi_coordinatore(riunione.accordo, da)
    letta = _leggi(contenuto)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo").get(pk=riunione.pk)
        if fresca.stato != StatoRiunione.CONVOCATA:
            raise ErroreDominio("Le risposte si registrano mentre la riunione è convocata.")
        if letta.uid != uid(fresca):
            raise ErroreDominio("Questa risposta è di un'altra riunione.")
        if letta.sequenza < fresca.sequenza:
            raise ErroreDominio("Questa risposta è per la data di prima: poi la riunione è cambiata.")
        convocazione, persona = _di_chi(fresca, letta.email)
        if convocazione.risposta_il and letta.quando and letta.quando < convocazione.risposta_il:
            raise ErroreDominio(
                f"{convocazione.ente} ha risposto dopo questo messaggio: vale l'ultima risposta."
            )
        _scrivi(convocazione, letta, persona, da)
        registra(
            fresca.accordo,
            da=da,
            verbo="registra_risposta",
            oggetto=convocazione,
            dati={"risposta": str(letta.risposta), "da": letta.email},
        )
    return convocazione


def _di_chi(riunione: Riunione, email: str) -> tuple[Convocazione, Utente | None]:
    """Return the body called for which this address answers, and the person if they have a login."""
    convocazioni = {c.ente_id: c for c in riunione.convocazioni.select_related("ente", "persona")}
    for convocazione in convocazioni.values():
        if convocazione.persona is not None and convocazione.persona.email.lower() == email:
            return convocazione, convocazione.persona
        if convocazione.email.lower() == email:
            return convocazione, None
    incarichi = Incarico.objects.in_corso().filter(ente__in=convocazioni, utente__email__iexact=email)
    validi = {
        i.ente_id: i.utente
        for i in incarichi.select_related("utente")
        if i.ruolo in (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE)
        or (i.ruolo == Ruolo.OSSERVATORE and convocazioni[i.ente_id].ospite)
    }
    if not validi:
        raise ErroreDominio("Chi ha mandato questa risposta non parla per un ente convocato.")
    if len(validi) > 1:
        raise ErroreDominio(
            "Chi ha mandato questa risposta parla per più enti: chiedi che risponda sul portale."
        )
    [(ente, persona)] = validi.items()
    return convocazioni[ente], persona


def _scrivi(convocazione: Convocazione, letta: _Letta, persona: Utente | None, da: Agente) -> None:
    convocazione.risposta = letta.risposta
    convocazione.risposta_il, convocazione.risposta_da = orologio.adesso(), da.utente
    if letta.risposta == Risposta.ACCETTATA and not convocazione.partecipante:
        convocazione.partecipante = (str(persona) if persona else letta.nome or letta.email)[:160]
        convocazione.persona = persona
    convocazione.save()
