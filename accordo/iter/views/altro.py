"""The lives as diagrams, and a person's own data to take away."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from accordo.base.richiesta import Richiesta, RichiestaAutenticata
from accordo.iter.dati_personali import dati_di
from accordo.iter.diagramma import archi, disegna
from accordo.iter.frasi import vite_per_tipo


@login_not_required
@require_safe
def vite(request: Richiesta) -> HttpResponse:
    """Show every life as a diagram and as a table (for the guide)."""
    contesto = {
        "vite": [
            {
                "codice": tipo.replace(".", "-"),
                "vita": vita,
                "disegno": mark_safe(disegna(vita, tipo.replace(".", "-"))),
                "archi": [
                    (vita.etichetta_stato(da), etichetta, vita.etichetta_stato(a))
                    for da, a, etichetta in archi(vita)
                ],
            }
            for tipo, vita in vite_per_tipo().items()
        ]
    }
    return render(request, "iter/vite.html", contesto)


@require_safe
def miei_dati(request: RichiestaAutenticata) -> HttpResponse:
    """Return all that the portal keeps about the person, as JSON (norme.md, R19)."""
    testo = json.dumps(dati_di(request.user), ensure_ascii=False, indent=2)
    risposta = HttpResponse(testo, content_type="application/json")
    risposta["Content-Disposition"] = 'attachment; filename="i-miei-dati.json"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
