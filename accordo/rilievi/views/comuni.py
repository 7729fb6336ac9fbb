"""What the pages of the findings share."""

from django.shortcuts import get_object_or_404

from accordo.base.richiesta import RichiestaAutenticata
from accordo.iter.models import Accordo
from accordo.rilievi import interrogazioni
from accordo.rilievi.models import Rilievo

FORMULARIO = ["GET", "HEAD", "POST"]


def rilievo_visibile(request: RichiestaAutenticata, accordo: Accordo, numero: int) -> Rilievo:
    """Return the finding if the person may read it, else 404."""
    righe = interrogazioni.visibili_a(request.agente, accordo).select_related("unito_a__accordo")
    return get_object_or_404(righe, numero=numero)


def stato_http(form: object) -> int:
    """Return 422 for a form that came back with errors."""
    return 422 if getattr(form, "is_bound", False) else 200
