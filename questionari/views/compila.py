"""Answering: one page a section; works without JavaScript, and with it each field saves itself."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accordo.base import allegati as file_privati
from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from questionari import interrogazioni, permessi, presentazione, servizi, valori, visibilita
from questionari.definizione import FILE, GRADUATORIA, Domanda, Sezione
from questionari.models import Compilazione, VersioneRisposta
from questionari.stati import FASE
from questionari.views.comune import propria_o_404, sezione_o_404


@dataclass
class Ricevuto:
    """What a posted page brings, and what became of it."""

    grezzi: dict[str, Any] = field(default_factory=dict)
    revisioni: dict[str, int] = field(default_factory=dict)
    conflitti: dict[str, servizi.Conflitto] = field(default_factory=dict)
    errori: dict[str, str] = field(default_factory=dict)

    @property
    def a_posto(self) -> bool:
        return not self.conflitti and not self.errori


def sezione(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """One section: fill it in, save it, go on."""
    compilazione = propria_o_404(request, slug)
    scelta = sezione_o_404(compilazione, codice)
    scrive = permessi.compila(request.agente, compilazione) and compilazione.si_compila
    if not scrive or (request.method == "GET" and not _aperta(compilazione)):
        return redirect(reverse("questionari:riepilogo", args=[slug]) + f"#sezione-{codice}")
    ricevuto = Ricevuto()
    if request.method == "POST":
        azione = request.POST.get("azione", "")
        ricevuto = _salva(request, compilazione, scelta.domande, azione)
        if ricevuto.a_posto:
            return redirect(_dove_va(request, compilazione, scelta, azione))
    contesto = _contesto(request, compilazione, scelta, ricevuto)
    return render(request, "questionari/sezione.html", contesto, status=200 if ricevuto.a_posto else 422)


def _aperta(compilazione: Compilazione) -> bool:
    """Whether answers are taken now. A POST that comes too late is told so by the service."""
    return fasi.in_fase(compilazione.accordo, FASE) and not fasi.scaduta(compilazione.accordo, FASE)


@require_POST
def domanda(request: RichiestaAutenticata, slug: str, codice: str, domanda: str) -> HttpResponse:
    """Save one question (htmx); answers with what changes on the page."""
    compilazione = propria_o_404(request, slug)
    scelta = sezione_o_404(compilazione, codice)
    quale = next((d for d in scelta.domande if d.codice == domanda), None)
    if quale is None or not permessi.compila(request.agente, compilazione):
        raise Http404
    azione = request.POST.get("azione", "")
    ricevuto = _salva(request, compilazione, [quale], azione)
    if not request.htmx:
        return redirect(reverse("questionari:sezione", args=[slug, codice]) + f"#q-{domanda}")
    contesto = _contesto(request, compilazione, scelta, ricevuto)
    campi = {campo.codice: campo for campo in contesto["campi"]}
    dipendenti = visibilita.dipendenti(compilazione.questionario.struttura, domanda)
    intera = bool(azione or ricevuto.conflitti or f"{domanda}-mia" in request.POST)
    contesto |= {
        "campo": campi[domanda],
        "dipendenti": [campi[d.codice] for d in dipendenti if d.codice in campi],
        "intera": intera,
    }
    risposta = render(request, "questionari/salvata.html", contesto)
    if intera:
        risposta["HX-Retarget"] = f"#q-{domanda}"
        risposta["HX-Reswap"] = "outerHTML"
    return risposta


def _salva(
    request: RichiestaAutenticata, compilazione: Compilazione, domande: Iterable[Domanda], azione: str
) -> Ricevuto:
    """Read the questions that the form holds, and store them."""
    ricevuto = Ricevuto()
    quale, tasto, voce = [*azione.split(":"), "", "", ""][:3]
    for domanda in domande:
        chiave = domanda.codice
        if domanda.tipo == FILE:
            if quale == chiave:
                _file(request, compilazione, domanda, tasto, voce, ricevuto)
        elif f"{chiave}-mia" in request.POST:
            _sciogli(request, compilazione, domanda, ricevuto)
        elif f"{chiave}-rev" in request.POST:
            grezzo = valori.dal_modulo(domanda, request.POST)
            if quale == chiave and domanda.tipo == GRADUATORIA:
                grezzo = valori.sposta(domanda, grezzo, tasto, voce)
            ricevuto.grezzi[chiave] = grezzo
            ricevuto.revisioni[chiave] = _intero(request.POST.get(f"{chiave}-rev"))
    if ricevuto.grezzi:
        esito = servizi.salva_risposte(
            compilazione, ricevuto.grezzi, da=request.agente, revisioni=ricevuto.revisioni, rigoroso=False
        )
        ricevuto.conflitti |= esito.conflitti
        ricevuto.errori |= esito.errori
    compilazione.dimentica()
    return ricevuto


def _sciogli(
    request: RichiestaAutenticata, compilazione: Compilazione, domanda: Domanda, ricevuto: Ricevuto
) -> None:
    """A question shown with two answers: keep the one chosen; if none is, ask again."""
    chiave = domanda.codice
    try:
        mia = valori.normalizza(domanda, json.loads(request.POST[f"{chiave}-mia"]))
    except (ValueError, valori.ValoreNonValido) as errore:
        raise Http404 from errore
    revisione = _intero(request.POST.get(f"{chiave}-rev"))
    tenuta = request.POST.get(f"{chiave}-tieni")
    if tenuta in ("mia", "loro"):
        esito = servizi.scegli_risposta(
            compilazione, chiave, mia, tieni_mia=tenuta == "mia", revisione=revisione, da=request.agente
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
    tasto: str,
    voce: str,
    ricevuto: Ricevuto,
) -> None:
    if tasto == "togli":
        allegato = get_object_or_404(
            interrogazioni.allegati_visibili_a(request.agente),
            pk=_intero(voce),
            compilazione=compilazione,
            domanda=domanda.codice,
        )
        servizi.togli_allegato(allegato, da=request.agente)
        return
    file = request.FILES.get(domanda.codice)
    if not isinstance(file, UploadedFile):
        ricevuto.errori[domanda.codice] = "Scegliete prima il documento, poi premete «Allega»."
        return
    try:
        servizi.allega(compilazione, domanda.codice, file, da=request.agente)
    except ErroreDominio as errore:
        ricevuto.errori[domanda.codice] = errore.testo


def _intero(testo: str | None) -> int:
    return int(testo) if testo and testo.isdecimal() and len(testo) < 10 else 0


def _dove_va(request: RichiestaAutenticata, compilazione: Compilazione, scelta: Sezione, azione: str) -> str:
    slug = compilazione.accordo.slug
    qui = reverse("questionari:sezione", args=[slug, scelta.codice])
    if azione:
        return f"{qui}#q-{azione.split(':')[0]}"
    messages.success(request, f"Risposte salvate: {scelta.titolo}.")
    sezioni = visibilita.sezioni_per(compilazione.questionario.struttura, compilazione.ente.tipo)
    posto = sezioni.index(scelta)
    if "resta" in request.POST:
        return qui
    if posto + 1 < len(sezioni):
        return reverse("questionari:sezione", args=[slug, sezioni[posto + 1].codice])
    return reverse("questionari:riepilogo", args=[slug])


def _contesto(
    request: RichiestaAutenticata, compilazione: Compilazione, scelta: Sezione, ricevuto: Ricevuto
) -> dict[str, Any]:
    progressi = compilazione.progressi()
    posto = next(i for i, p in enumerate(progressi) if p.sezione == scelta)
    campi = presentazione.campi(
        compilazione,
        scelta,
        scritti=ricevuto.grezzi,
        errori=ricevuto.errori,
        conflitti=ricevuto.conflitti,
        allegati=interrogazioni.presenti(compilazione)
        if any(d.tipo == FILE for d in scelta.domande)
        else None,
    )
    return {
        "accordo": compilazione.accordo,
        "compilazione": compilazione,
        "sezione": scelta,
        "campi": campi,
        "da_rivedere": [campo for campo in campi if campo.errore or campo.conflitto],
        "progressi": progressi,
        "numero": progressi[posto].numero,
        "precedente": progressi[posto - 1].sezione if posto else None,
        "successiva": progressi[posto + 1] if posto + 1 < len(progressi) else None,
        "termine": fasi.scadenza(compilazione.accordo, FASE),
        "io": request.user,
    }


@require_safe
def storia(request: RichiestaAutenticata, slug: str, domanda: str) -> HttpResponse:
    """Every value that an answer of one's own body has had."""
    compilazione = propria_o_404(request, slug)
    quale = compilazione.questionario.struttura.per_codice.get(domanda)
    if quale is None:
        raise Http404
    versioni = VersioneRisposta.objects.filter(
        risposta__compilazione=compilazione, risposta__domanda=domanda
    ).select_related("chi")
    return render(
        request,
        "questionari/storia.html",
        {
            "accordo": compilazione.accordo,
            "compilazione": compilazione,
            "domanda": quale,
            "numero": compilazione.questionario.struttura.numeri[domanda],
            "sezione": compilazione.questionario.struttura.sezione_di[domanda],
            "versioni": [(v, valori.in_parole(quale, v.valore)) for v in versioni],
        },
    )


@require_safe
def allegato(request: RichiestaAutenticata, slug: str, pk: int) -> FileResponse:
    """A file, for the body itself and the coordinator."""
    trovato = get_object_or_404(
        interrogazioni.allegati_visibili_a(request.agente),
        pk=pk,
        compilazione__questionario__accordo__slug=slug,
    )
    return file_privati.servi(trovato.file, trovato.nome)
