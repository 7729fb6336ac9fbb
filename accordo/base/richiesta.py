"""Typed requests: what the middleware has put on them."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

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
