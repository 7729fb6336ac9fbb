"""A posted page of the questionnaire: read question by question, stored, and what became of each."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.shortcuts import get_object_or_404

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from questionari import servizi, valori
from questionari.definizione import FILE, GRADUATORIA, Domanda
from questionari.models import AllegatoRisposta, Compilazione


@dataclass
class Ricevuto:
    """What a posted page brings, and what became of it."""

    grezzi: dict[str, Any] = field(default_factory=dict)
    revisioni: dict[str, int] = field(default_factory=dict)
    conflitti: dict[str, servizi.Conflitto] = field(default_factory=dict)
    errori: dict[str, str] = field(default_factory=dict)
    rifiuto: str = ""
    """Why nothing at all was stored: the term has passed, or somebody handed the answers on meanwhile."""

    @property
    def a_posto(self) -> bool:
        return not self.conflitti and not self.errori and not self.rifiuto

    @property
    def codice_http(self) -> int:
        return 409 if self.rifiuto else 200 if self.a_posto else 422


@dataclass(frozen=True, slots=True)
class Tasto:
    """The button that was pressed inside a question: "D22:su:voce", "D11:togli:14", "D14:scegli"."""

    domanda: str = ""
    verbo: str = ""
    voce: str = ""

    @classmethod
    def letto(cls, request: RichiestaAutenticata) -> "Tasto":
        """Read it from the form; empty when no such button was pressed."""
        return cls(*[*request.POST.get("azione", "").split(":"), "", "", ""][:3])


def leggi(request: RichiestaAutenticata, domande: Iterable[Domanda], tasto: Tasto) -> Ricevuto:
    """Collect the raw answers that the form holds, without storing anything."""
    ricevuto = Ricevuto()
    for domanda in domande:
        chiave = domanda.codice
        if domanda.tipo == FILE or f"{chiave}-mia" in request.POST or f"{chiave}-rev" not in request.POST:
            continue
        grezzo = valori.dal_modulo(domanda, request.POST)
        if tasto.domanda == chiave and domanda.tipo == GRADUATORIA:
            grezzo = valori.sposta(domanda, grezzo, tasto.verbo, tasto.voce)
        ricevuto.grezzi[chiave] = grezzo
        ricevuto.revisioni[chiave] = intero(request.POST.get(f"{chiave}-rev"))
    return ricevuto


def salva(
    request: RichiestaAutenticata,
    compilazione: Compilazione,
    domande: Iterable[Domanda],
    tasto: Tasto,
    ricevuto: Ricevuto,
) -> None:
    """Store what was read, settle the conflicts that were decided, add and take away files."""
    for domanda in domande:
        if domanda.tipo == FILE:
            if tasto.domanda == domanda.codice:
                _file(request, compilazione, domanda, tasto, ricevuto)
        elif f"{domanda.codice}-mia" in request.POST:
            _sciogli(request, compilazione, domanda, ricevuto)
    if ricevuto.grezzi:
        esito = servizi.salva_risposte(
            compilazione, ricevuto.grezzi, da=request.agente, revisioni=ricevuto.revisioni, rigoroso=False
        )
        ricevuto.conflitti |= esito.conflitti
        ricevuto.errori |= esito.errori


def _sciogli(
    request: RichiestaAutenticata, compilazione: Compilazione, domanda: Domanda, ricevuto: Ricevuto
) -> None:
    """A question shown with two answers: keep the one chosen; if none is, ask again."""
    chiave = domanda.codice
    try:
        mia = valori.normalizza(domanda, json.loads(request.POST[f"{chiave}-mia"]))
    except (ValueError, valori.ValoreNonValido) as errore:
        raise Http404 from errore
    tenuta = request.POST.get(f"{chiave}-tieni")
    if tenuta in ("mia", "loro"):
        esito = servizi.scegli_risposta(
            compilazione,
            chiave,
            mia,
            tieni_mia=tenuta == "mia",
            revisione=intero(request.POST.get(f"{chiave}-rev")),
            da=request.agente,
        )
        ricevuto.conflitti |= esito.conflitti
        return
    attuale = compilazione.per_domanda.get(chiave)
    if attuale is not None:
        ricevuto.conflitti[chiave] = servizi.Conflitto(
            domanda, mia, attuale.valore, attuale.chi, attuale.quando, attuale.revisione
        )


def _file(
    request: RichiestaAutenticata,
    compilazione: Compilazione,
    domanda: Domanda,
    tasto: Tasto,
    ricevuto: Ricevuto,
) -> None:
    chiave = domanda.codice
    if tasto.verbo == "togli":
        allegato = get_object_or_404(
            AllegatoRisposta, pk=intero(tasto.voce), compilazione=compilazione, domanda=chiave
        )
        allegato.compilazione = compilazione
        servizi.togli_allegato(allegato, da=request.agente)
        return
    file = request.FILES.get(chiave)
    if not isinstance(file, UploadedFile):
        ricevuto.errori[chiave] = "Scegliete prima il documento, poi premete «Allega»."
        return
    try:
        servizi.allega(compilazione, chiave, file, da=request.agente)
    except ErroreDominio as errore:
        ricevuto.errori[chiave] = errore.testo


def intero(testo: str | None) -> int:
    """A small natural number from a form; 0 for anything else."""
    return int(testo) if testo and testo.isdecimal() and testo.isascii() and len(testo) < 10 else 0
