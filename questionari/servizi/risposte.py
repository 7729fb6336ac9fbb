"""Writing answers. Several people may work on one questionnaire: nobody overwrites what they have not seen."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from accordo.base import orologio
from accordo.base.errori import ErroreDominio, Mancanza, NonAutorizzato, StatoCambiato
from accordo.enti.agente import Agente
from accordo.enti.models import Ruolo, Utente
from accordo.iter import fasi
from accordo.iter.motore import esegui
from questionari import valori
from questionari.definizione import FILE, Domanda, Valore
from questionari.models import Compilazione, Risposta, VersioneRisposta
from questionari.stati import FASE, StatoCompilazione


@dataclass(frozen=True, slots=True)
class Conflitto:
    """Two answers to one question: the one stored meanwhile by someone else, and the one just given."""

    domanda: Domanda
    mio: Valore
    loro: Valore
    chi: Utente
    quando: datetime
    revisione: int


@dataclass(frozen=True, slots=True)
class EsitoSalvataggio:
    """What became of the answers: which were written, which collide, which do not fit (with words)."""

    salvate: tuple[str, ...] = ()
    conflitti: Mapping[str, Conflitto] = field(default_factory=dict)
    errori: Mapping[str, str] = field(default_factory=dict)


def salva_risposte(
    compilazione: Compilazione,
    risposte: Mapping[str, Any],
    *,
    da: Agente,
    revisioni: Mapping[str, int] | None = None,
    rigoroso: bool = True,
) -> EsitoSalvataggio:
    """Check and store answers by question code, raw from a form or as JSON.

    `revisioni` gives the revision of each answer that the person saw: an answer changed meanwhile by someone else is
    not overwritten but comes back as a conflict. Without it the last word wins.
    `rigoroso`: any answer that does not fit raises ErroreDominio and nothing is written; else the others are written.
    Raises ErroreDominio outside the phase or after its deadline, NonAutorizzato for who is not a referente of the body.
    """
    normali, errori = _normalizza(compilazione, risposte)
    if errori and rigoroso:
        raise ErroreDominio(
            "Alcune risposte non vanno bene: niente è stato salvato.",
            [Mancanza(f"{codice}: {testo}") for codice, testo in errori.items()],
        )
    with transaction.atomic():
        prepara_scrittura(compilazione, da)
        scritte, conflitti = scrivi(compilazione, normali, revisioni, da)
        tocca(compilazione, scritte)
    compilazione.dimentica()
    return EsitoSalvataggio(tuple(scritte), conflitti, errori)


def scegli_risposta(
    compilazione: Compilazione, codice: str, mia: Any, *, tieni_mia: bool, revisione: int, da: Agente
) -> EsitoSalvataggio:
    """Settle a conflict: keep one's own answer or the stored one; the other stays in the question's history."""
    domanda = compilazione.questionario.struttura.per_codice[codice]
    if tieni_mia:
        return salva_risposte(
            compilazione, {codice: mia}, da=da, revisioni={codice: revisione}, rigoroso=False
        )
    with transaction.atomic():
        prepara_scrittura(compilazione, da)
        risposta = Risposta.objects.get(compilazione=compilazione, domanda=codice)
        VersioneRisposta.objects.create(
            risposta=risposta,
            revisione=risposta.revisione,
            valore=valori.normalizza(domanda, mia),
            chi=da.utente,
            quando=orologio.adesso(),
            scartata=True,
        )
    return EsitoSalvataggio()


def prepara_scrittura(compilazione: Compilazione, da: Agente) -> None:
    """Lock the answer of a body for writing, starting it if need be; refuse, with words, who or what may not."""
    if not (da.ha(Ruolo.REFERENTE) and da.agisce_per(compilazione.ente_id)):
        raise NonAutorizzato("Le risposte le scrive il referente dell'ente.")
    fasi.richiedi_fase(compilazione.accordo, FASE, entro_scadenza=True)
    if compilazione.stato == StatoCompilazione.DA_INIZIARE:
        with suppress(StatoCambiato):  # a colleague may just have begun: what counts is the state read below
            esegui(compilazione, "inizia", da=da)
    fresca = Compilazione.objects.select_for_update().only("stato", "revisione").get(pk=compilazione.pk)
    compilazione.stato, compilazione.revisione = fresca.stato, fresca.revisione
    if not compilazione.si_compila:
        raise StatoCambiato(
            f"Il questionario non si può più modificare: ora è «{compilazione.stato_in_parole}»."
        )


def _normalizza(
    compilazione: Compilazione, risposte: Mapping[str, Any]
) -> tuple[dict[str, Valore], dict[str, str]]:
    per_codice = compilazione.questionario.struttura.per_codice
    normali: dict[str, Valore] = {}
    errori: dict[str, str] = {}
    for codice, grezza in risposte.items():
        domanda = per_codice.get(codice)
        try:
            if domanda is None or domanda.tipo == FILE:
                raise valori.ValoreNonValido("Qui non si scrive una risposta.")
            normali[codice] = valori.normalizza(domanda, grezza)
        except valori.ValoreNonValido as errore:
            errori[codice] = str(errore)
    return normali, errori


def scrivi(
    compilazione: Compilazione, nuovi: Mapping[str, Valore], revisioni: Mapping[str, int] | None, da: Agente
) -> tuple[list[str], dict[str, Conflitto]]:
    """Write what changed, in a fixed number of queries; the row of the body is locked."""
    per_codice = compilazione.questionario.struttura.per_codice
    attuali = {
        r.domanda: r
        for r in Risposta.objects.filter(compilazione=compilazione, domanda__in=nuovi).select_related("chi")
    }
    superate = {
        codice: revisioni[codice]
        for codice, attuale in attuali.items()
        if revisioni is not None and codice in revisioni and revisioni[codice] != attuale.revisione
    }
    basi = _valori_visti(attuali, superate)
    da_creare: list[Risposta] = []
    da_cambiare: list[Risposta] = []
    conflitti: dict[str, Conflitto] = {}
    adesso = orologio.adesso()
    for codice, nuovo in nuovi.items():
        risposta = attuali.get(codice)
        if risposta is None:
            if nuovo is not None:
                da_creare.append(
                    Risposta(
                        compilazione=compilazione, domanda=codice, valore=nuovo, chi=da.utente, quando=adesso
                    )
                )
        elif valori.uguali(risposta.valore, nuovo):
            continue
        elif codice in superate and valori.uguali(basi.get(codice), nuovo):
            continue  # this person did not touch it: the colleague's answer stands
        elif codice in superate:
            conflitti[codice] = Conflitto(
                per_codice[codice], nuovo, risposta.valore, risposta.chi, risposta.quando, risposta.revisione
            )
        else:
            risposta.valore, risposta.chi, risposta.quando = nuovo, da.utente, adesso
            risposta.revisione += 1
            da_cambiare.append(risposta)
    Risposta.objects.bulk_create(da_creare)
    if da_cambiare:
        Risposta.objects.bulk_update(da_cambiare, ["valore", "revisione", "chi", "quando"])
    scritte = [*da_creare, *da_cambiare]
    VersioneRisposta.objects.bulk_create(
        VersioneRisposta(risposta=r, revisione=r.revisione, valore=r.valore, chi=da.utente, quando=adesso)
        for r in scritte
    )
    return [r.domanda for r in scritte], conflitti


def _valori_visti(attuali: Mapping[str, Risposta], superate: Mapping[str, int]) -> dict[str, Valore]:
    """What the person had before them: the value of each overtaken answer at the revision that they saw."""
    if not superate:
        return {}
    versioni = VersioneRisposta.objects.filter(
        risposta__in=[attuali[codice].pk for codice in superate], scartata=False
    ).select_related("risposta")
    return {v.risposta.domanda: v.valore for v in versioni if v.revisione == superate.get(v.risposta.domanda)}


def tocca(compilazione: Compilazione, scritte: list[str]) -> None:
    """Note that somebody has worked on it."""
    if scritte:
        compilazione.ultima_attivita = orologio.adesso()
        Compilazione.objects.filter(pk=compilazione.pk).update(ultima_attivita=compilazione.ultima_attivita)
