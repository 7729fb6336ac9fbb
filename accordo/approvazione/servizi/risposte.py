"""The body that does not approve the text as it is, and what who coordinates answers and decides."""

from django.core.files import File
from django.db import transaction

from accordo.approvazione import interrogazioni
from accordo.approvazione.models import Approvazione, Comunicazione, TipoComunicazione
from accordo.approvazione.servizi.avvisi import avvisa_chi_coordina
from accordo.approvazione.servizi.pervenuti import Pec, controlla, leggi
from accordo.approvazione.servizi.riunione import componi_firmato
from accordo.base import orologio
from accordo.base.errori import StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import esegui

_VERBI_RICEVUTI = {
    TipoComunicazione.RINVIO: "registra_rinvio",
    TipoComunicazione.NON_APPROVAZIONE: "registra_non_approvazione",
}


def rinvia(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Send the text back with remarks; who leads the accord is told."""
    frase = "ha rinviato il testo con osservazioni"
    return _rifiuta(approvazione, "rinvia", TipoComunicazione.RINVIO, motivazione, da, frase)


def non_approvare(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Say that the body does not approve, and why; who leads the accord is told."""
    frase = "ha comunicato che non approva il testo"
    return _rifiuta(approvazione, "non_approvare", TipoComunicazione.NON_APPROVAZIONE, motivazione, da, frase)


def _rifiuta(
    approvazione: Approvazione, verbo: str, tipo: TipoComunicazione, motivazione: str, da: Agente, frase: str
) -> Evento:
    def applica(fresca: Approvazione) -> None:
        fresca.osservazioni = motivazione.strip()
        _scrivi(fresca, tipo, motivazione, da)

    with transaction.atomic():
        evento = esegui(approvazione, verbo, da=da, motivazione=motivazione, applica=applica)
        avvisa_chi_coordina(approvazione, f"{approvazione.ente.con_articolo} {frase}.")
    return evento


def registra_ricevuta(
    approvazione: Approvazione, *, tipo: str, testo: str, file: "File[bytes]", pec: Pec, da: Agente
) -> Evento:
    """Write down the remarks or the refusal that a body sent by certified mail, with the document; the body is told."""
    controlla(pec, orologio.oggi())
    genere = TipoComunicazione(tipo)
    ricevuto = leggi(file)

    def applica(fresca: Approvazione) -> None:
        fresca.osservazioni = testo.strip()
        lettera = Comunicazione(
            approvazione=fresca,
            tipo=genere,
            testo=testo.strip(),
            file_nome=ricevuto.nome,
            file_sha256=ricevuto.sha256,
            quando=orologio.adesso(),
            scritta_da=da.utente,
            **pec.come_campi(),
        )
        lettera.file.save("lettera.pdf", ricevuto.come_file(), save=False)
        lettera.save()

    with transaction.atomic():
        evento = esegui(
            approvazione,
            _VERBI_RICEVUTI[genere],
            da=da,
            motivazione=testo,
            dati={**pec.come_dati(), "file_sha256": ricevuto.sha256},
            applica=applica,
        )
        _avvisa_l_ente(
            approvazione,
            f"Chi coordina ha registrato quello che il tuo ente ha mandato per PEC (protocollo {pec.protocollo}). "
            "Controlla che sia giusto.",
        )
    return evento


def rispondi(approvazione: Approvazione, *, testo: str, revisione: int | None = None, da: Agente) -> Evento:
    """Answer a body's remarks in writing; the body is told and can take up its work again.

    `revisione` is that of the page where the answer was written: so a second click is not a second answer.
    """
    if revisione is not None and revisione != approvazione.revisione:
        raise StatoCambiato(
            "Nel frattempo qualcosa è cambiato, o la risposta era già partita: guarda la pagina."
        )

    def applica(fresca: Approvazione) -> None:
        _scrivi(fresca, TipoComunicazione.RISPOSTA, testo, da)

    with transaction.atomic():
        evento = esegui(approvazione, "rispondi_osservazioni", da=da, motivazione=testo, applica=applica)
        _avvisa_l_ente(approvazione, f"Chi coordina ha risposto alle osservazioni:\n\n{testo.strip()}")
    return evento


def prosegui_senza(approvazione: Approvazione, *, motivazione: str, da: Agente) -> Evento:
    """Go on without a body that does not approve: the others sign, and its signature is no longer waited for."""

    def applica(fresca: Approvazione) -> None:
        fresca.prosegue_senza_il = orologio.adesso()
        _scrivi(fresca, TipoComunicazione.SENZA, motivazione, da)

    with transaction.atomic():
        evento = esegui(approvazione, "prosegui_senza", da=da, motivazione=motivazione, applica=applica)
        _avvisa_l_ente(
            approvazione,
            f"L'accordo prosegue senza il tuo ente, perché:\n\n{motivazione.strip()}\n\n"
            "Finché l'accordo non è sottoscritto puoi ancora riprendere l'istruttoria.",
        )
        if not interrogazioni.firme_mancanti(approvazione.documento).exists():
            componi_firmato(approvazione.documento)
    return evento


def _scrivi(approvazione: Approvazione, tipo: TipoComunicazione, testo: str, da: Agente) -> None:
    Comunicazione.objects.create(
        approvazione=approvazione,
        tipo=tipo,
        testo=testo.strip(),
        quando=orologio.adesso(),
        scritta_da=da.utente,
    )


def _avvisa_l_ente(approvazione: Approvazione, testo: str) -> None:
    accordo = approvazione.accordo
    avvisa(
        [approvazione.ente_id],
        oggetto=f"Approvazione: {accordo.titolo}",
        testo=testo,
        url=approvazione.get_absolute_url(),
        ruoli=(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE),
    )
