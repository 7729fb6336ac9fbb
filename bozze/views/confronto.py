"""Two versions compared: as a redline, side by side (testo a fronte), on paper and in Word."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accordo.base import pdf
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.iter.views.comuni import accordo_visibile
from bozze.carte.word import Revisore, word_confronto
from bozze.forms.testo import ConfrontoForm
from bozze.interrogazioni.testo import versioni
from bozze.models import Versione
from bozze.testo.confronto import confronta
from bozze.testo.fronte import a_fronte, corrispondenze, solo_cambiate
from bozze.views.comuni import contesto, file_pdf, file_word

type Scelta = tuple[Versione, Versione]


def _form(request: RichiestaAutenticata, accordo: Accordo) -> tuple[ConfrontoForm, list[Versione]]:
    tutte = list(versioni(accordo))
    if len(tutte) < 2:
        raise Http404
    return ConfrontoForm(request.GET or None, versioni=tutte), tutte


def _scelta(request: RichiestaAutenticata, accordo: Accordo) -> Scelta:
    form, _ = _form(request, accordo)
    if not form.is_valid():
        raise Http404
    return form.scelte()


@require_safe
def confronto(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Show what changed between two versions: as a redline or, with `fronte`, in two columns."""
    accordo = accordo_visibile(request, slug)
    form, tutte = _form(request, accordo)
    if not form.is_valid():
        dati = contesto(accordo, versioni=tutte, form=form)
        return render(request, "bozze/testo/versioni.html", dati, status=422 if form.is_bound else 200)
    prima, dopo = form.scelte()
    tutto, fronte = form.cleaned_data["tutto"], form.cleaned_data["fronte"]
    righe = confronta(prima.albero, dopo.albero)
    coppie = a_fronte(prima.albero, dopo.albero) if fronte else []
    dati = contesto(
        accordo,
        form=form,
        prima=prima,
        dopo=dopo,
        righe=[riga for riga in righe if tutto or riga.cambiata],
        coppie=coppie if tutto else solo_cambiate(coppie),
        corrispondenze=corrispondenze(prima.albero, dopo.albero),
        cambiate=sum(riga.cambiata for riga in righe),
        totale=len(righe),
        tutto=tutto,
        fronte=fronte,
    )
    return render(request, "bozze/testo/confronto.html", dati)


@require_safe
def confronto_pdf(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Give the two texts side by side on paper, with the table of correspondence of numbers."""
    accordo = accordo_visibile(request, slug)
    prima, dopo = _scelta(request, accordo)
    titolo = f"Testo a fronte: versioni {prima.numero} e {dopo.numero}"
    dati: dict[str, Any] = contesto(
        accordo,
        prima=prima,
        dopo=dopo,
        coppie=a_fronte(prima.albero, dopo.albero),
        corrispondenze=corrispondenze(prima.albero, dopo.albero),
        ente=accordo.promotore.denominazione,
        sommario=f"{accordo.titolo}. Le parole tolte sono barrate, quelle aggiunte sottolineate.",
    )
    contenuto = pdf.componi("stampa/fronte.html", dati, titolo=titolo, creato=dopo.pubblicata_il)
    return file_pdf(contenuto, f"{accordo.slug}-versioni-{prima.numero}-{dopo.numero}")


@require_safe
def confronto_word(request: RichiestaAutenticata, slug: str) -> HttpResponse:
    """Give the newer version as a Word document, what changed since the older one as tracked changes."""
    accordo = accordo_visibile(request, slug)
    prima, dopo = _scelta(request, accordo)
    revisore = Revisore(f"{accordo.promotore.denominazione}, versione {dopo.numero}", dopo.pubblicata_il)
    contenuto = word_confronto(prima.albero, dopo.albero, revisore)
    return file_word(contenuto, f"{accordo.slug}-versioni-{prima.numero}-{dopo.numero}")
