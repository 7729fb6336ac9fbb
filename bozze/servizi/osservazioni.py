"""What writes remarks and their answers."""

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
from bozze.interrogazioni.emendamenti import aperte, testo_di
from bozze.models import Osservazione, Versione
from bozze.redazione import sezione_di
from bozze.servizi.emendamenti import apri_contributo
from bozze.stati import StatoOsservazione
from bozze.testo.numerazione import nomi
from bozze.testo.parole import pulisci


def _citazione(com_era: str, citazione: str) -> str:
    pulita = pulisci(citazione)
    if pulita and pulita not in com_era:
        raise ErroreDominio(f"Le parole «{pulita}» non sono nella disposizione: copiale dal testo.")
    return pulita


def crea_osservazione(
    versione: Versione, disposizione_id: str, testo: str, citazione: str = "", *, da: Agente
) -> Osservazione:
    """Write a remark of the person's body on a disposition, or on some of its words. Seen by that body until presented."""
    accordo = versione.accordo
    if not permessi.puo_osservare(da, accordo) or da.ente is None:
        raise NonAutorizzato("Le osservazioni le scrivono gli enti che partecipano, esclusa chi coordina.")
    if not testo.strip():
        raise ErroreDominio("Scrivi l'osservazione: il testo è vuoto.")
    albero = testo_di(versione)
    nodo = albero.trova(str(disposizione_id))
    if nodo is None:
        raise ErroreDominio("La disposizione non c'è in questa versione del testo.")
    com_era = nodo.testo or nodo.rubrica
    elenco = nomi(albero)
    sezione = sezione_di(albero, elenco, nodo.id)
    with transaction.atomic():
        accordo = blocca_accordo(accordo.pk)
        if mancanze := list(aperte(accordo, versione)):
            raise ErroreDominio("Non si può osservare ora.", mancanze)
        apri_contributo(accordo, da)
        osservazione = Osservazione.objects.create(
            accordo=accordo,
            versione=versione,
            ente=da.ente,
            autore=da.utente,
            disposizione_id=nodo.id,
            dove=elenco[nodo.id].esteso[:200],
            ordine=albero.indice[nodo.id].ordine,
            sezione_id=sezione.id,
            sezione_nome=sezione.nome,
            sezione_ordine=sezione.ordine,
            citazione=_citazione(com_era, citazione),
            testo_com_era=com_era,
            testo=testo.strip(),
        )
        registra(accordo, da=da, verbo="crea_osservazione", oggetto=osservazione, stato_a=osservazione.stato)
    return osservazione


def modifica_osservazione(
    osservazione: Osservazione, testo: str, citazione: str = "", *, revisione: int, da: Agente
) -> Osservazione:
    """Write a draft again. StatoCambiato if a colleague has saved it since `revisione`."""
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
        if mancanze := list(aperte(accordo, fresca.versione)):
            raise ErroreDominio("Non si può osservare ora.", mancanze)
        fresca.testo = testo.strip()
        fresca.citazione = _citazione(fresca.testo_com_era, citazione)
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


def rispondi(osservazione: Osservazione, risposta: str, *, da: Agente) -> Evento:
    """Answer a remark, or correct the answer, by the coordinator. The body is told."""
    if not risposta.strip():
        raise ErroreDominio("Scrivi la risposta: il testo è vuoto.")

    def applica(fresca: Osservazione) -> None:
        fresca.risposta = risposta.strip()
        fresca.risposta_il = orologio.adesso()
        fresca.risposta_da = da.utente

    with transaction.atomic():
        evento = esegui(osservazione, "rispondi", da=da, applica=applica, dati={"risposta": risposta.strip()})
        avvisi.avvisa(
            [osservazione.ente_id],
            oggetto=f"Risposta alla vostra osservazione su {osservazione.dove}",
            testo="Chi coordina l'accordo ha risposto alla vostra osservazione. La risposta è nel portale.",
            url=osservazione.get_absolute_url(),
        )
    return evento
