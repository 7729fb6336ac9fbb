"""What the views of the draft share: finding it, going back to it, and answering the page that writes in place."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accordo.base.errori import ErroreDominio
from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter import fasi
from accordo.iter.models import Accordo
from bozze.interrogazioni.cambi import Pezzo, pezzi
from bozze.interrogazioni.pagina import Foglio, foglio, voci_sole
from bozze.interrogazioni.scrittura import pila_di, solo_parole, testo_al, toccate_da, ultime_dopo
from bozze.interrogazioni.testo import TestoInLavoro, testo_in_lavoro
from bozze.servizi import testo as servizi
from bozze.testo.albero import Disposizione, Testo

IN_LUOGO = "X-Redazione"
"""The header of a request that wants only what has changed on the page, not a page."""


def quadro(accordo: Accordo, **altro: Any) -> dict[str, Any]:
    """Return what every page of the draft needs."""
    return {
        "accordo": accordo,
        "url_testo": reverse("bozze:testo", args=[accordo.slug]),
        "url_redazione": reverse("bozze:redazione", args=[accordo.slug]),
        **altro,
    }


def lavoro_o_404(accordo: Accordo) -> TestoInLavoro:
    """Return the draft; 404 if nobody has begun it."""
    lavoro = testo_in_lavoro(accordo)
    if lavoro is None:
        raise Http404
    return lavoro


def nodo_o_404(lavoro: TestoInLavoro, codice: UUID) -> Disposizione:
    """Return a disposition of the draft; 404 if it is not there."""
    nodo = lavoro.testo.trova(str(codice))
    if nodo is None:
        raise Http404
    return nodo


def torna(accordo: Accordo, codice: UUID | str | None = None) -> HttpResponse:
    """Go back to the draft, where the disposition is."""
    url = reverse("bozze:redazione", args=[accordo.slug])
    return redirect(f"{url}#d-{codice}" if codice else url)


def in_luogo(request: HttpRequest) -> bool:
    """Whether the page that writes in place asks."""
    return IN_LUOGO in request.headers


def foglio_di(lavoro: TestoInLavoro | None) -> Foglio:
    """Return the draft laid out, with the revisions of its rows."""
    if lavoro is None:
        return foglio(Testo())
    return foglio(lavoro.testo, revisioni=lavoro.revisioni)


def si_scrive(accordo: Accordo) -> bool:
    """Whether the draft may still be written."""
    return not fasi.fase_superata(accordo, servizi.FASE_BOZZA)


def cambi(
    request: RichiestaAutenticata,
    accordo: Accordo,
    *,
    annuncio: str = "",
    codice: UUID | str = "",
    esito: str = "ok",
    status: int = 200,
    **altro: Any,
) -> HttpResponse:
    """Answer with what is new since the page was drawn (`visto`), whoever changed it, and with what to say of it."""
    lavoro = testo_in_lavoro(accordo)
    contesto = quadro(
        accordo,
        lavoro=lavoro,
        **_novita(lavoro, str(request.POST.get("visto", ""))),
        si_scrive=si_scrive(accordo),
        pila=pila_di(lavoro.bozza, request.user) if lavoro else None,
        annuncio=annuncio,
        esito=esito,
        codice=codice,
        revisione=lavoro.revisioni.get(str(codice), 0) if lavoro else 0,
        **altro,
    )
    return render(request, "bozze/redazione/cambi.html", contesto, status=status)


def _novita(lavoro: TestoInLavoro | None, visto: str) -> dict[str, Any]:
    """The pieces to draw anew, and the sheet they belong to if it was laid out; none for a page that does not say what it has.

    Where only words of paragraphs were written, the cost does not grow with the text that is laid out.
    """
    if lavoro is None or not visto.isdecimal() or len(visto) >= 10:
        return {"pezzi": []}
    ultime = ultime_dopo(lavoro.bozza, int(visto))
    if ultime is not None and solo_parole(lavoro.testo, ultime):
        sole = voci_sole(lavoro.testo, toccate_da(ultime), lavoro.revisioni) if ultime else []
        return {"pezzi": [Pezzo(f"d-{voce.id}", voce, intero=False) for voce in sole]}
    dopo = foglio_di(lavoro)
    era = testo_al(lavoro, ultime) if ultime is not None else None
    prima = foglio(era) if era else None
    return {"foglio": dopo, "pezzi": pezzi(prima, dopo, toccate_da(ultime or []))}


def rifiuto(
    request: RichiestaAutenticata, accordo: Accordo, errore: ErroreDominio, codice: UUID | str = ""
) -> HttpResponse:
    """Say in place why something was refused."""
    return cambi(
        request, accordo, annuncio=errore.testo, codice=codice, esito="rifiuto", status=errore.codice_http
    )
