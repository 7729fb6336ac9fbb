"""Answering: one page a section; works without JavaScript, and with it each field saves itself."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accordo.base.canonico import impronta
from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.models import Utente
from questionari import interrogazioni, lavoro, presentazione, servizi, visibilita
from questionari.definizione import FILE, Domanda, Sezione
from questionari.models import Compilazione, Presenza
from questionari.servizi.scrittura import richiedi_scrivibile
from questionari.views import modulo
from questionari.views.comune import da_scrivere, propria_o_404, sezione_o_404
from questionari.views.modulo import Ricevuto, Tasto

ESITO = "X-Salvata"
"""Says to the page's script that this is the answer to a save, and whether all was stored: "si" or "no"."""
LEGGI_O_SALVA = ["GET", "HEAD", "POST"]


@require_http_methods(LEGGI_O_SALVA)
def sezione(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """One section: fill it in, save it, go on."""
    compilazione = da_scrivere(request, slug, codice)
    if compilazione is None:  # of the body, but not who writes
        sezione_o_404(propria_o_404(request, slug), codice)
        return _da_leggere(slug, codice)
    scelta = sezione_o_404(compilazione, codice)
    ricevuto = Ricevuto()
    if request.method == "POST":
        tasto = Tasto.letto(request)
        ricevuto = _salva(request, slug, scelta, list(scelta.domande), tasto)
        if ricevuto.a_posto:
            return redirect(_dove_va(request, compilazione, scelta, tasto))
    elif not _aperta(compilazione):
        return _da_leggere(slug, codice)
    contesto = _contesto(request, compilazione, scelta, ricevuto)
    if not ricevuto.rifiuto:
        presenti = contesto["presenti"]
        servizi.segnala_presenza(compilazione, request.user, codice, "", presenti)
    return render(request, "questionari/sezione.html", contesto, status=ricevuto.codice_http)


def _da_leggere(slug: str, codice: str) -> HttpResponse:
    return redirect(reverse("questionari:riepilogo", args=[slug]) + f"#sezione-{codice}")


def _aperta(compilazione: Compilazione) -> bool:
    """Whether answers are taken now. A POST that comes too late is told so by the service."""
    try:
        richiedi_scrivibile(compilazione)
    except ErroreDominio:
        return False
    return True


def _salva(
    request: RichiestaAutenticata, slug: str, scelta: Sezione, domande: list[Domanda], tasto: Tasto
) -> Ricevuto:
    """Store what came. When nothing can be stored any more, what was typed is kept for the page, with the reason."""
    ricevuto = modulo.leggi(request, domande, tasto)
    try:
        with servizi.in_scrittura(request.agente, slug, scelta.codice) as compilazione:
            modulo.salva(request, compilazione, domande, tasto, ricevuto)
    except ErroreDominio as errore:
        ricevuto.rifiuto = errore.testo
    return ricevuto


@require_http_methods(LEGGI_O_SALVA)
def domanda(request: RichiestaAutenticata, slug: str, codice: str, domanda: str) -> HttpResponse:
    """Show or save one question (htmx); a save answers with what changes on the page."""
    if request.method != "POST":
        return _una(request, slug, codice, domanda)
    tasto = Tasto.letto(request)
    try:
        with servizi.in_scrittura(request.agente, slug, codice) as compilazione:
            scelta = sezione_o_404(compilazione, codice)
            quale = _domanda_o_404(scelta, domanda)
            ricevuto = modulo.leggi(request, [quale], tasto)
            modulo.salva(request, compilazione, [quale], tasto, ricevuto)
    except ErroreDominio as errore:
        if not request.htmx:
            raise
        risposta = render(
            request, "questionari/rifiutata.html", {"errore": errore}, status=errore.codice_http
        )
        risposta[ESITO] = "no"
        return risposta
    if not request.htmx:
        return redirect(reverse("questionari:sezione", args=[slug, codice]) + f"#q-{domanda}")
    return _salvata(request, compilazione, scelta, quale, ricevuto, tasto)


def _salvata(
    request: RichiestaAutenticata,
    compilazione: Compilazione,
    scelta: Sezione,
    quale: Domanda,
    ricevuto: Ricevuto,
    tasto: Tasto,
) -> HttpResponse:
    """What changes on the page: the question, those that depend on it, how far the section is. No query but for files."""
    struttura = compilazione.questionario.struttura
    codici = {d.codice for d in visibilita.dipendenti(struttura, quale.codice)}
    campi = {
        campo.codice: campo
        for campo in presentazione.campi(
            compilazione,
            scelta,
            scritti=ricevuto.grezzi,
            errori=ricevuto.errori,
            conflitti=ricevuto.conflitti,
            allegati=interrogazioni.presenti(compilazione) if quale.tipo == FILE else None,
        )
    }
    sciolto = f"{quale.codice}-mia" in request.POST
    intera = bool(tasto.domanda or ricevuto.conflitti or sciolto)
    contesto = lavoro.di_sezione(compilazione, scelta, request.agente) | {
        "campo": campi[quale.codice],
        "dipendenti": [campo for campo in campi.values() if campo.codice in codici],
        "intera": intera,
        "io": request.user,
    }
    risposta = render(request, "questionari/salvata.html", contesto)
    risposta[ESITO] = "no" if ricevuto.errori or ricevuto.conflitti else "si"
    if intera:
        risposta["HX-Retarget"] = f"#q-{quale.codice}"
        risposta["HX-Reswap"] = "outerHTML"
    return risposta


def _una(request: RichiestaAutenticata, slug: str, codice: str, domanda: str) -> HttpResponse:
    """One question as it stands, for a page on which a colleague has just changed it."""
    compilazione = da_scrivere(request, slug, codice)
    if compilazione is None:
        raise Http404
    scelta = sezione_o_404(compilazione, codice)
    quale = _domanda_o_404(scelta, domanda)
    if not request.htmx:
        return redirect(reverse("questionari:sezione", args=[slug, codice]) + f"#q-{domanda}")
    allegati = interrogazioni.presenti(compilazione) if quale.tipo == FILE else None
    campi = {c.codice: c for c in presentazione.campi(compilazione, scelta, allegati=allegati)}
    dipendenti = visibilita.dipendenti(compilazione.questionario.struttura, domanda)
    contesto = {
        "accordo": compilazione.accordo,
        "sezione": scelta,
        "campo": campi[domanda],
        "dipendenti": [campi[d.codice] for d in dipendenti if d.codice in campi],
        "io": request.user,
    }
    return render(request, "questionari/una.html", contesto)


def _domanda_o_404(scelta: Sezione, codice: str) -> Domanda:
    for domanda in scelta.domande:
        if domanda.codice == codice:
            return domanda
    raise Http404


@require_POST
def presenze(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """Who is here now, and which answers have changed: asked every few seconds, so it says "no news" when it can."""
    compilazione = da_scrivere(request, slug, codice)
    if compilazione is None:
        raise Http404
    scelta = sezione_o_404(compilazione, codice)
    presenti = interrogazioni.presenze(compilazione)
    domanda = request.POST.get("domanda", "")
    if domanda not in {d.codice for d in scelta.domande}:
        domanda = ""
    servizi.segnala_presenza(compilazione, request.user, codice, domanda, presenti)
    contesto = _chi_c_e(compilazione, scelta, presenti, request.user)
    if request.POST.get("stato") == contesto["stato_presenze"]:
        return HttpResponse(status=204)
    return render(request, "questionari/presenze.html", contesto)


def _chi_c_e(
    compilazione: Compilazione, scelta: Sezione, presenti: list[Presenza], io: Utente
) -> dict[str, Any]:
    """The colleagues who are here, the revision of each answer, and a short mark by which the page knows what it has."""
    altri = lavoro.altri(compilazione, presenti, io)
    revisioni = json.dumps(interrogazioni.revisioni(compilazione, [d.codice for d in scelta.domande]))
    return {
        "altri": altri,
        "revisioni_json": revisioni,
        "stato_presenze": impronta([revisioni, *(altro.parole for altro in altri)])[:16],
    }


def _dove_va(request: RichiestaAutenticata, compilazione: Compilazione, scelta: Sezione, tasto: Tasto) -> str:
    slug = compilazione.accordo.slug
    qui = reverse("questionari:sezione", args=[slug, scelta.codice])
    if tasto.domanda:
        return f"{qui}#q-{tasto.domanda}"
    messages.success(request, f"Risposte salvate: {scelta.titolo}.")
    if "resta" in request.POST:
        return qui
    sfondo = lavoro.di_sezione(compilazione, scelta, request.agente, intera=True)
    return _poi(sfondo["successiva"], sfondo["dell_ente"], slug)


def _poi(successiva: visibilita.Progresso | None, dell_ente: bool, slug: str) -> str:
    """Where one goes on from a section."""
    if successiva is not None:
        return reverse("questionari:sezione", args=[slug, successiva.sezione.codice])
    return reverse("questionari:riepilogo", args=[slug]) if dell_ente else reverse("questionari:affidate")


def _contesto(
    request: RichiestaAutenticata, compilazione: Compilazione, scelta: Sezione, ricevuto: Ricevuto
) -> dict[str, Any]:
    compilazione.dimentica()
    campi = presentazione.campi(
        compilazione,
        scelta,
        scritti=ricevuto.grezzi,
        errori=ricevuto.errori,
        conflitti=ricevuto.conflitti,
        tutto_scritto=bool(ricevuto.rifiuto),
        allegati=interrogazioni.presenti(compilazione)
        if any(d.tipo == FILE for d in scelta.domande)
        else None,
    )
    mostrate = compilazione.da_mostrare
    solo_nuove = "tutta" not in request.GET and any(d.codice in mostrate for d in scelta.domande)
    if solo_nuove:
        campi = [campo for campo in campi if campo.codice in mostrate]
    presenti = interrogazioni.presenze(compilazione)
    sfondo = lavoro.di_sezione(compilazione, scelta, request.agente, intera=True)
    return (
        sfondo
        | _chi_c_e(compilazione, scelta, presenti, request.user)
        | {
            "campi": campi,
            "solo_nuove": solo_nuove,
            "da_rivedere": [campo for campo in campi if campo.errore or campo.conflitto],
            "rifiuto": ricevuto.rifiuto,
            "presenti": presenti,
            "termine": compilazione.termine,
            "io": request.user,
            "url_poi": _poi(sfondo["successiva"], sfondo["dell_ente"], compilazione.accordo.slug),
        }
    )
