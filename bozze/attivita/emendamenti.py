"""What phases 6 and 7 ask of a person, for the body they act for."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accordo.base import orologio
from accordo.base.parole import elenca
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import fasi
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from accordo.iter.permessi import coordina
from bozze import permessi
from bozze.attivita.coordina import da_riprendere, subemendamenti
from bozze.interrogazioni.attese import riformulazioni_visibili_a, riporti_visibili_a
from bozze.interrogazioni.emendamenti import (
    FASE_ESAME,
    FASE_OSSERVAZIONI,
    definitiva_pubblicata,
    scadenza,
    versione_emendabile,
)
from bozze.models import Contributo, Emendamento, Osservazione, Sottoscrizione
from bozze.stati import APERTI, PRIVATI, StatoContributo, StatoEmendamento, StatoOsservazione
from bozze.stati_esame import StatoRiformulazione, StatoRiporto
from bozze.stati_firme import StatoSottoscrizione

_MOSTRATE = 10


def osservazioni(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Phase 6: read, propose, confirm. For the coordinator: answer the remarks."""
    if not fasi.fase_raggiunta(accordo, FASE_OSSERVAZIONI):
        return
    if coordina(agente, accordo):
        yield from _risposte(accordo)
        if fasi.in_fase(accordo, FASE_OSSERVAZIONI):
            yield from subemendamenti(accordo, esame=False)
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
    pronte = _preparate(accordo, agente)
    if agente.ha(Ruolo.RAPPRESENTANTE) and pronte:
        titolo, azione = "Presenta le proposte preparate dal tuo ente", "Rivedi e presenta"
        testo = f"{pronte} Finché non le presenti le legge solo il tuo ente; dopo il termine non si può più."
    elif agente.ha(Ruolo.RAPPRESENTANTE):
        titolo, azione = "Conferma le osservazioni del tuo ente", "Rivedi e conferma"
        testo = "Leggi le proposte preparate, presentale o dichiara che non ne hai."
    elif permessi.puo_emendare(agente, accordo):
        titolo, azione = "Prepara osservazioni ed emendamenti", "Leggi e proponi"
        testo = "Leggi la bozza e prepara le proposte: le presenta chi rappresenta l'ente."
    else:
        titolo, azione = "Leggi la bozza e scrivi le osservazioni", "Leggi e osserva"
        testo = "Il tuo ente non firma l'accordo: può fare osservazioni."
    yield Attivita(titolo, testo, url, azione, entro=scadenza(accordo))


def _preparate(accordo: Accordo, agente: Agente) -> str:
    """Say how much the body has written and not presented; nothing if there is none."""
    chi = {"accordo": accordo, "ente": agente.ente}
    emendamenti = Emendamento.objects.filter(**chi, stato=StatoEmendamento.BOZZA).count()
    osservazioni = Osservazione.objects.filter(**chi, stato=StatoOsservazione.BOZZA).count()
    dette = [
        f"{nome}: {quante}"
        for nome, quante in (("emendamenti", emendamenti), ("osservazioni", osservazioni))
        if quante
    ]
    return f"Da presentare, {', '.join(dette)}." if dette else ""


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


def _attese(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Of who represents a body, an answer: to other words, to a text that changed. Of the coordinator, what was not had."""
    guida = coordina(agente, accordo)
    if not guida and not agente.ha(Ruolo.RAPPRESENTANTE):
        return
    proposte = riformulazioni_visibili_a(agente, accordo).filter(stato=StatoRiformulazione.PROPOSTA)
    fermi = riporti_visibili_a(agente, accordo).filter(stato=StatoRiporto.IN_ATTESA)
    if guida:
        ieri = orologio.oggi() - timedelta(days=1)
        scadute = [*proposte.filter(entro__lte=ieri)[:_MOSTRATE], *fermi.filter(entro__lte=ieri)[:_MOSTRATE]]
        if scadute:
            sigle = elenca([voce.emendamento.sigla for voce in scadute], _MOSTRATE)
            url = reverse("bozze:riporti", args=[accordo.slug])
            testo = f"Il termine per rispondere è passato: {sigle}."
            yield Attivita("Decidi su chi non ha risposto", testo, url, "Vedi chi non ha risposto")
        return
    for proposta in proposte[:_MOSTRATE]:
        if not proposta.scaduto:
            sigla = proposta.emendamento.sigla
            yield Attivita(
                f"Rispondi alla riformulazione dell'emendamento {sigla}",
                "Chi coordina propone di accoglierlo con altre parole: serve il consenso del tuo ente.",
                proposta.get_absolute_url(),
                "Leggi e rispondi",
                entro=proposta.entro,
            )
    for fermo in fermi[:_MOSTRATE]:
        sigla = fermo.emendamento.sigla
        yield Attivita(
            f"Il testo è cambiato: rivedi l'emendamento {sigla}"
            if fermo.emendamento.numero
            else "Rivedi la tua proposta",
            fermo.perche,
            fermo.get_absolute_url(),
            "Leggi e scegli",
            entro=fermo.entro,
        )


def proposta_definitiva(accordo: Accordo, agente: Agente) -> Iterator[Attivita]:
    """Phase 7: the coordinator decides and publishes; the bodies answer what they are asked, and read the outcomes."""
    if not fasi.in_fase(accordo, FASE_ESAME):
        return
    yield from _attese(accordo, agente)
    entro = fasi.scadenza(accordo, FASE_ESAME)
    if coordina(agente, accordo):
        versione = versione_emendabile(accordo)
        if versione is None or definitiva_pubblicata(accordo):
            return
        yield from da_riprendere(accordo, versione)
        yield from subemendamenti(accordo, esame=True)
        quanti = Emendamento.objects.filter(versione=versione, stato__in=APERTI).count()
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
