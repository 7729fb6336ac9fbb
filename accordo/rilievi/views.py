"""The table of findings, and each one's page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter import permessi
from accordo.iter.forms import MotivazioneForm
from accordo.iter.models import Accordo
from accordo.iter.motore import azioni
from accordo.iter.views.comuni import accordo_coordinato, accordo_visibile
from accordo.rilievi import interrogazioni, servizi
from accordo.rilievi.forms import FiltroForm, FonteForm, RilievoForm
from accordo.rilievi.models import GenereFonte, Rilievo

PER_PAGINA = 40
FORMULARIO = ["GET", "HEAD", "POST"]


def _rilievo(request: RichiestaAutenticata, accordo: Accordo, numero: int) -> Rilievo:
    return get_object_or_404(interrogazioni.visibili_a(request.agente, accordo), numero=numero)


@require_safe
def quadro(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the findings by area × objective, filtered and searched."""
    accordo = accordo_visibile(request, slug)
    visibili = interrogazioni.visibili_a(request.agente, accordo)
    filtro = FiltroForm(request.GET, accordo=accordo)
    scelti = filtro.scelti()
    trovati = interrogazioni.filtra(visibili, **scelti).prefetch_related("obiettivi", "fonti")
    pagina = Paginator(trovati.order_by("ambito__ordine", "ambito__nome", "tipo", "numero"), PER_PAGINA)
    obiettivi, righe = interrogazioni.quadro(visibili, accordo)
    coordina = permessi.coordina(request.agente, accordo)
    contesto = {
        "accordo": accordo,
        "filtro": filtro,
        "filtrato": any(scelti.values()),
        "page_obj": pagina.get_page(request.GET.get("page")),
        "obiettivi": obiettivi,
        "righe": righe,
        "senza_proposte": interrogazioni.senza_proposte(accordo) if coordina else (),
        "coordina": coordina,
    }
    return render(request, "rilievi/quadro.html", contesto)


@require_safe
def rilievo(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Show one finding with its evidence and its story."""
    accordo = accordo_visibile(request, slug)
    trovato = _rilievo(request, accordo, numero)
    eventi = accordo.eventi.filter(oggetto_tipo=trovato._meta.label_lower, oggetto_id=str(trovato.pk))
    contesto = {
        "accordo": accordo,
        "rilievo": trovato,
        "obiettivi": trovato.obiettivi.all(),
        "fonti": trovato.fonti.all(),
        "azioni": azioni(trovato, request.agente),
        "coordina": permessi.coordina(request.agente, accordo),
        "eventi": eventi.order_by("numero"),
    }
    return render(request, "rilievi/rilievo.html", contesto)


@require_http_methods(FORMULARIO)
def nuovo(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Write a finding."""
    accordo = accordo_coordinato(request, slug)
    servizi.assicura_obiettivi(accordo)
    form = RilievoForm(inviato(request), accordo=accordo)
    fonte = FonteForm(inviato(request))
    if request.method == "POST" and form.is_valid() and fonte.is_valid():
        testo_fonte = fonte.cleaned_data["fonte"]
        fonti = [servizi.DatiFonte(GenereFonte.ALTRO, testo_fonte)] if testo_fonte else []
        scritto = servizi.crea_rilievo(accordo, **form.cleaned_data, fonti=fonti, da=request.agente)
        messages.success(request, f"Il rilievo {scritto.numero} è scritto.")
        return redirect(scritto)
    contesto = {"accordo": accordo, "form": form, "fonte": fonte, "titolo": "Nuovo rilievo"}
    return render(request, "rilievi/scrivi.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def modifica(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Reword a finding."""
    accordo = accordo_coordinato(request, slug)
    trovato = _rilievo(request, accordo, numero)
    form = RilievoForm(inviato(request), accordo=accordo, rilievo=trovato)
    if request.method == "POST" and form.is_valid():
        servizi.modifica_rilievo(trovato, **form.cleaned_data, da=request.agente)
        messages.success(
            request, f"Il rilievo {trovato.numero} è cambiato: com'era prima resta nel registro."
        )
        return redirect(trovato)
    contesto = {
        "accordo": accordo,
        "form": form,
        "rilievo": trovato,
        "titolo": f"Modifica il rilievo {numero}",
    }
    return render(request, "rilievi/scrivi.html", contesto, status=422 if form.is_bound else 200)


@require_http_methods(FORMULARIO)
def passo(request: RichiestaAutenticata, slug: str, numero: int, verbo: str) -> HttpResponse:
    """Confirm, drop or take back a finding."""
    accordo = accordo_coordinato(request, slug)
    trovato = _rilievo(request, accordo, numero)
    azione = next((a for a in azioni(trovato, request.agente) if a.transizione.verbo == verbo), None)
    if azione is None:
        raise Http404
    form = MotivazioneForm(inviato(request)) if azione.chiede_motivazione else None
    if request.method == "POST" and (form is None or form.is_valid()):
        motivazione = form.cleaned_data["motivazione"] if form else ""
        servizi.muovi_rilievo(trovato, verbo, da=request.agente, motivazione=motivazione)
        messages.success(request, f"Il rilievo {numero} ora è: {trovato.stato_in_parole.lower()}.")
        return redirect(reverse("rilievi:quadro", args=[slug]))
    contesto = {
        "accordo": accordo,
        "titolo": azione.transizione.etichetta,
        "testo": trovato.testo,
        "effetti": [
            f"Il rilievo {numero} diventa «{trovato.vita.etichetta_stato(azione.transizione.a).lower()}»."
        ],
        "form": form,
        "etichetta": azione.transizione.etichetta,
        "url_annulla": trovato.get_absolute_url(),
    }
    return render(
        request, "componenti/conferma.html", contesto, status=422 if form and form.is_bound else 200
    )
