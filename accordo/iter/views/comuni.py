"""What the views of an accord have in common."""

from django.shortcuts import get_object_or_404

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.interrogazioni import accordi_coordinati_da, accordi_visibili_a
from accordo.iter.models import Accordo


def accordo_visibile(request: RichiestaAutenticata, slug: str) -> Accordo:
    """Return the accord if the person sees its working pages, else 404."""
    return get_object_or_404(accordi_visibili_a(request.agente), slug=slug)


def accordo_coordinato(request: RichiestaAutenticata, slug: str) -> Accordo:
    """Return the accord if the person leads it, else 404."""
    return get_object_or_404(accordi_coordinati_da(request.agente), slug=slug)
