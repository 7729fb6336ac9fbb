"""What a body has to do next, in one sentence with one button: the panel at the top of its page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accordo.approvazione import interrogazioni, interrogazioni_firme, permessi
from accordo.approvazione.models import Approvazione, TipoComunicazione, Turno
from accordo.approvazione.requisiti import atto_del_testo_definitivo
from accordo.approvazione.stati import StatoApprovazione
from accordo.base import orologio
from accordo.enti.agente import Agente
from accordo.iter import fasi
from accordo.iter.motore import azioni


@dataclass(frozen=True, slots=True)
class Prossimo:
    """The sentence; the button's words and its address if there is something to press; the day by which."""

    frase: str
    azione: str = ""
    url: str = ""
    entro: date | None = None


def prossimo(approvazione: Approvazione, agente: Agente) -> Prossimo | None:
    """Return what is next for the people who work on this body's act; None for anybody else, and outside its time."""
    if not permessi.segue(agente, approvazione) or approvazione.recesso_registrato is not None:
        return None
    if approvazione.stato == StatoApprovazione.FIRMATO:
        return Prossimo(_firmato(approvazione))
    accordo = approvazione.accordo
    if accordo.sottoscritto != approvazione.successiva or not fasi.fase_raggiunta(accordo, "approvazione"):
        return None
    passo = _da_firmare if approvazione.stato == StatoApprovazione.APPROVATO else _da_approvare
    entro = None if approvazione.successiva else fasi.scadenza(accordo, "approvazione")
    frase, azione, rotta = passo(approvazione, agente)
    if not azione:
        return Prossimo(frase)
    if entro is not None and entro < orologio.oggi():
        frase += (
            f" Il termine era il {entro:%d/%m/%Y}: si può fare lo stesso, nel registro resta che arriva dopo."
        )
        entro = None
    dove = [accordo.slug] if rotta == QUADRO else [accordo.slug, approvazione.ente.codice]
    return Prossimo(frase, azione, reverse(rotta, args=dove), entro)


QUADRO = "approvazione:quadro"
_Passo = tuple[str, str, str]


def _da_approvare(approvazione: Approvazione, agente: Agente) -> _Passo:
    if approvazione.stato == StatoApprovazione.NON_APPROVATO:
        senza = " L'accordo prosegue senza questo ente." if approvazione.prosegue_senza_il else ""
        return (
            f"L'ente ha comunicato che non approva.{senza} Se cambia idea, può riprendere l'istruttoria.",
            "",
            "",
        )
    registra = ("Registra l'atto", "approvazione:atto")
    if approvazione.stato == StatoApprovazione.RINVIATO:
        ultima = approvazione.comunicazioni.order_by("-pk").first()
        if ultima is None or ultima.tipo != TipoComunicazione.RISPOSTA:
            return (
                "L'ente ha rinviato il testo con osservazioni: ora deve rispondere chi coordina. Ricevi un avviso.",
                "",
                "",
            )
        return (
            "Chi coordina ha risposto alle osservazioni. Se ora l'ente approva, registra l'atto.",
            *registra,
        )
    return (
        f"Porta il testo all'organo che lo approva (di regola: {approvazione.organo}). Quando l'atto c'è, "
        "registralo qui con il numero, la data e il file.",
        *registra,
    )


def _da_firmare(approvazione: Approvazione, agente: Agente) -> _Passo:
    if list(atto_del_testo_definitivo(approvazione)):
        puo = any(
            a.possibile for a in azioni(approvazione, agente) if a.transizione.verbo == "sostituisci_atto"
        )
        azione = ("Correggi l'atto", "approvazione:atto") if puo else ("", "")
        return (
            "L'atto registrato approva un'altra versione del testo: va corretto, prima non si firma.",
            *azione,
        )
    if not permessi.firma(agente, approvazione):
        chi = (approvazione.ente.titolo_rappresentante or "chi lo rappresenta").lower()
        return f"L'atto è registrato. Ora firma, per l'ente: {chi}.", "", ""
    carica = ("Carica il testo firmato", "approvazione:firma")
    if interrogazioni_firme.a_turno(approvazione.accordo):
        turno = interrogazioni_firme.turno_aperto(approvazione.documento)
        if turno is None or turno.approvazione_id != approvazione.pk or turno.scaduto:
            return _non_tocca(approvazione, turno)
        return (
            f"Tocca al tuo ente, fino al {turno.scade_il:%d/%m/%Y} compreso: scarica il PDF del tuo turno, firmalo con la tua "
            f"firma digitale e carica il file.{_effetto(approvazione)}",
            *carica,
        )
    return (
        "L'atto è registrato. Scarica il testo definitivo, firmalo con la tua firma digitale e carica il file che ne "
        f"esce.{_effetto(approvazione)}",
        *carica,
    )


def _non_tocca(approvazione: Approvazione, turno: Turno | None) -> _Passo:
    if turno is None:
        return "L'atto è registrato. Ricevi un avviso quando tocca al tuo ente firmare.", "", ""
    if turno.approvazione_id == approvazione.pk:
        return (
            f"Il turno del tuo ente è scaduto il {turno.scade_il:%d/%m/%Y}. Chiedi una proroga a chi coordina, oppure "
            "aspetta il prossimo turno.",
            "",
            "",
        )
    chi = turno.approvazione.ente.denominazione
    if turno.scaduto:
        frase = (
            f"Il turno di firma è di: {chi}, ed è scaduto il {turno.scade_il:%d/%m/%Y}. Dal quadro puoi passarlo a chi viene "
            "dopo; se non lo fa nessuno, passa da sé."
        )
        return frase, "Vai al quadro delle firme", QUADRO
    return (
        f"L'atto è registrato. Il PDF da firmare ora è di: {chi}. Quando tocca al tuo ente ricevi un avviso.",
        "",
        "",
    )


def _effetto(approvazione: Approvazione) -> str:
    atto = approvazione.atto
    if atto is None or atto.effetto_dal is None or atto.ha_effetto:
        return ""
    return f" Di regola si firma quando l'atto ha effetto: dal {atto.effetto_dal:%d/%m/%Y}."


def _firmato(approvazione: Approvazione) -> str:
    if approvazione.accordo.sottoscritto:
        return "L'ente ha approvato e firmato, e l'accordo è sottoscritto: non c'è altro da fare."
    mancano = interrogazioni.firme_mancanti(approvazione.documento).count()
    if not mancano:
        altri = "Ci sono tutte le firme."
    else:
        altri = (
            "Manca la firma di un altro ente."
            if mancano == 1
            else f"Mancano le firme di altri {mancano} enti."
        )
    return f"L'ente ha fatto tutto: ha approvato e firmato. {altri}"
