"""The first page of the questionnaire, for whoever opens it, and its preview."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi, permessi
from accordo.iter.models import Accordo
from questionari import interrogazioni, presentazione
from questionari import permessi as miei
from questionari.models import Compilazione
from questionari.stati import FASE, StatoCompilazione
from questionari.views.comune import accordo_o_404

PER_PAGINA = 60


def questionario(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """For the coordinator who has answered; for a body its own questionnaire; for the others what it is."""
    accordo = accordo_o_404(request, slug)
    compilazione = interrogazioni.propria(request.agente, accordo)
    if compilazione is not None:
        return _dell_ente(request, compilazione)
    modello = interrogazioni.questionario_di(accordo)
    contesto: dict[str, Any] = {
        "accordo": accordo,
        "questionario": modello,
        "termine": fasi.scadenza(accordo, FASE),
    }
    if permessi.coordina(request.agente, accordo):
        contesto["bozza"] = interrogazioni.bozza_di(accordo)
        return render(request, "questionari/elenco.html", contesto | _elenco(request, accordo))
    if modello is not None and modello.stato == "bozza":
        contesto["questionario"] = None
    return render(request, "questionari/attesa.html", contesto)


def _dell_ente(request: RichiestaAutenticata, compilazione: Compilazione) -> HttpResponse:
    accordo = compilazione.accordo
    progressi = compilazione.progressi()
    in_fase, scaduta = fasi.in_fase(accordo, FASE), fasi.scaduta(accordo, FASE)
    compila = (
        miei.compila(request.agente, compilazione) and compilazione.si_compila and in_fase and not scaduta
    )
    prossima = next((p for p in progressi if not p.iniziata or p.mancanti), None)
    nuove = compilazione.nuove() if compila else []
    return render(
        request,
        "questionari/panoramica.html",
        {
            "nuove": [(nuova, compilazione.url_domanda(nuova.domanda.codice)) for nuova in nuove],
            "prima_nuova": next(
                (compilazione.url_domanda(n.domanda.codice) for n in nuove if not n.data), ""
            ),
            "accordo": accordo,
            "compilazione": compilazione,
            "struttura": compilazione.questionario.struttura,
            "progressi": progressi,
            "prossima": prossima,
            "mancanti": sum(p.mancanti for p in progressi),
            "compila": compila,
            "convalida": miei.convalida(request.agente, compilazione)
            and compilazione.stato == StatoCompilazione.IN_CONVALIDA,
            "da_se": miei.fa_da_se(request.agente, compilazione),
            "senza_referente": compilazione.si_compila
            and in_fase
            and not scaduta
            and not compila
            and miei.convalida(request.agente, compilazione)
            and not interrogazioni.ha_referente(compilazione.ente),
            "riprende": compilazione.stato == StatoCompilazione.IN_TRASCRIZIONE
            and in_fase
            and (miei.compila(request.agente, compilazione) or miei.convalida(request.agente, compilazione)),
            "in_fase": in_fase,
            "scaduta": scaduta,
            "termine": fasi.scadenza(accordo, FASE),
        },
    )


def _elenco(request: RichiestaAutenticata, accordo: Accordo) -> dict[str, Any]:
    conto = interrogazioni.conta_per_stato(accordo)
    scelta = {chiave: request.GET.get(chiave, "") for chiave in ("stato", "ambito")}
    pagina = Paginator(interrogazioni.elenco_per_coordinatore(accordo, **scelta), PER_PAGINA).get_page(
        request.GET.get("page")
    )
    compilazioni = list(pagina.object_list)
    date = interrogazioni.risposte_date(compilazioni)
    inviate, tutte = conto[StatoCompilazione.INVIATA], sum(conto.values())
    return {
        "page_obj": pagina,
        "compilazioni": [(c, date.get(c.pk, 0)) for c in compilazioni],
        "consultati": tutte,
        "inviate": inviate,
        "mancano": tutte - inviate,
        "in_fase": fasi.in_fase(accordo, FASE),
        "stati": StatoCompilazione.choices,
        "ambiti": interrogazioni.ambiti_consultati(accordo),
        "scelta": scelta,
        "filtrato": any(scelta.values()),
    }


def anteprima(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The blank questionnaire: for the coordinator always, for the others once it is open."""
    accordo = accordo_o_404(request, slug)
    leggi = (
        interrogazioni.questionario_di
        if permessi.coordina(request.agente, accordo)
        else interrogazioni.questionario_aperto
    )
    modello = leggi(accordo)
    if modello is None:
        raise Http404
    return render(
        request,
        "questionari/anteprima.html",
        {
            "accordo": accordo,
            "questionario": modello,
            "struttura": modello.struttura,
            "sezioni": presentazione.in_bianco(modello.struttura),
        },
    )
