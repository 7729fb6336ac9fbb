"""Date and place, the call, and what the bodies answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from focusgroup import permessi as miei
from focusgroup.models import Convocazione, Risposta, Riunione
from focusgroup.servizi.comuni import lascia_i_sondaggi, richiedi_coordinatore
from focusgroup.servizi.verbale import scrivi_ordine_del_giorno
from focusgroup.stati import StatoRiunione


def fissa_riunione(
    riunione: Riunione,
    *,
    inizio: datetime,
    luogo: str = "",
    collegamento: str = "",
    durata_minuti: int = 120,
    punti: Sequence[str] | None = None,
    da: Agente,
) -> None:
    """Set date, place and agenda. If the meeting was called already, the bodies are told and answer again."""
    richiedi_coordinatore(riunione.accordo, da)
    with transaction.atomic():
        blocca_accordo(riunione.accordo_id)
        fresca = Riunione.objects.select_related("accordo", "ambito").get(pk=riunione.pk)
        if fresca.stato not in {StatoRiunione.IN_PREPARAZIONE, StatoRiunione.CONVOCATA}:
            raise ErroreDominio(f"La riunione non si può più cambiare: è «{fresca.stato_in_parole.lower()}».")
        prima = (fresca.inizio, fresca.luogo, fresca.collegamento, fresca.durata_minuti)
        fresca.inizio, fresca.luogo, fresca.collegamento = inizio, luogo.strip(), collegamento.strip()
        fresca.durata_minuti = durata_minuti
        cambiata = prima != (fresca.inizio, fresca.luogo, fresca.collegamento, fresca.durata_minuti)
        convocata = fresca.stato == StatoRiunione.CONVOCATA
        if convocata and inizio < orologio.adesso():
            raise ErroreDominio("La nuova data è già passata: scegli un giorno da oggi in poi.")
        if cambiata and convocata:
            fresca.sequenza += 1
            fresca.convocazioni.update(
                risposta=Risposta.IN_ATTESA, risposta_il=None, risposta_da=None, partecipante="", qualifica=""
            )
        fresca.save()
        if punti is not None:
            scrivi_ordine_del_giorno(fresca, punti)
        if cambiata:
            registra(
                fresca.accordo,
                da=da,
                verbo="sposta_riunione" if convocata else "fissa_riunione",
                oggetto=fresca,
                dati={"inizio": inizio.isoformat(), "luogo": fresca.luogo},
            )
            if convocata:
                avvisa_convocati(
                    fresca, "è cambiata", "La data o il luogo sono cambiati: di' di nuovo se partecipate."
                )
    riunione._copia_da(fresca)


def convoca_riunione(riunione: Riunione, *, da: Agente) -> Evento:
    """Call the meeting: the bodies on the list are told."""
    with transaction.atomic():
        evento = esegui(riunione, "convoca", da=da)
        lascia_i_sondaggi(riunione, "La riunione è convocata senza il sondaggio.", da=da)
        avvisa_convocati(riunione, "è convocata", "Di' se il tuo ente partecipa, e con chi.")
    return evento


def avvisa_convocati(riunione: Riunione, fatto: str, invito: str) -> None:
    assert riunione.inizio is not None
    quando = localtime(riunione.inizio)
    avvisa(
        riunione.convocazioni.values_list("ente", flat=True),
        oggetto=f"{riunione.titolo}: la riunione {fatto}",
        testo=f"{riunione.titolo}\n{quando:%d/%m/%Y}, ore {quando:%H.%M}\n"
        f"{riunione.luogo}\n{riunione.collegamento}\n\n{invito}",
        url=riunione.url(),
    )


def rispondi_convocazione(
    convocazione: Convocazione, risposta: str, *, partecipante: str = "", qualifica: str = "", da: Agente
) -> None:
    """Say whether the body comes, and who for it: its representative or somebody whom it names."""
    if not miei.risponde(da, convocazione):
        raise NonAutorizzato(
            "Risponde chi è referente o rappresentante dell'ente convocato, finché la riunione è convocata."
        )
    if risposta == Risposta.ACCETTATA and not partecipante.strip():
        raise ErroreDominio("Scrivi chi partecipa per l'ente.")
    accordo = convocazione.riunione.accordo
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        stato = Riunione.objects.values_list("stato", flat=True).get(pk=convocazione.riunione_id)
        if stato != StatoRiunione.CONVOCATA:
            raise ErroreDominio("Nel frattempo la riunione è cambiata: ricarica la pagina.")
        convocazione.risposta = Risposta(risposta)
        convocazione.partecipante, convocazione.qualifica = partecipante.strip(), qualifica.strip()
        convocazione.risposta_il, convocazione.risposta_da = orologio.adesso(), da.utente
        convocazione.save()
        registra(
            accordo,
            da=da,
            verbo="risponde_convocazione",
            oggetto=convocazione,
            dati={"risposta": str(risposta)},
        )
