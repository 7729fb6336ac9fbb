"""The register of attendance, made for a phone in the hand: one tap for each who comes in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accordo.base.errori import ErroreDominio
from accordo.base.moduli import nel_modulo
from accordo.base.pdf import componi
from accordo.base.richiesta import RichiestaAutenticata
from focusgroup import interrogazioni, servizi
from focusgroup.forms import PresenzaForm
from focusgroup.models import Convocazione, Riunione
from focusgroup.quorum import numeri
from focusgroup.views.comuni import DA_SCRIVERE, nome_file, riunione_coordinata


@require_safe
def presenze(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Show the register: who is expected, who is there and since when."""
    trovata = riunione_coordinata(request, slug, pk)
    righe = interrogazioni.registro(trovata)
    contesto = {
        "accordo": trovata.accordo,
        "riunione": trovata,
        "righe": righe,
        "numeri": numeri(trovata, [riga.convocazione for riga in righe]),
        "aperto": trovata.stato in DA_SCRIVERE,
    }
    return render(request, "focusgroup/presenze.html", contesto)


@require_POST
def presenza(request: RichiestaAutenticata, slug: str, pk: int, convocazione: int) -> HttpResponse:
    """Write an arrival, a departure, or who it is; with htmx the answer is that body's row."""
    trovata = riunione_coordinata(request, slug, pk)
    riga = get_object_or_404(
        trovata.convocazioni.select_related("ente", "riunione__accordo"), pk=convocazione
    )
    form = PresenzaForm(request.POST) if request.POST.get("azione") == "chi" else None
    errore = ""
    try:
        _esegui(request, riga, form)
    except ErroreDominio as rifiuto:
        errore = rifiuto.testo
    if not request.htmx:
        if errore:
            messages.error(request, errore)
        return redirect(f"{trovata.url('presenze')}#ente-{riga.pk}")
    return _riga(request, trovata, riga.pk, errore, form)


def _esegui(request: RichiestaAutenticata, riga: Convocazione, form: PresenzaForm | None) -> None:
    azione = request.POST.get("azione")
    if form is not None:
        if form.is_valid():
            with nel_modulo(form):
                servizi.segna_arrivo(riga, **form.dati(), da=request.agente)
        else:
            raise ErroreDominio("Scrivi il nome di chi è venuto.")
    elif azione == "uscita":
        servizi.segna_uscita(riga, da=request.agente)
    elif azione == "annulla":
        servizi.annulla_arrivo(riga, da=request.agente)
    else:
        servizi.segna_arrivo(riga, da=request.agente)


def _riga(
    request: RichiestaAutenticata, riunione: Riunione, pk: int, errore: str, form: PresenzaForm | None
) -> HttpResponse:
    righe = interrogazioni.registro(riunione)
    contesto = {
        "riunione": riunione,
        "riga": next(r for r in righe if r.convocazione.pk == pk),
        "numeri": numeri(riunione, [r.convocazione for r in righe]),
        "aperto": riunione.stato in DA_SCRIVERE,
        "errore": errore,
        "form": form if form is not None and form.errors else None,
        "fuori_banda": True,
    }
    return render(request, "focusgroup/_presenza.html", contesto)


@require_safe
def foglio_firme(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """Return the sheet that those who come sign by hand."""
    trovata = riunione_coordinata(request, slug, pk)
    accordo = trovata.accordo
    contesto = {
        "riunione": trovata,
        "accordo": accordo,
        "ente": accordo.promotore.denominazione,
        "sommario": accordo.titolo,
        "righe": interrogazioni.registro(trovata),
        "vuote": range(4),
    }
    pdf = componi("stampa/foglio_firme.html", contesto, titolo=f"Presenze: {trovata.titolo}")
    return nome_file(pdf, f"presenze-{trovata.titolo}")
