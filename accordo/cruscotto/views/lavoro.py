"""The working pages: what I have to do, where we stand, when things happen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accordo.base import orologio
from accordo.base.grafici import gantt
from accordo.base.richiesta import RichiestaAutenticata
from accordo.base.templatetags.ui import conta
from accordo.cruscotto import attivita as agende
from accordo.cruscotto import interrogazioni, quadro, servizi
from accordo.cruscotto import tempi as calcoli
from accordo.cruscotto.avanzamento import tavola
from accordo.cruscotto.calendario import ics
from accordo.cruscotto.incontri import incontri, incontri_di
from accordo.cruscotto.territorio import mappa_comuni
from accordo.iter import permessi
from accordo.iter.interrogazioni import accordi_visibili_a, eventi_visibili_a
from accordo.iter.procedura import processo

FATTE_MOSTRATE = 6
EVENTI_MOSTRATI = 5


@require_GET
def mie_attivita(request: RichiestaAutenticata) -> HttpResponse:
    """The first page after login: straight to the accord if there is one, else the choice, or why there is none."""
    if request.agente.ente is None and request.agente.affidante is not None:
        return redirect("questionari:affidate")
    accordi = list(accordi_visibili_a(request.agente))
    if len(accordi) == 1:
        return redirect("cruscotto:attivita", slug=accordi[0].slug)
    voci = [(accordo, agende.agenda(accordo, request.agente)) for accordo in accordi]
    return render(request, "cruscotto/mie_attivita.html", {"voci": voci})


@require_GET
def attivita(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Drawing a: to do, coming, done."""
    accordo = interrogazioni.accordo_visibile(request, slug)
    agenda = agende.agenda(accordo, request.agente)
    tutte = "tutte" in request.GET
    tempi = calcoli.tempi_delle_fasi(accordo)
    contesto = {
        "accordo": accordo,
        "agenda": agenda,
        "fatte": agenda.fatte if tutte else agenda.fatte[:FATTE_MOSTRATE],
        "altre_fatte": len(agenda.fatte) > FATTE_MOSTRATE and not tutte,
        "in_arrivo": agende.in_arrivo(tempi, incontri_di(accordo, request.agente), orologio.oggi())[:4],
        "altri_enti": agende.altri_enti(request.agente, getattr(request, "agenti_possibili", [])),
    }
    return render(request, "cruscotto/attivita.html", contesto)


@require_GET
def cruscotto(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Drawing b: where we are, what is missing, bodies by phases, map, latest events."""
    accordo = interrogazioni.accordo_visibile(request, slug)
    tutta = tavola(accordo)
    solo_mancanti = request.GET.get("mostra") == "mancanti" and bool(tutta.mancanti)
    contesto = {
        "accordo": accordo,
        "coordina": permessi.coordina(request.agente, accordo),
        "oggi": orologio.oggi(),
        "punto": quadro.punto(accordo, tutta),
        "riapertura": processo().riapertura(accordo, request.agente),
        "passaggio": quadro.passaggio(accordo, request.agente),
        "tavola": tutta,
        "solo_mancanti": solo_mancanti,
        "aperte": solo_mancanti or request.GET.get("aree") == "aperte",
        "mappa": mappa_comuni(accordo, tutta),
        "eventi": quadro.eventi_in_parole(eventi_visibili_a(request.agente, accordo)[:EVENTI_MOSTRATI]),
    }
    return render(request, "cruscotto/cruscotto.html", contesto)


@require_http_methods(["GET", "POST"])
def promemoria(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Remind those who have not finished: what will be written and to whom, then send."""
    accordo = interrogazioni.accordo_coordinato(request, slug)
    if request.method == "POST":
        quanti = servizi.promemoria(accordo, da=request.agente)
        messages.success(request, f"Promemoria inviato a {conta(quanti, 'ente,enti')}.")
        return redirect("cruscotto:cruscotto", slug=slug)
    return render(request, "cruscotto/promemoria.html", {"accordo": accordo, "tavola": tavola(accordo)})


@require_GET
def tempi(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Drawing c: the diagram of the phases, doubled by tables."""
    accordo = interrogazioni.accordo_visibile(request, slug)
    voci = calcoli.tempi_delle_fasi(accordo)
    date = calcoli.appuntamenti(accordo, voci, incontri(accordo))
    sommario = quadro.sommario_tempi(accordo, voci)
    diagrammi = [
        gantt.gantt(
            [voce.per_il_diagramma() for voce in voci],
            calcoli.tappe(date),
            orologio.oggi(),
            formato=formato,
            titolo="Diagramma delle otto fasi",
            descrizione=f"{sommario} Gli stessi dati sono nella tabella sotto.",
        )
        for formato in (gantt.LARGO, gantt.STRETTO)
    ]
    contesto = {
        "accordo": accordo,
        "tempi": voci,
        "appuntamenti": date,
        "sommario": sommario,
        "diagrammi": diagrammi,
        "coordina": permessi.coordina(request.agente, accordo),
    }
    return render(request, "cruscotto/tempi.html", contesto)


@require_GET
def calendario(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The dates as a calendar file."""
    accordo = interrogazioni.accordo_visibile(request, slug)
    voci = calcoli.tempi_delle_fasi(accordo)
    date = calcoli.appuntamenti(accordo, voci, incontri(accordo))
    risposta = HttpResponse(ics(accordo, date), content_type="text/calendar; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{accordo.slug}-date.ics"'
    return risposta
