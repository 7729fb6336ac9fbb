"""The pages of the sub-amendments."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.permessi import coordina
from bozze.interrogazioni import firme as interrogazioni
from bozze.views.comuni import accordo_di, contesto


@require_GET
def dettaglio(request: RichiestaAutenticata, slug: str, pk: int) -> HttpResponse:
    """One sub-amendment: wording, reason, outcome."""
    accordo, agente = accordo_di(request, slug)
    sub = get_object_or_404(interrogazioni.subemendamenti_visibili_a(agente, accordo), pk=pk)
    dati = contesto(accordo, sub=sub, emendamento=sub.emendamento, coordina=coordina(agente, accordo))
    return render(request, "bozze/emendamenti/subemendamento.html", dati)
