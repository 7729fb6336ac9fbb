"""The guide, the pages that the law asks for, and the gallery of the components."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accordo.base.parole import Parola
from accordo.iter.procedura import processo

RUOLI = {
    "coordinatore": "Chi coordina l'accordo",
    "referente": "Chi è referente di un ente",
    "rappresentante": "Chi rappresenta un ente",
    "osservatore": "Chi osserva",
}
PAGINE = ("accessibilita", "privacy", "note_legali", "segnala")


@login_not_required
@require_GET
def guida(request: HttpRequest) -> HttpResponse:
    """The guide's first page."""
    return render(request, "guida/indice.html", {"ruoli": RUOLI, "fasi": processo().fasi})


@login_not_required
@require_GET
def guida_ruolo(request: HttpRequest, ruolo: str) -> HttpResponse:
    """What one role does, phase by phase."""
    if ruolo not in RUOLI:
        raise Http404
    return render(request, f"guida/{ruolo}.html", {"ruolo": ruolo, "titolo": RUOLI[ruolo], "ruoli": RUOLI})


@login_not_required
@require_GET
def pagina(request: HttpRequest, nome: str) -> HttpResponse:
    """One of the pages that the law asks for (norme.md, R22)."""
    if nome not in PAGINE:
        raise Http404
    return render(request, f"pagine/{nome}.html")


@login_not_required
@require_GET
def galleria(request: HttpRequest) -> HttpResponse:
    """Every component at once, for who writes pages; only in development."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "cruscotto/galleria.html", {"parole": Parola.values})
