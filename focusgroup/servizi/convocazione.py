"""Date and place, the call, and what the bodies answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.utils.timezone import localtime

from accordo.base import orologio
from accordo.base.allegati import estensione
from accordo.base.errori import ErroreDominio, NonAutorizzato
from accordo.enti.agente import Agente
from accordo.enti.models import Incarico, Utente
from accordo.iter.avvisi import avvisa
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from focusgroup import permessi as miei
from focusgroup.calendario import Invitato
from focusgroup.models import Convocazione, Risposta, Riunione
from focusgroup.servizi import inviti
from focusgroup.servizi.comuni import lascia_i_sondaggi, richiedi_coordinatore
from focusgroup.servizi.ordine import scrivi_ordine_del_giorno
from focusgroup.stati import StatoRiunione
from focusgroup.stati_sondaggio import StatoSondaggio


def fissa_riunione(
    riunione: Riunione,
    *,
    inizio: datetime,
    luogo: str = "",
    collegamento: str = "",
    durata_minuti: int = 120,
    punti: Sequence[str] | None = None,
    motivazione: str = "",
    da: Agente,
) -> None:
    """Set date, place and agenda. If the meeting was called already, a reason is wanted, the entry in everybody's
    calendar moves, and the bodies answer again if the day or the place is another; who comes for them stays written.
    """
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
        da_capo = prima[:2] != (fresca.inizio, fresca.luogo)
        convocata = fresca.stato == StatoRiunione.CONVOCATA
        if convocata and inizio < orologio.adesso():
            raise ErroreDominio("La nuova data è già passata: scegli un giorno da oggi in poi.")
        if cambiata and convocata:
            if not motivazione.strip():
                raise ErroreDominio("Scrivi perché la riunione si sposta: gli enti lo leggono nell'avviso.")
            fresca.sequenza += 1
            if da_capo:
                fresca.convocazioni.update(risposta=Risposta.IN_ATTESA, risposta_il=None, risposta_da=None)
        fresca.save()
        if punti is not None:
            scrivi_ordine_del_giorno(fresca, punti)
        if cambiata:
            registra(
                fresca.accordo,
                da=da,
                verbo="sposta_riunione" if convocata else "fissa_riunione",
                oggetto=fresca,
                motivazione=motivazione.strip() if convocata else "",
                dati={
                    "inizio": inizio.isoformat(),
                    "luogo": fresca.luogo,
                    "prima": prima[0].isoformat() if prima[0] else None,
                },
            )
            if convocata:
                inviti.manda(
                    fresca,
                    "REQUEST",
                    fatto="la riunione è cambiata",
                    invito=_che_cosa_cambia(prima[0], prima[1], fresca, da_capo)
                    + f"\nMotivo: {motivazione.strip()}",
                )
    riunione._copia_da(fresca)


def _che_cosa_cambia(inizio: datetime | None, luogo: str, riunione: Riunione, da_capo: bool) -> str:
    """What a moved meeting was before, and whether bodies answer again."""
    if not da_capo:
        return "Sono cambiati la durata o il collegamento. La risposta che avete dato resta valida."
    era = []
    if inizio is not None and inizio != riunione.inizio:
        quando = localtime(inizio)
        era.append(f"{quando:%d/%m/%Y}, ore {quando:%H.%M}")
    if luogo != riunione.luogo:
        era.append(luogo or "luogo da fissare")
    return f"Prima era: {', '.join(era)}. Di' di nuovo se partecipate."


def convoca_riunione(riunione: Riunione, *, da: Agente) -> Evento:
    """Call the meeting: the bodies receive the invitation, also for their calendars."""
    with transaction.atomic():
        evento = esegui(riunione, "convoca", da=da)
        lascia_i_sondaggi(riunione, "La riunione è convocata senza il sondaggio.", da=da)
        inviti.manda(
            riunione,
            "REQUEST",
            fatto="la riunione è convocata",
            invito="Di' se il tuo ente partecipa, e con chi.",
        )
    return evento


def annulla_riunione(riunione: Riunione, *, motivazione: str, da: Agente) -> Evento:
    """Call the meeting off, with a reason: the entry in everybody's calendar is cancelled. What came out of it stays."""
    with transaction.atomic():
        era_convocata = riunione.stato == StatoRiunione.CONVOCATA
        si_cercava = riunione.sondaggi.filter(stato=StatoSondaggio.APERTO).exists()

        def cresce(fresca: Riunione) -> None:
            fresca.sequenza += 1

        evento = esegui(riunione, "annulla", da=da, motivazione=motivazione, applica=cresce)
        lascia_i_sondaggi(riunione, motivazione, da=da)
        if era_convocata:
            inviti.manda(
                riunione,
                "CANCEL",
                fatto="la riunione è annullata",
                invito=f"Motivo: {motivazione.strip()}",
            )
        elif si_cercava:
            avvisa(
                riunione.convocazioni.values_list("ente", flat=True),
                oggetto=f"{riunione.titolo}: la riunione è annullata",
                testo=f"Non serve più dire quando puoi.\n\nMotivo: {motivazione.strip()}",
                url=riunione.url(),
            )
    return evento


@dataclass(frozen=True, slots=True)
class DatiPartecipante:
    """Who comes for a body: its representative, or somebody it names, with the deed if there is one."""

    nome: str = ""
    qualifica: str = ""
    titolo: str = ""
    persona: Utente | None = None
    email: str = ""
    atto: str = ""
    atto_file: File[Any] | None = None


def rispondi_convocazione(
    convocazione: Convocazione,
    risposta: str,
    *,
    partecipante: str = "",
    qualifica: str = "",
    chi: DatiPartecipante | None = None,
    da: Agente,
) -> None:
    """Say whether the body comes, perhaps or not, and who for it: its representative or somebody whom it names."""
    if not miei.risponde(da, convocazione):
        raise NonAutorizzato(
            "Risponde chi è referente o rappresentante dell'ente convocato, finché la riunione è convocata."
        )
    dati = chi or DatiPartecipante(partecipante, qualifica)
    if risposta == Risposta.ACCETTATA and not dati.nome.strip():
        raise ErroreDominio("Scrivi chi partecipa per l'ente.")
    accordo = convocazione.riunione.accordo
    with transaction.atomic():
        blocca_accordo(accordo.pk)
        riunione = Riunione.objects.select_related("accordo", "ambito").get(pk=convocazione.riunione_id)
        if riunione.stato != StatoRiunione.CONVOCATA:
            raise ErroreDominio("Nel frattempo la riunione è cambiata: ricarica la pagina.")
        if dati.persona is not None and not _in_carica(dati.persona, convocazione.ente_id):
            raise ErroreDominio(f"{dati.persona} non ha un incarico per l'ente: indica un'altra persona.")
        fresca = Convocazione.objects.select_related("ente").get(pk=convocazione.pk)
        prima = inviti.da_fuori(fresca) if fresca.email else None
        fresca.risposta = Risposta(risposta)
        _scrivi_chi(fresca, dati)
        fresca.risposta_il, fresca.risposta_da = orologio.adesso(), da.utente
        fresca.save()
        registra(
            accordo,
            da=da,
            verbo="risponde_convocazione",
            oggetto=fresca,
            dati={"risposta": str(risposta), "titolo": fresca.titolo, "atto": fresca.atto},
        )
        _avvisa_chi_viene_da_fuori(riunione, fresca, prima)
    for campo in fresca._meta.concrete_fields:
        setattr(convocazione, campo.attname, getattr(fresca, campo.attname))


def _scrivi_chi(convocazione: Convocazione, dati: DatiPartecipante) -> None:
    viene = convocazione.risposta != Risposta.DECLINATA
    altra_persona = convocazione.partecipante != dati.nome.strip()
    convocazione.partecipante = dati.nome.strip() if viene else ""
    convocazione.qualifica = dati.qualifica.strip() if viene else ""
    convocazione.titolo = dati.titolo if viene else ""
    convocazione.persona = dati.persona if viene else None
    convocazione.email = dati.email.strip() if viene else ""
    convocazione.atto = dati.atto.strip() if viene else ""
    if dati.atto_file is not None and viene:
        convocazione.atto_nome = PurePath(dati.atto_file.name or "atto.pdf").name[-200:]
        convocazione.atto_file.save(
            f"{uuid4().hex}.{estensione(convocazione.atto_nome)}", dati.atto_file, save=False
        )
    elif altra_persona or not viene:
        convocazione.atto_file, convocazione.atto_nome = "", ""


def _in_carica(persona: Utente, ente: int) -> bool:
    return Incarico.objects.in_corso().filter(utente=persona, ente=ente).exists()


def _avvisa_chi_viene_da_fuori(riunione: Riunione, ora: Convocazione, prima: Invitato | None) -> None:
    """Who has no login has only the mail: they receive the invitation when named, the cancellation when replaced."""
    nuovo = inviti.da_fuori(ora) if ora.email else None
    if prima is not None and (nuovo is None or nuovo.email != prima.email):
        inviti.manda(
            riunione,
            "CANCEL",
            fatto="non sei più atteso",
            invito=f"{ora.ente} ha indicato un'altra persona.",
            a=[prima],
        )
    if nuovo is not None and (prima is None or nuovo.email != prima.email):
        inviti.manda(
            riunione,
            "REQUEST",
            fatto="partecipi per il tuo ente",
            invito=f"{ora.ente} ti ha indicato per questa riunione.",
            a=[nuovo],
        )
