"""What the survey and its results ask of a person, for the body that they act for."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from accordo.enti.agente import Agente
from accordo.iter import fasi, permessi
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from questionari import interrogazioni
from questionari import permessi as miei
from questionari.models import Compilazione
from questionari.servizi.restituzione import FASE_RESTITUZIONE
from questionari.stati import FASE, StatoCompilazione

TITOLO = "Questionario"


def questionario(accordo: Accordo, agente: Agente) -> Iterable[Attivita]:
    """Phase 2: the referente fills in, the representative validates, the coordinator follows."""
    if not fasi.fase_raggiunta(accordo, FASE):
        return
    url = reverse("questionari:questionario", args=[accordo.slug])
    if permessi.coordina(agente, accordo):
        yield from _del_coordinatore(accordo, url)
    compilazione = interrogazioni.propria(agente, accordo)
    if compilazione is not None:
        yield from _dell_ente(accordo, agente, compilazione, url)


def _dell_ente(accordo: Accordo, agente: Agente, compilazione: Compilazione, url: str) -> Iterable[Attivita]:
    if compilazione.stato == StatoCompilazione.INVIATA and compilazione.inviata_il:
        yield Attivita(
            "Questionario inviato",
            f"{compilazione.ente.con_articolo} ha risposto: la ricevuta è sempre a disposizione.",
            reverse("questionari:ricevuta", args=[accordo.slug]),
            "Leggi la ricevuta",
            fatta_il=timezone.localdate(compilazione.inviata_il),
        )
        return
    if not fasi.in_fase(accordo, FASE):
        return
    entro = fasi.scadenza(accordo, FASE)
    if compilazione.si_compila and miei.compila(agente, compilazione):
        mancano = len(compilazione.carenze())
        testo = compilazione.nota or (
            "Si compila in più riprese, anche in più persone."
            if compilazione.stato == StatoCompilazione.DA_INIZIARE
            else "Le risposte obbligatorie ci sono tutte: invialo alla convalida."
            if not mancano
            else f"Mancano ancora {mancano} risposte obbligatorie."
            if mancano > 1
            else "Manca ancora una risposta obbligatoria."
        )
        titolo = "Correggi il questionario" if compilazione.nota else "Rispondi al questionario"
        yield Attivita(titolo, testo, url, "Compila il questionario", entro=entro)
    elif compilazione.stato == StatoCompilazione.IN_CONVALIDA and miei.convalida(agente, compilazione):
        yield Attivita(
            "Convalida il questionario",
            "Il referente ha completato le risposte: leggi il riepilogo, poi convalida e invia, o rimanda.",
            reverse("questionari:riepilogo", args=[accordo.slug]),
            "Leggi e convalida",
            entro=entro,
        )


def _del_coordinatore(accordo: Accordo, url: str) -> Iterable[Attivita]:
    if not fasi.in_fase(accordo, FASE):
        return
    mancano = interrogazioni.non_inviate(accordo).count()
    if mancano:
        testo = "Manca ancora un questionario." if mancano == 1 else f"Mancano ancora {mancano} questionari."
        yield Attivita(
            "Segui le risposte al questionario",
            testo,
            url,
            "Vedi chi manca",
            entro=fasi.scadenza(accordo, FASE),
        )


def restituzione(accordo: Accordo, agente: Agente) -> Iterable[Attivita]:
    """Phase 3: the coordinator publishes the results, the bodies read them."""
    if not fasi.fase_raggiunta(accordo, FASE_RESTITUZIONE):
        return
    url = reverse("questionari:esiti", args=[accordo.slug])
    atto = interrogazioni.restituzione_di(accordo)
    pubblicata_il = atto.pubblicata_il if atto else None
    in_fase = fasi.in_fase(accordo, FASE_RESTITUZIONE)
    if permessi.coordina(agente, accordo):
        if pubblicata_il is not None:
            giorno = timezone.localdate(pubblicata_il)
            yield Attivita(
                "Esiti pubblicati", "Gli enti li possono leggere.", url, "Leggi gli esiti", fatta_il=giorno
            )
        elif in_fase:
            yield Attivita(
                "Pubblica gli esiti del questionario",
                "Rileggi i dati raccolti e restituiscili agli enti.",
                url,
                "Rileggi e pubblica",
                entro=fasi.scadenza(accordo, FASE_RESTITUZIONE),
            )
        return
    if pubblicata_il is None or not permessi.partecipa(agente, accordo):
        return
    letta = interrogazioni.letture(accordo).filter(ente=agente.ente).first()
    if letta is not None:
        yield Attivita(
            "Esiti del questionario letti",
            f"Lo ha segnato {letta.utente}.",
            url,
            "Rileggi gli esiti",
            fatta_il=timezone.localdate(letta.quando),
        )
    elif in_fase:
        yield Attivita(
            "Leggi gli esiti del questionario",
            "Che cosa hanno risposto gli enti, nell'insieme e ambito per ambito.",
            url,
            "Leggi gli esiti",
            entro=fasi.scadenza(accordo, FASE_RESTITUZIONE),
        )
