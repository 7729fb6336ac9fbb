"""What the meetings ask of a person."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localtime

from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo
from accordo.iter import fasi, permessi
from accordo.iter.attivita import Attivita
from accordo.iter.models import Accordo
from focusgroup import interrogazioni
from focusgroup import permessi as miei
from focusgroup.models import Convocazione, Risposta, RispostaSondaggio, Riunione, Sondaggio
from focusgroup.stati import FASE, StatoRiunione

_DA_FARE = {
    StatoRiunione.IN_PREPARAZIONE: (
        "Convoca il focus group",
        "Servono data, luogo e ordine del giorno.",
        "Prepara la riunione",
    ),
    StatoRiunione.CONVOCATA: (
        "Segui le risposte alla convocazione",
        "Il giorno della riunione, segna chi c'è.",
        "Apri la riunione",
    ),
    StatoRiunione.SVOLTA: ("Scrivi il verbale", "Poi mandalo in lettura a chi c'era.", "Scrivi il verbale"),
    StatoRiunione.VERBALE_PUBBLICATO: (
        "Approva il verbale",
        "Chi c'era lo sta leggendo.",
        "Rileggi il verbale",
    ),
}


def focus_group(accordo: Accordo, agente: Agente) -> Iterable[Attivita]:
    """Phase 4: the coordinator calls and writes, the bodies answer and take part."""
    if not fasi.fase_raggiunta(accordo, FASE):
        return
    if permessi.coordina(agente, accordo):
        yield from _del_coordinatore(accordo)
    elif agente.ente is not None:
        yield from _dell_ente(accordo, agente)


def _del_coordinatore(accordo: Accordo) -> Iterable[Attivita]:
    if not fasi.in_fase(accordo, FASE):
        return
    entro = fasi.scadenza(accordo, FASE)
    aperti = {s.riunione_id: s for s in interrogazioni.sondaggi_aperti(accordo)}
    for riunione in interrogazioni.vive(accordo):
        sondaggio = aperti.get(riunione.pk)
        if sondaggio is not None and riunione.stato == StatoRiunione.IN_PREPARAZIONE:
            yield _del_sondaggio(riunione, sondaggio)
        elif riunione.stato in _DA_FARE:
            titolo, testo, azione = _DA_FARE[StatoRiunione(riunione.stato)]
            yield Attivita(f"{titolo}: {riunione.ambito.nome}", testo, riunione.url(), azione, entro=entro)
    for codice, nome in interrogazioni.ambiti_senza_riunione(accordo):
        yield Attivita(
            f"Prepara un'altra riunione: {nome}",
            "Quella che c'era è annullata, e prima della bozza serve il verbale di ogni ambito.",
            f"{reverse('focusgroup:nuova', args=[accordo.slug])}?ambito={codice}",
            "Prepara la riunione",
            entro=entro,
        )


def _del_sondaggio(riunione: Riunione, sondaggio: Sondaggio) -> Attivita:
    nome = riunione.ambito.nome
    if sondaggio.scaduto:
        return Attivita(
            f"Scegli la data del focus group: {nome}",
            "Il termine per rispondere è passato.",
            sondaggio.url(),
            "Scegli la data",
        )
    return Attivita(
        f"Segui il sondaggio per la data: {nome}",
        "Gli enti stanno rispondendo.",
        sondaggio.url(),
        "Vedi le risposte",
        entro=_giorno(sondaggio.scadenza),
    )


def _giorno(momento: datetime | None) -> date | None:
    return localtime(momento).date() if momento else None


def _date_da_dire(accordo: Accordo, agente: Agente) -> Iterable[Attivita]:
    """What the polls ask of the body, and what it has answered while they run."""
    if not agente.ha(Ruolo.REFERENTE, Ruolo.RAPPRESENTANTE):
        return
    righe = interrogazioni.sondaggi_aperti(accordo).filter(riunione__convocazioni__ente=agente.ente)
    righe = righe.annotate(date=Count("opzioni", distinct=True))
    risposte = {
        r.sondaggio_id: r
        for r in RispostaSondaggio.objects.filter(sondaggio__in=righe, ente=agente.ente).annotate(
            dette=Count("preferenze")
        )
    }
    for sondaggio in righe:
        titolo = sondaggio.riunione.titolo
        mia = risposte.get(sondaggio.pk)
        if mia is not None and mia.dette < sondaggio.date and sondaggio.in_corso:
            yield Attivita(
                f"Di' se il tuo ente può anche nelle date nuove: {titolo}",
                "La risposta per le altre date resta.",
                sondaggio.url("date_rispondi"),
                "Rispondi al sondaggio",
                entro=_giorno(sondaggio.scadenza),
            )
        elif mia is not None:
            yield Attivita(
                f"Il tuo ente ha detto quando può: {titolo}",
                "",
                sondaggio.url(),
                "Vedi le date",
                fatta_il=_giorno(mia.data_il),
            )
        elif sondaggio.in_corso:
            yield Attivita(
                f"Di' quando il tuo ente può: {titolo}",
                "Per ogni data: sì, se necessario, no.",
                sondaggio.url("date_rispondi"),
                "Rispondi al sondaggio",
                entro=_giorno(sondaggio.scadenza),
            )


def _dell_ente(accordo: Accordo, agente: Agente) -> Iterable[Attivita]:
    yield from _date_da_dire(accordo, agente)
    righe = (
        Convocazione.objects.filter(riunione__accordo=accordo, ente=agente.ente)
        .exclude(riunione__stato__in=[StatoRiunione.IN_PREPARAZIONE, StatoRiunione.ANNULLATA])
        .select_related("riunione__accordo", "riunione__ambito")
        .annotate(decaduta=interrogazioni.decaduta())
    )
    for convocazione in righe:
        riunione = convocazione.riunione
        giorno = _giorno(riunione.inizio)
        if riunione.stato == StatoRiunione.CONVOCATA:
            if convocazione.risposta == Risposta.IN_ATTESA and miei.risponde(agente, convocazione):
                testo = "Di' se l'ente partecipa, e con chi."
                url = reverse("focusgroup:rispondi", args=[accordo.slug, riunione.pk])
                yield Attivita(
                    f"Rispondi alla convocazione: {riunione.titolo}",
                    testo,
                    url,
                    "Rispondi all'invito",
                    entro=giorno,
                )
            elif convocazione.decaduta and miei.risponde(agente, convocazione):
                yield Attivita(
                    f"Indica chi partecipa: {riunione.titolo}",
                    f"{convocazione.partecipante} non ha più un incarico per l'ente.",
                    reverse("focusgroup:rispondi", args=[accordo.slug, riunione.pk]),
                    "Indica un'altra persona",
                    entro=giorno,
                )
        elif convocazione.presente:
            yield Attivita(
                f"Il tuo ente ha partecipato: {riunione.titolo}",
                "",
                riunione.url(),
                _leggi(riunione),
                fatta_il=giorno,
            )


def _leggi(riunione: Riunione) -> str:
    return "Apri la riunione" if riunione.stato == StatoRiunione.SVOLTA else "Leggi il verbale"
