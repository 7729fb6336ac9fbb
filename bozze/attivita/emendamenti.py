"""What phases 6 and 7 ask of a person, for the body they act for."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze import permessi
from bozze.interrogazioni.emendamenti import (
    FASE_ESAME,
    FASE_OSSERVAZIONI,
    definitiva_pubblicata,
    scadenza,
    versione_emendabile,
)
from bozze.models import Contributo, Emendamento, Osservazione, Sottoscrizione
from bozze.stati import PRIVATI, StatoContributo, StatoEmendamento, StatoOsservazione
from bozze.stati_firme import StatoSottoscrizione


def osservazioni(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Phase 6: read, propose, confirm. For the coordinator: answer the remarks."""
    if not fasi.fase_raggiunta(accordo, FASE_OSSERVAZIONI):
        return
    if coordina(agente, accordo):
        yield from _risposte(accordo)
    if not permessi.puo_osservare(agente, accordo):
        return
    contributo = Contributo.objects.filter(accordo=accordo, ente=agente.ente).first()
    url = reverse("bozze:contributo", args=[accordo.slug])
    if contributo is not None and contributo.stato == StatoContributo.CONFERMATO and contributo.confermato_il:
        quanti = (
            Emendamento.objects.filter(accordo=accordo, ente=agente.ente).exclude(stato__in=PRIVATI).count()
        )
        testo = "Nessun emendamento." if not quanti else f"Emendamenti presentati: {quanti}."
        giorno = timezone.localtime(contributo.confermato_il).date()
        yield Attivita("Osservazioni confermate", testo, url, "Rivedi le proposte", fatta_il=giorno)
        return
    if not fasi.in_fase(accordo, FASE_OSSERVAZIONI) or fasi.scaduta(accordo, FASE_OSSERVAZIONI):
        return
    yield from _firme(accordo, agente)
    if agente.ha(Ruolo.RAPPRESENTANTE):
        titolo, azione = "Conferma le osservazioni del tuo ente", "Rivedi e conferma"
        testo = "Leggi le proposte preparate, presentale o dichiara che non ne hai."
    elif permessi.puo_emendare(agente, accordo):
        titolo, azione = "Prepara osservazioni ed emendamenti", "Leggi e proponi"
        testo = "Leggi la bozza e prepara le proposte: le presenta chi rappresenta l'ente."
    else:
        titolo, azione = "Leggi la bozza e scrivi le osservazioni", "Leggi e osserva"
        testo = "Il tuo ente non firma l'accordo: può fare osservazioni."
    yield Attivita(titolo, testo, url, azione, entro=scadenza(accordo))


def _firme(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """The amendments of other bodies that the representative is asked to sign."""
    if not agente.ha(Ruolo.RAPPRESENTANTE) or agente.ente is None:
        return
    da_firmare = list(
        Sottoscrizione.objects.filter(
            accordo=accordo,
            ente=agente.ente,
            stato=StatoSottoscrizione.DA_FIRMARE,
            emendamento__stato__in=(StatoEmendamento.BOZZA, StatoEmendamento.PRESENTATO),
        ).select_related("emendamento__accordo", "emendamento__ente")
    )
    if not da_firmare:
        return
    primo = da_firmare[0].emendamento
    yield Attivita(
        "Rispondi a chi ti chiede una firma",
        f"{primo.ente.denominazione} vi invita a sottoscrivere un emendamento."
        if len(da_firmare) == 1
        else f"Emendamenti che siete invitati a sottoscrivere: {len(da_firmare)}.",
        primo.get_absolute_url()
        if len(da_firmare) == 1
        else reverse("bozze:emendamenti", args=[accordo.slug]),
        "Leggi e rispondi",
        entro=scadenza(accordo),
    )


def _risposte(accordo: Accordo) -> Iterator[Attivita]:
    quante = Osservazione.objects.filter(accordo=accordo, stato=StatoOsservazione.PRESENTATA).count()
    if quante:
        yield Attivita(
            "Rispondi alle osservazioni",
            f"Osservazioni senza risposta: {quante}.",
            reverse("bozze:osservazioni", args=[accordo.slug]) + "?stato=presentata",
            "Rispondi alle osservazioni",
        )


def proposta_definitiva(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Phase 7: the coordinator decides and publishes; the bodies read what became of their amendments."""
    if not fasi.in_fase(accordo, FASE_ESAME):
        return
    entro = fasi.scadenza(accordo, FASE_ESAME)
    if coordina(agente, accordo):
        versione = versione_emendabile(accordo)
        if versione is None or definitiva_pubblicata(accordo):
            return
        quanti = Emendamento.objects.filter(versione=versione, stato=StatoEmendamento.PRESENTATO).count()
        url = reverse("bozze:esame", args=[accordo.slug])
        if quanti:
            yield Attivita(
                "Decidi gli emendamenti",
                f"Emendamenti da decidere: {quanti}.",
                url,
                "Continua l'esame",
                entro=entro,
            )
        else:
            url = reverse("bozze:pubblica_definitiva", args=[accordo.slug])
            testo = "Tutti gli emendamenti sono decisi."
            yield Attivita("Pubblica la proposta definitiva", testo, url, "Rivedi e pubblica", entro=entro)
