"""Reading the results: who has answered, section by section, cross tables, strengths and critical points."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi, permessi
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from questionari import interrogazioni, servizi
from questionari.esiti import forze, incroci, prospetti
from questionari.esiti import tasso as tassi
from questionari.esiti.arrivi import arrivi
from questionari.esiti.quadro import DIMENSIONI, Quadro, quadro_di
from questionari.esiti.quesiti import Quesito
from questionari.stati import FASE
from questionari.views.esiti.comuni import cornice, dimensione, indice_delle_sezioni, quadro_o_404, vede

RESTITUZIONE = "restituzione"


@require_safe
def esiti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Response rate, and the way to each section's results."""
    accordo = accordo_visibile(request, slug)
    legge, restituzione = vede(request, accordo)
    coordina = permessi.coordina(request.agente, accordo)
    if coordina:
        servizi.allinea(accordo)
    quadro = quadro_di(accordo, restituzione) if legge else None
    if quadro is None:
        return render(request, "questionari/esiti_attesa.html", {"accordo": accordo, "coordina": coordina})
    lettura = None
    if quadro.pubblicato and not coordina:
        lettura = interrogazioni.letture(accordo).filter(ente=request.agente.ente).first()
    tasso = tassi.tasso(quadro)
    contesto: dict[str, Any] = cornice(request, quadro) | {
        "in_fase": fasi.in_fase(accordo, RESTITUZIONE),
        "in_rilevazione": fasi.in_fase(accordo, FASE),
        "tasso": tasso,
        "tabelle_tasso": [tasso.tabella(0), tasso.tabella(1)],
        "grafico_tasso": tasso.grafico(),
        "mappa": tassi.mappa(quadro),
        "arrivi": arrivi(quadro),
        "lettura": lettura,
        "puo_segnare": quadro.pubblicato
        and lettura is None
        and not coordina
        and permessi.partecipa(request.agente, accordo),
        "letture": interrogazioni.letture(accordo).count() if coordina else None,
        "propria": interrogazioni.propria(request.agente, accordo),
        "fuori": _fuori(quadro),
        "sezioni": indice_delle_sezioni(quadro),
    }
    return render(request, "questionari/esiti.html", contesto)


def _fuori(quadro: Quadro) -> list[str]:
    """The areas of the bodies that are in no block."""
    return list(dict.fromkeys(strato.ambito for strato in quadro.fuori))


@require_safe
def sezione(request: RichiestaAutenticata, slug: str, codice: str) -> HttpResponse:
    """The results of one section, question by question, compared by area, kind or class."""
    quadro = quadro_o_404(request, slug)
    sezioni = list(quadro.struttura.sezioni)
    posto = next((i for i, s in enumerate(sezioni) if s.codice == codice), None)
    if posto is None:
        raise Http404
    per = dimensione(request)
    contesto = cornice(request, quadro) | {
        "sezioni": sezioni,
        "sezione": sezioni[posto],
        "posto": posto + 1,
        "per": per,
        "dimensioni": DIMENSIONI.items(),
        "esiti": prospetti.esiti(quadro, sezioni[posto].chieste, per),
        "precedente": sezioni[posto - 1] if posto else None,
        "successiva": sezioni[posto + 1] if posto + 1 < len(sezioni) else None,
        "vista_sezione": "questionari:esiti_sezione",
    }
    return render(request, "questionari/esiti_sezione.html", contesto)


@require_safe
def incrocio(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Any two closed questions, one against the other."""
    quadro = quadro_o_404(request, slug)
    voci = [(f"{q.domanda}:{q.voce}", nome, q) for q, nome in incroci.scelte(quadro)]
    per_chiave: dict[str, Quesito] = {chiave: q for chiave, _, q in voci}
    righe, colonne = request.GET.get("righe", ""), request.GET.get("colonne", "")
    tabella = None
    if righe in per_chiave and colonne in per_chiave:
        tabella = incroci.incrocia(quadro, per_chiave[righe], per_chiave[colonne])
    contesto = cornice(request, quadro) | {
        "voci": [(chiave, nome) for chiave, nome, _ in voci],
        "righe": righe,
        "colonne": colonne,
        "nomi": {chiave: nome for chiave, nome, _ in voci},
        "incrocio": tabella,
        "nome_righe": next((n for c, n, _ in voci if c == righe), ""),
        "nome_colonne": next((n for c, n, _ in voci if c == colonne), ""),
        "prospetto": incroci.in_tabella(tabella) if tabella and not tabella.rifiuto else None,
    }
    return render(request, "questionari/esiti_incrocio.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
def punti(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Strengths and critical points by area; the coordinator makes a rilievo of one with one press."""
    if request.method == "POST":
        accordo = accordo_coordinato(request, slug)
        quadro = quadro_di(accordo, interrogazioni.restituzione_di(accordo))
        if quadro is None:
            raise Http404
        rilievo = servizi.proponi_giudizio(
            quadro, request.POST.get("ambito", ""), request.POST.get("giudizio", ""), da=request.agente
        )
        messages.success(request, f"È nato il rilievo {rilievo.numero}, con il dato da cui viene.")
        return redirect("questionari:esiti_punti", slug=slug)
    quadro = quadro_o_404(request, slug)
    contesto = cornice(request, quadro)
    gia = interrogazioni.gia_rilievi(quadro.accordo) if contesto["coordina"] else {}
    ambiti = [
        (ambito, [[(g, gia.get((ambito, g.frase))) for g in lato] for lato in lati])
        for ambito, lati in forze.per_ambito(quadro).items()
    ]
    return render(request, "questionari/esiti_punti.html", contesto | {"ambiti": ambiti})
