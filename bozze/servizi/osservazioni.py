"""What writes remarks, the replies under them and the answers."""

from dataclasses import dataclass

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import avvisi
from accordo.iter.models import Evento
from accordo.iter.motore import blocca_accordo, esegui
from accordo.iter.registro import registra
from bozze import permessi
from bozze.interrogazioni.emendamenti import aperte, testo_di, versione_emendabile
from bozze.models import Osservazione, Replica, Versione
from bozze.redazione import sezione_di
from bozze.requisiti.emendamenti import non_ancora_definitiva
from bozze.servizi.emendamenti import apri_contributo
from bozze.stati import EsitoOsservazione, StatoOsservazione
from bozze.testo.citazioni import individua
from bozze.testo.numerazione import nomi

_CHI_DISCUTE = (Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE, Ruolo.OSSERVATORE, Ruolo.COORDINATORE)


@dataclass(frozen=True, slots=True)
class Appoggio:
    """Where a remark hangs: a disposition of a version, and some of its words."""

    versione: Versione
    disposizione_id: str
    citazione: str = ""
    posto: int = 0
    """Which occurrence of the words, from 0."""


def _appendi(osservazione: Osservazione, appoggio: Appoggio) -> None:
    """Write on the remark where it hangs, with the text as it is now."""
    albero = testo_di(appoggio.versione)
    nodo = albero.trova(str(appoggio.disposizione_id))
    if nodo is None:
        raise ErroreDominio(f"La disposizione non c'è nella versione {appoggio.versione.numero} del testo.")
    com_era = nodo.testo or nodo.rubrica
    brano = individua(com_era, appoggio.citazione, appoggio.posto)
    if appoggio.citazione.strip() and brano is None:
        raise ErroreDominio(
            f"Le parole «{appoggio.citazione.strip()[:200]}» non sono nella disposizione: copiale dal testo."
        )
    elenco = nomi(albero)
    sezione = sezione_di(albero, elenco, nodo.id)
    osservazione.versione = appoggio.versione
    osservazione.disposizione_id = nodo.id
    osservazione.dove = elenco[nodo.id].esteso[:200]
    osservazione.ordine = albero.indice[nodo.id].ordine
    osservazione.sezione_id = sezione.id
    osservazione.sezione_nome = sezione.nome
    osservazione.sezione_ordine = sezione.ordine
    osservazione.citazione = brano.di(com_era) if brano else ""
    osservazione.citazione_inizio = brano.inizio if brano else None
    osservazione.testo_com_era = com_era


def crea_osservazione(
    versione: Versione, disposizione_id: str, testo: str, citazione: str = "", *, posto: int = 0, da: Agente
) -> Osservazione:
    """Write a remark of the person's body on a disposition, or on some of its words. Seen by that body until presented."""
    accordo = versione.accordo
    if not permessi.puo_osservare(da, accordo) or da.ente is None:
        raise NonAutorizzato("Le osservazioni le scrivono gli enti che partecipano, esclusa chi coordina.")
    if not testo.strip():
        raise ErroreDominio("Scrivi l'osservazione: il testo è vuoto.")
    osservazione = Osservazione(accordo=accordo, ente=da.ente, autore=da.utente, testo=testo.strip())
    _appendi(osservazione, Appoggio(versione, disposizione_id, citazione, posto))
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        if mancanze := list(aperte(accordo, versione)):
            raise ErroreDominio("Non si può osservare ora.", mancanze)
        apri_contributo(accordo, da)
        osservazione.save()
        registra(accordo, da=da, verbo="crea_osservazione", oggetto=osservazione, stato_a=osservazione.stato)
    return osservazione


def modifica_osservazione(
    osservazione: Osservazione,
    testo: str,
    citazione: str = "",
    *,
    posto: int = 0,
    revisione: int,
    da: Agente,
) -> Osservazione:
    """Write a draft again; one of an older version comes over to the one that is open now.

    StatoCambiato if a colleague has saved it since `revisione`; ErroreDominio if the new version has no such disposition.
    """
    if not permessi.puo_osservare(da, osservazione.accordo) or not da.agisce_per(osservazione.ente_id):
        raise NonAutorizzato("L'osservazione è di un altro ente.")
    if not testo.strip():
        raise ErroreDominio("Scrivi l'osservazione: il testo è vuoto.")
    with transaction.atomic():
        accordo = blocca_accordo(osservazione.accordo_id)
        fresca = Osservazione.objects.select_for_update().get(pk=osservazione.pk)
        if fresca.stato != StatoOsservazione.BOZZA:
            raise StatoCambiato(f"L'osservazione non si modifica più: lo stato è «{fresca.stato_in_parole}».")
        if fresca.revisione != revisione:
            raise StatoCambiato("Nel frattempo un'altra persona del tuo ente ha salvato questa osservazione.")
        versione = versione_emendabile(accordo) or fresca.versione
        if mancanze := list(aperte(accordo, versione)):
            raise ErroreDominio("Non si può osservare ora.", mancanze)
        fresca.testo = testo.strip()
        _appendi(fresca, Appoggio(versione, fresca.disposizione_id, citazione, posto))
        fresca.revisione += 1
        fresca.save()
        registra(
            accordo, da=da, verbo="modifica_osservazione", oggetto=fresca, stato_da="bozza", stato_a="bozza"
        )
    return fresca


def presenta_osservazione(osservazione: Osservazione, *, da: Agente) -> Evento:
    """Show a remark to all participants. Of a signatory only its representative does."""
    if not da.ha(Ruolo.RAPPRESENTANTE) and permessi.puo_emendare(da, osservazione.accordo):
        raise NonAutorizzato("Le osservazioni del tuo ente le presenta chi lo rappresenta.")

    def applica(fresca: Osservazione) -> None:
        fresca.presentata_il = orologio.adesso()
        fresca.presentata_da = da.utente

    return esegui(osservazione, "presenta_osservazione", da=da, applica=applica)


def scarta_osservazione(osservazione: Osservazione, *, da: Agente) -> Evento:
    """Put a draft aside: it is kept, and shown no more."""
    return esegui(osservazione, "scarta_osservazione", da=da)


# ---------------------------------------------------------------------------------------------- the thread
def _tranne(osservazione: Osservazione, chi: Agente) -> set[int]:
    """Return the bodies that have spoken under a remark, and who leads, without the one that speaks now."""
    enti = set(osservazione.repliche.values_list("ente_id", flat=True))
    return (enti | {osservazione.ente_id, osservazione.accordo.promotore_id}) - {chi.ente_id}


def replica(osservazione: Osservazione, testo: str, *, da: Agente) -> Replica:
    """Add a word under a presented remark, until the final text is out. Who has spoken there is told."""
    if not permessi.puo_replicare(da, osservazione.accordo) or da.ente is None:
        raise NonAutorizzato("Nelle osservazioni intervengono gli enti che partecipano e chi coordina.")
    if not testo.strip():
        raise ErroreDominio("Scrivi la replica: il testo è vuoto.")
    with transaction.atomic():
        accordo = blocca_accordo(osservazione.accordo_id)
        fresca = Osservazione.objects.select_related("accordo").get(pk=osservazione.pk)
        if fresca.privata:
            raise ErroreDominio("L'osservazione non è ancora presentata: non si può replicare.")
        if mancanze := list(non_ancora_definitiva(fresca)):
            raise ErroreDominio("Non si può replicare ora.", mancanze)
        fatta = Replica.objects.create(
            accordo=accordo, osservazione=fresca, ente=da.ente, autore=da.utente, testo=testo.strip()
        )
        registra(accordo, da=da, verbo="replica_osservazione", oggetto=fresca, stato_da=fresca.stato)
        avvisi.avvisa(
            _tranne(fresca, da),
            oggetto=f"Una replica all'osservazione su {fresca.dove}",
            testo=f"{da.ente.denominazione} ha scritto sotto un'osservazione in cui sei intervenuto.",
            url=f"{fresca.get_absolute_url()}#replica-{fatta.pk}",
            ruoli=_CHI_DISCUTE,
        )
    return fatta


def rispondi(
    osservazione: Osservazione, risposta: str, esito: str = EsitoOsservazione.CHIARITA, *, da: Agente
) -> Evento:
    """Answer a remark for good, or correct the answer, by the coordinator. Who has spoken there is told."""
    if not risposta.strip():
        raise ErroreDominio("Scrivi la risposta: il testo è vuoto.")
    if esito not in EsitoOsservazione.values:
        raise ErroreDominio("Scegli l'esito dell'osservazione.")

    def applica(fresca: Osservazione) -> None:
        fresca.esito = esito
        fresca.risposta = risposta.strip()
        fresca.risposta_il = orologio.adesso()
        fresca.risposta_da = da.utente

    with transaction.atomic():
        dati = {"risposta": risposta.strip(), "esito": str(esito)}
        evento = esegui(osservazione, "rispondi", da=da, applica=applica, dati=dati)
        avvisi.avvisa(
            _tranne(osservazione, da),
            oggetto=f"Risposta all'osservazione su {osservazione.dove}",
            testo=(
                f"Chi coordina l'accordo ha risposto. Esito: {EsitoOsservazione(esito).label}. "
                "La risposta è nel portale."
            ),
            url=osservazione.get_absolute_url(),
            ruoli=_CHI_DISCUTE,
        )
    return evento
