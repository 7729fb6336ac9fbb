"""Typed requests: what the middleware has put on them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, QueryDict

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from accordo.enti.agente import Agente
    from accordo.enti.models import Utente


class Richiesta(HttpRequest):
    """A request from anyone; `agente` is None when nobody has logged in."""

    agente: "Agente | None"
    htmx: "HtmxDetails"


class RichiestaAutenticata(Richiesta):
    """A request from somebody who has logged in."""

    agente: "Agente"
    user: "Utente"


def inviato(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, to bind it: even an empty POST is a POST. None for a page just opened."""
    return request.POST if request.method == "POST" else None
