"""The draft as those who will answer see it, and the list of what is wrong in it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accordo.base.richiesta import RichiestaAutenticata
from accordo.enti.models import TipoEnte
from accordo.iter.interrogazioni import enti_consultati
from questionari import interrogazioni, presentazione, valori
from questionari.definizione import GRADUATORIA
from questionari.views.editor import coordinato_o_404

SCHERMI = (("grande", "Computer"), ("telefono", "Telefono"))


def prova(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """The live preview: conditions act in it, nothing is saved."""
    accordo = coordinato_o_404(request, slug)
    questionario = interrogazioni.bozza_di(accordo) or interrogazioni.questionario_di(accordo)
    if questionario is None:
        raise Http404
    struttura = questionario.struttura
    dati = request.POST if request.method == "POST" else request.GET
    presenti = set(enti_consultati(accordo).order_by().values_list("ente__tipo", flat=True))
    tipi = [(t, nome) for t, nome in TipoEnte.choices if t in presenti] or list(TipoEnte.choices)
    tipo = dati.get("tipo", "")
    if tipo not in dict(TipoEnte.choices):
        tipo = tipi[0][0]
    schermo = dati.get("schermo", "")
    risposte = request.POST.copy() if request.method == "POST" else None
    codice, tasto, voce = [*request.POST.get("azione", "").split(":"), "", "", ""][:3]
    domanda = struttura.per_codice.get(codice)
    if risposte is not None and domanda is not None and domanda.tipo == GRADUATORIA:
        risposte.setlist(codice, valori.sposta(domanda, risposte.getlist(codice), tasto, voce))
    sezioni = presentazione.prova(struttura, tipo, risposte)
    return render(
        request,
        "questionari/editor/anteprima.html",
        {
            "accordo": accordo,
            "questionario": questionario,
            "struttura": struttura,
            "sezioni": sezioni,
            "tipi": tipi,
            "tipo": tipo,
            "schermi": SCHERMI,
            "schermo": schermo if schermo in dict(SCHERMI) else "grande",
            "domande": sum(campo.domanda.chiede for _, _, campi in sezioni for campo in campi),
            "anteprima": True,
        },
    )


@require_safe
def controlli(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """What is wrong or doubtful before opening, each with a link to its place."""
    accordo = coordinato_o_404(request, slug)
    bozza = interrogazioni.bozza_di(accordo)
    if bozza is None:
        raise Http404
    trovati = [(controllo, bozza.url_modifica(controllo)) for controllo in bozza.controlli()]
    return render(
        request,
        "questionari/editor/controlli.html",
        {
            "accordo": accordo,
            "questionario": bozza,
            "errori": [t for t in trovati if t[0].blocca],
            "avvisi": [t for t in trovati if not t[0].blocca],
            "in_vigore": interrogazioni.questionario_aperto(accordo),
        },
    )
