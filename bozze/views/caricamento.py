"""Loading a text: what the portal understood, line by line, corrected by a person before it is taken."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.views.comuni import accordo_coordinato
from bozze.carte.da_word import NonLeggibile
from bozze.carte.sorgente import Sorgente, apri
from bozze.forms.testo import COME_RIGA, PLURALI, CaricaTestoForm, righe_forzate
from bozze.interrogazioni.pagina import foglio
from bozze.interrogazioni.testo import testo_in_lavoro
from bozze.servizi import testo as servizi
from bozze.testo.albero import Testo
from bozze.testo.lettura import Lettura, RigaLetta, leggi
from bozze.testo.numerazione import nomi


@require_http_methods(["GET", "HEAD", "POST"])
def carica(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Load a text: first what was understood, to be corrected as often as needed, then, confirmed, the draft."""
    accordo = accordo_coordinato(request, slug)
    contesto = {
        "accordo": accordo,
        "url_testo": reverse("bozze:testo", args=[slug]),
        "url_redazione": reverse("bozze:redazione", args=[slug]),
        "sostituisce": testo_in_lavoro(accordo) is not None,
    }
    albero = _albero_confermato(request)
    form = CaricaTestoForm(request.POST or None, request.FILES or None)
    if albero is None and (request.method != "POST" or not form.is_valid()):
        stato = 422 if request.method == "POST" else 200
        return render(request, "bozze/testo/carica.html", {**contesto, "form": form}, status=stato)
    sorgente = Sorgente(albero=albero) if albero else form.sorgente()
    forzate = righe_forzate(request.POST)
    letto = leggi(sorgente.testo, forzate=forzate) if sorgente.albero is None else None
    testo = letto.testo if letto else sorgente.albero or Testo()
    if "conferma" in request.POST:
        servizi.carica_testo(accordo, testo, da=request.agente)
        messages.success(request, "Il testo è caricato nella bozza.")
        return redirect("bozze:redazione", slug=slug)
    contesto |= _anteprima(request, sorgente, testo, letto, forzate)
    return render(request, "bozze/testo/anteprima.html", contesto)


def _albero_confermato(request: RichiestaAutenticata) -> Testo | None:
    """The tree that the preview of a .json carries along."""
    if "albero" not in request.POST:
        return None
    try:
        return apri("testo.json", request.POST["albero"].encode()).albero
    except NonLeggibile as errore:
        raise ErroreDominio(str(errore)) from errore


def _rubrica(testo: Testo, riga: RigaLetta) -> str:
    """The rubrica that was understood, on the line that opens what has it."""
    nodo = testo.trova(riga.disposizione)
    return nodo.rubrica if nodo and riga.come == nodo.tipo else ""


def _anteprima(
    request: RichiestaAutenticata,
    sorgente: Sorgente,
    testo: Testo,
    letto: Lettura | None,
    forzate: dict[int, str],
) -> dict[str, Any]:
    aperta = request.POST.get("apri", "")
    detti = nomi(testo)
    righe = [
        {
            "letta": riga,
            "nome": detti.get(riga.disposizione),
            "rubrica": _rubrica(testo, riga),
            "scelta": forzate.get(riga.numero, ""),
            "da_scegliere": bool(riga.avviso) or riga.numero in forzate or str(riga.numero) == aperta,
            "aperta": str(riga.numero) == aperta,
        }
        for riga in (letto.righe if letto else ())
    ]
    conteggi = letto.conteggi() if letto else {}
    return {
        "sorgente": sorgente.testo,
        "albero": testo.in_json().decode() if letto is None else "",
        "testo": testo,
        "foglio": foglio(testo),
        "letto": letto,
        "tralasciati": sorgente.avvisi or request.POST.getlist("tralasciato"),
        "righe": righe,
        "scelte": COME_RIGA,
        "conteggi": [(PLURALI[tipo], quanti) for tipo in PLURALI if (quanti := conteggi.get(tipo))],
    }
