"""Writing the questionnaire: its beginning, its plan, its sections."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import permessi
from accordo.iter.models import Accordo
from questionari import confronto, interrogazioni, modifiche, servizi, visibilita
from questionari.definizione import Sezione
from questionari.models import Questionario
from questionari.moduli import CominciaForm, IntestazioneForm, SezioneForm
from questionari.moduli.semplici import NOMI_TIPI
from questionari.servizi import redazione as servizio
from questionari.views.comune import accordo_o_404

NUOVA_SEZIONE = re.compile(r"S\d{1,6}\Z", re.ASCII)


def coordinato_o_404(request: RichiestaAutenticata, slug: str) -> Accordo:
    """The accord, for who leads it."""
    accordo = accordo_o_404(request, slug)
    if not permessi.coordina(request.agente, accordo):
        raise Http404
    return accordo


def bozza_o_404(request: RichiestaAutenticata, slug: str) -> tuple[Accordo, Questionario]:
    """The accord and the version being written, for who leads it."""
    accordo = coordinato_o_404(request, slug)
    bozza = interrogazioni.bozza_di(accordo)
    if bozza is None:
        raise Http404
    return accordo, bozza


@require_safe
def modifica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The plan of the questionnaire; before there is one, the ways to begin; once it is open, how to correct it."""
    accordo = coordinato_o_404(request, slug)
    bozza = interrogazioni.bozza_di(accordo)
    if bozza is not None:
        return render(request, "questionari/editor/piano.html", piano(accordo, bozza))
    in_vigore = interrogazioni.questionario_di(accordo)
    if in_vigore is not None:
        return redirect("questionari:questionario", slug=slug)
    contesto = {
        "accordo": accordo,
        "form": CominciaForm(),
        "altri": interrogazioni.questionari_riusabili(request.agente, accordo),
    }
    return render(request, "questionari/editor/comincia.html", contesto)


def piano(accordo: Accordo, bozza: Questionario) -> dict[str, Any]:
    """What the page of the plan shows."""
    struttura = bozza.struttura
    controlli = bozza.controlli()
    in_vigore = interrogazioni.questionario_aperto(accordo)
    per_domanda: dict[str, bool] = {}
    for controllo in controlli:
        if controllo.domanda:
            per_domanda[controllo.domanda] = per_domanda.get(controllo.domanda, False) or controllo.blocca
    return {
        "accordo": accordo,
        "questionario": bozza,
        "struttura": struttura,
        "sezioni": [
            (
                sezione,
                [
                    {
                        "domanda": domanda,
                        "numero": struttura.numeri[domanda.codice],
                        "tipo": NOMI_TIPI[domanda.tipo],
                        "perche": visibilita.perche_visibile(struttura, domanda),
                        "controllo": per_domanda.get(domanda.codice),
                        "prima": i == 0 and j == 0,
                        "ultima": i == len(struttura.sezioni) - 1 and j == len(sezione.domande) - 1,
                    }
                    for j, domanda in enumerate(sezione.domande)
                ],
            )
            for i, sezione in enumerate(struttura.sezioni)
        ],
        "tipi": list(NOMI_TIPI.items()),
        "ordine": servizio.vista_ordine(struttura),
        "errori": sum(c.blocca for c in controlli),
        "avvisi": sum(not c.blocca for c in controlli),
        "in_vigore": in_vigore,
        "cambi": len(confronto.cambi(in_vigore.struttura, struttura)) if in_vigore else 0,
    }


@require_POST
def comincia(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Begin from nothing, or from another accord's questionnaire."""
    accordo = coordinato_o_404(request, slug)
    altri = interrogazioni.questionari_riusabili(request.agente, accordo)
    if "da" in request.POST:
        scelto = next((q for q in altri if str(q.pk) == request.POST["da"]), None)
        if scelto is None:
            raise Http404
        servizi.comincia(accordo, da=request.agente, da_questionario=scelto)
        messages.success(request, "Questionario copiato: ora si può adattare a questo accordo.")
        return redirect("questionari:modifica", slug=slug)
    form = CominciaForm(request.POST)
    if not form.is_valid():
        contesto = {"accordo": accordo, "form": form, "altri": altri}
        return render(request, "questionari/editor/comincia.html", contesto, status=422)
    servizi.comincia(accordo, da=request.agente, titolo=form.cleaned_data["titolo"])
    messages.success(request, "Questionario cominciato: aggiungi la prima sezione.")
    return redirect("questionari:modifica", slug=slug)


@require_POST
def sposta(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Move a section or a question up or down. `che`: "domanda:D03:su"."""
    accordo, bozza = bozza_o_404(request, slug)
    cosa, codice, verso = [*request.POST.get("che", "").split(":"), "", "", ""][:3]
    passi = {"su": -1, "giu": 1}.get(verso)
    if passi is None or cosa not in ("domanda", "sezione"):
        raise Http404
    cambia = modifiche.sposta_domanda if cosa == "domanda" else modifiche.sposta_sezione
    rifiuto: ErroreDominio | None = None
    try:
        bozza = servizi.modifica(
            accordo,
            cambia(codice, passi),
            da=request.agente,
            parte="ordine",
            che_cosa=f"sposta {cosa} {codice} {verso}",
            letta=request.POST.get("ordine"),
            guarda=servizio.vista_ordine,
        )
    except ErroreDominio as errore:
        rifiuto = errore
        bozza = interrogazioni.bozza_di(accordo) or bozza
    if rifiuto is None and not request.htmx:
        return redirect(reverse("questionari:modifica", args=[slug]) + f"#{cosa[0]}-{codice}")
    contesto = piano(accordo, bozza) | {"rifiuto": rifiuto}
    stato = 409 if rifiuto and not request.htmx else 200
    return render(request, "questionari/editor/piano.html", contesto, status=stato)


def intestazione(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Title and foreword."""
    accordo, bozza = bozza_o_404(request, slug)
    struttura = bozza.struttura
    form = IntestazioneForm(
        request.POST if request.method == "POST" else None,
        initial={"titolo": struttura.titolo, "premessa": struttura.premessa},
    )
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "titolo": "Titolo e premessa",
        "form": form,
        "letta": servizio.vista_intestazione(struttura),
    }
    if request.method == "POST" and form.is_valid():
        try:
            servizi.modifica(
                accordo,
                modifiche.intestazione(**form.cleaned_data),
                da=request.agente,
                parte="intestazione",
                che_cosa="cambia titolo e premessa",
                letta=request.POST.get("letta"),
                guarda=servizio.vista_intestazione,
            )
        except servizi.ModificatoNelFrattempo as conflitto:
            ora = (interrogazioni.bozza_di(accordo) or bozza).struttura
            contesto |= {
                "conflitto": conflitto,
                "loro": [("Titolo", ora.titolo), ("Premessa", ora.premessa)],
                "letta": servizio.vista_intestazione(ora),
            }
            return render(request, "questionari/editor/semplice.html", contesto, status=409)
        messages.success(request, "Titolo e premessa salvati.")
        return redirect("questionari:modifica", slug=slug)
    return render(request, "questionari/editor/semplice.html", contesto, status=422 if form.errors else 200)


def sezione(request: RichiestaAutenticata, slug: str, codice: str = "") -> HttpResponse:
    """A section, new or not."""
    accordo, bozza = bozza_o_404(request, slug)
    struttura = bozza.struttura
    attuale = modifiche.sezione(struttura, codice)
    if codice and attuale is None and request.method != "POST":
        raise Http404
    form = SezioneForm(
        request.POST if request.method == "POST" else None,
        initial={
            "titolo": attuale.titolo,
            "descrizione": attuale.descrizione,
            "destinatari": list(attuale.destinatari),
        }
        if attuale
        else None,
    )
    nuovo = request.POST.get("nuovo", "")
    if not NUOVA_SEZIONE.match(nuovo):
        nuovo = modifiche.codice_sezione(struttura, servizio.codici_usati(accordo, "sezioni"))
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "titolo": "Modifica la sezione" if codice else "Nuova sezione",
        "form": form,
        "letta": servizio.vista_sezione(struttura, codice) if codice else "",
        "nuovo": "" if codice else nuovo,
        "elimina": reverse("questionari:elimina_sezione", args=[slug, codice]) if attuale else "",
    }
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        messa = Sezione(codice or nuovo, dati["titolo"], (), dati["descrizione"], tuple(dati["destinatari"]))
        try:
            if codice:
                servizi.modifica(
                    accordo,
                    modifiche.metti_sezione(messa),
                    da=request.agente,
                    parte=f"sezione {codice}",
                    che_cosa="cambia la sezione",
                    letta=request.POST.get("letta"),
                    guarda=lambda d: servizio.vista_sezione(d, codice),
                )
            else:
                servizi.aggiungi_sezione(accordo, messa, da=request.agente)
        except servizi.ModificatoNelFrattempo as conflitto:
            ora = (interrogazioni.bozza_di(accordo) or bozza).struttura
            loro = modifiche.sezione(ora, codice)
            contesto |= {
                "conflitto": conflitto,
                "loro": [("Titolo", loro.titolo), ("Descrizione", loro.descrizione)] if loro else [],
                "letta": servizio.vista_sezione(ora, codice),
            }
            return render(request, "questionari/editor/semplice.html", contesto, status=409)
        messages.success(request, f"Sezione salvata: {messa.titolo}.")
        return redirect(reverse("questionari:modifica", args=[slug]) + f"#s-{messa.codice}")
    return render(request, "questionari/editor/semplice.html", contesto, status=422 if form.errors else 200)


def elimina_sezione(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """Take a section away, after a confirmation; refused while other questions depend on its own."""
    accordo, bozza = bozza_o_404(request, slug)
    struttura = bozza.struttura
    attuale = modifiche.sezione(struttura, codice)
    if attuale is None:
        raise Http404
    indietro = reverse("questionari:modifica", args=[slug])
    if request.method == "POST":
        servizi.modifica(
            accordo,
            modifiche.togli_sezione(codice),
            da=request.agente,
            parte=f"sezione {codice}",
            che_cosa="elimina la sezione",
        )
        messages.success(request, f"Sezione eliminata: {attuale.titolo}.")
        return redirect(indietro)
    legate = modifiche.dipendenti_da(struttura, [d.codice for d in attuale.domande])
    quante = len(attuale.domande)
    return render(
        request,
        "questionari/editor/elimina.html",
        {
            "accordo": accordo,
            "titolo": f"Elimina la sezione «{attuale.titolo}»",
            "testo": f"Con la sezione si {'elimina la sua domanda' if quante == 1 else f'eliminano le sue {quante} domande'}."
            if quante
            else "La sezione è vuota.",
            "legate": [(d, struttura.numeri[d.codice]) for d in legate],
            "etichetta": "" if legate else "Elimina la sezione",
            "url_annulla": indietro,
        },
    )
