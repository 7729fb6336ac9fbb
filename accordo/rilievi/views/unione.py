"""Merging findings that say the same: by hand from one of them, or from the list of those that look alike."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accordo.base.moduli import nel_modulo
from accordo.base.richiesta import RichiestaAutenticata, inviato
from accordo.iter.views.comuni import accordo_coordinato
from accordo.rilievi import interrogazioni, servizi
from accordo.rilievi.forms import GruppoForm, UnisciForm
from accordo.rilievi.views.comuni import FORMULARIO, rilievo_visibile, stato_http


@require_safe
def doppioni(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show the pairs of one area and kind that look alike; at first, where there is most to look through."""
    accordo = accordo_coordinato(request, slug)
    chiesto = request.GET if request.GET.get("ambito") else interrogazioni.gruppo_piu_numeroso(accordo.pk)
    form = GruppoForm(chiesto, accordo=accordo)
    gruppo = form.scelto()
    coppie = interrogazioni.doppioni(accordo.pk, gruppo.ambito.pk, gruppo.tipo) if gruppo else []
    contesto = {"accordo": accordo, "form": form, "gruppo": gruppo, "coppie": coppie}
    return render(request, "rilievi/doppioni.html", contesto)


@require_http_methods(FORMULARIO)
def unisci(request: RichiestaAutenticata, slug: str, numero: int) -> HttpResponse:
    """Merge a finding into another of the same area and kind."""
    accordo = accordo_coordinato(request, slug)
    trovato = rilievo_visibile(request, accordo, numero)
    form = UnisciForm(
        inviato(request),
        rilievo=trovato,
        simili=interrogazioni.simili(trovato),
        initial={"a": request.GET.get("a", "")},
    )
    if request.method == "POST" and form.is_valid():
        with nel_modulo(form):
            meta = form.cleaned_data["a"]
            servizi.unisci_rilievi(
                trovato, meta, da=request.agente, motivazione=form.cleaned_data["motivazione"]
            )
            messages.success(
                request, f"Il rilievo {numero} è unito al {meta.numero}: le fonti di tutti e due restano."
            )
            return redirect(meta)
    contesto = {
        "accordo": accordo,
        "titolo": f"Unisci il rilievo {numero} a un altro",
        "testo": trovato.testo,
        "effetti": [
            "L'altro rilievo va avanti per tutti e due e mostra le fonti di entrambi.",
            f"Il rilievo {numero} resta scritto e rimanda all'altro. Si può separare di nuovo.",
        ],
        "form": form,
        "etichetta": "Unisci i due rilievi",
        "url_annulla": trovato.get_absolute_url(),
    }
    return render(request, "componenti/conferma.html", contesto, status=stato_http(form))
