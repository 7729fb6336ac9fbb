"""The agenda: proposed from what is open, changed and put in order; the dossier made with it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter.views.comuni import accordo_visibile
from focusgroup import interrogazioni, permessi, servizi
from focusgroup.dossier import dossier as componi_dossier
from focusgroup.forms import NuovoPuntoForm, PuntoForm
from focusgroup.models import Punto, Riunione
from focusgroup.servizi.ordine import MODIFICABILE
from focusgroup.views.comuni import (
    FORMULARIO,
    nome_file,
    riunione_coordinata,
    riunione_visibile,
    stato_http,
)


def _modificabile(request: RichiestaAutenticata, slug: str, pk: int) -> Riunione:
    trovata = riunione_coordinata(request, slug, pk)
    if trovata.stato not in MODIFICABILE:
        raise Http404
    return trovata


def _punto(riunione: Riunione, punto: int) -> Punto:
    trovato = get_object_or_404(riunione.punti, pk=punto)
    trovato.riunione = riunione
    return trovato


@require_http_methods(FORMULARIO)
def ordine(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show the agenda to be changed; add an item."""
    trovata = _modificabile(request, slug, pk)
    form = NuovoPuntoForm(inviato(request))
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.aggiungi_punto(trovata, form.cleaned_data["titolo"], da=request.agente)
            messages.success(request, "Il punto è aggiunto in fondo.")
            return redirect(trovata.url("ordine"))
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "punti": interrogazioni.punti_con_rilievi(trovata),
        "form": form,
    }
    return render(request, "focusgroup/ordine.html", contesto, status=stato_http(form))


@require_POST
def ordine_proponi(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Build the agenda from what is open in the area."""
    trovata = _modificabile(request, slug, pk)
    scritti = servizi.proponi_ordine_del_giorno(trovata, da=request.agente)
    quanti = "1 punto nuovo" if len(scritti) == 1 else f"{len(scritti)} punti nuovi"
    messages.success(request, f"L'ordine del giorno è proposto da quello che è aperto: {quanti}.")
    return redirect(trovata.url("ordine"))


@require_POST
def ordine_sposta(request: RichiestaAutenticata, slug: str, pk: int, punto: int) -> HttpResponse:
    """Move an item up or down."""
    trovata = _modificabile(request, slug, pk)
    verso = -1 if request.POST.get("verso") == "su" else 1
    servizi.sposta_punto(_punto(trovata, punto), verso, da=request.agente)
    return redirect(f"{trovata.url('ordine')}#punto-{punto}")


@require_POST
def ordine_togli(request: RichiestaAutenticata, slug: str, pk: int, punto: int) -> HttpResponse:
    """Take an item off."""
    trovata = _modificabile(request, slug, pk)
    servizi.togli_punto(_punto(trovata, punto), da=request.agente)
    messages.success(request, "Il punto è tolto dall'ordine del giorno.")
    return redirect(trovata.url("ordine"))


@require_http_methods(FORMULARIO)
def ordine_punto(request: RichiestaAutenticata, slug: str, pk: int, punto: int) -> HttpResponse:
    """Change an item: its words, and the findings that it is about."""
    trovata = _modificabile(request, slug, pk)
    scelto = _punto(trovata, punto)
    iniziali = {
        "titolo": scelto.titolo,
        "nota": scelto.nota,
        "rilievi": list(scelto.rilievi.values_list("pk", flat=True)),
    }
    form = PuntoForm(inviato(request), riunione=trovata, initial=iniziali)
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            servizi.modifica_punto(scelto, **form.cleaned_data, da=request.agente)
            messages.success(request, "Il punto è salvato.")
            return redirect(f"{trovata.url('ordine')}#punto-{punto}")
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "form": form,
        "titolo": f"Punto {scelto.ordine}",
        "sommario": "Le parole del punto, e i rilievi da cui si parte.",
        "salva": "Salva il punto",
        "indietro": trovata.url("ordine"),
    }
    return render(request, "focusgroup/modulo.html", contesto, status=stato_http(form))


@require_safe
def dossier(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the dossier of the meeting, for those who are called to it."""
    trovata = riunione_visibile(request, accordo_visibile(request, slug), pk)
    if not permessi.convocato(request.agente, trovata):
        raise Http404
    ospiti = permessi.e_ospite(request.agente, trovata)
    return nome_file(componi_dossier(trovata, ospiti=ospiti), f"fascicolo-{trovata.titolo}")
