"""What phase 8 asks of a person, and what they have done."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accordo.approvazione import interrogazioni, permessi
from accordo.approvazione.models import Approvazione
from accordo.approvazione.prossimo import prossimo
from accordo.approvazione.scadenze import vicina_la_scadenza
from accordo.approvazione.stati import StatoApprovazione
from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.iter import fasi
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina

FASE = "approvazione"
_TITOLI = {
    "Carica il testo firmato": "Firma l'accordo",
    "Correggi l'atto": "Correggi l'atto di approvazione",
    "Vai al quadro delle firme": "Passa il turno scaduto",
}
"""What to do, by the button of the panel on the body's page."""
_DA_APPROVARE = (StatoApprovazione.IN_ATTESA, StatoApprovazione.IN_ISTRUTTORIA, StatoApprovazione.RINVIATO)


def attivita(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Yield the lines of "Le mie attività"."""
    if not fasi.fase_raggiunta(accordo, FASE):
        return
    approvazione = interrogazioni.attuale_di(agente, accordo)
    if approvazione is not None and permessi.segue(agente, approvazione):
        yield from _dell_ente(accordo, agente, approvazione)
    if coordina(agente, accordo) and fasi.in_fase(accordo, FASE):
        yield from _di_chi_coordina(accordo)
    if coordina(agente, accordo) and vicina_la_scadenza(accordo, orologio.oggi()):
        yield Attivita(
            "Prepara il rinnovo dell'accordo",
            "L'accordo sta per scadere: se si vuole continuare, serve un nuovo accordo o una proroga firmata da tutti.",
            reverse("approvazione:quadro", args=[accordo.slug]),
            "Vedi il quadro",
            entro=accordo.scade_il,
        )


def _dell_ente(accordo: Accordo, agente: Agente, approvazione: Approvazione) -> Iterator[Attivita]:
    url = approvazione.get_absolute_url()
    in_fase = fasi.in_fase(accordo, FASE)
    aperta = accordo.sottoscritto if approvazione.successiva else in_fase
    entro = fasi.scadenza(accordo, FASE) if in_fase else None
    if approvazione.stato in _DA_APPROVARE and aperta:
        passo = prossimo(approvazione, agente)
        if passo is not None and not passo.azione:
            return  # it has sent remarks: who leads has the word
        yield Attivita(
            "Approva il testo definitivo",
            f"Serve l'atto dell'organo competente ({approvazione.organo}). Registralo qui con numero, data e file.",
            url,
            "Registra l'atto",
            entro=entro,
        )
    elif approvazione.stato == StatoApprovazione.APPROVATO and aperta:
        passo = prossimo(approvazione, agente)
        if passo is not None and passo.azione:
            yield Attivita(_TITOLI[passo.azione], passo.frase, passo.url, passo.azione, entro=entro)
        else:
            parole = (
                passo.frase if passo is not None else "L'atto è registrato: ora firma chi rappresenta l'ente."
            )
            yield Attivita(
                "Approva il testo definitivo", parole, url, "Vedi l'atto", fatta_il=_giorno_atto(approvazione)
            )
    elif approvazione.stato == StatoApprovazione.FIRMATO and approvazione.firmata:
        yield Attivita(
            "Firma l'accordo",
            f"Firmato da {approvazione.firmata.firmatari}.",
            url,
            "Vedi la firma",
            fatta_il=timezone.localtime(approvazione.firmata.caricata_il).date(),
        )


def _giorno_atto(approvazione: Approvazione) -> date | None:
    atto = approvazione.atto
    return timezone.localtime(atto.registrato_il).date() if atto else None


def _di_chi_coordina(accordo: Accordo) -> Iterator[Attivita]:
    documento = interrogazioni.documento_attuale(accordo)
    if documento is None:
        return
    conteggio = interrogazioni.conta(interrogazioni.approvazioni_di(documento))
    quadro = reverse("approvazione:quadro", args=[accordo.slug])
    for approvazione in interrogazioni.in_attesa_di_chi_coordina(documento):
        rinviato = approvazione.stato == StatoApprovazione.RINVIATO
        yield Attivita(
            f"{'Rispondi alle osservazioni' if rinviato else 'Decidi come proseguire'}: {approvazione.ente.nome_breve}",
            "L'ente ha rinviato il testo: rispondi, oppure riapri il testo."
            if rinviato
            else "L'ente non approva il testo: prosegui senza, oppure riapri il testo.",
            approvazione.get_absolute_url(),
            "Leggi che cosa scrive",
        )
    if conteggio.mancano:
        yield Attivita(
            "Segui l'approvazione degli enti",
            conteggio.frase,
            quadro,
            "Vedi il quadro",
            entro=fasi.scadenza(accordo, FASE),
        )
    else:
        yield Attivita(
            "Dichiara sottoscritto l'accordo",
            conteggio.frase,
            reverse("approvazione:quadro", args=[accordo.slug]),
            "Vedi il quadro",
        )
