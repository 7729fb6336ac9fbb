"""Puts on each request the person as they act now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accordo.enti.agente import Agente, agenti_di
from accordo.enti.models import Utente

CHIAVE_SESSIONE = "ente_scelto"


class AgenteMiddleware:
    """Set `request.agente`, and `request.agenti_possibili` for the chooser "Agisci per … Cambia".

    The body chosen is in the session; when it is no longer possible (an incarico has ended) the first one is taken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.agente = None  # type: ignore[attr-defined]  # Richiesta declares both
        request.agenti_possibili = []  # type: ignore[attr-defined]
        if isinstance(request.user, Utente):
            possibili = agenti_di(request.user)
            scelto = request.session.get(CHIAVE_SESSIONE)
            agente = next((a for a in possibili if a.presso and a.presso.pk == scelto), None)
            request.agente = agente or (possibili[0] if possibili else Agente(request.user))  # type: ignore[attr-defined]
            request.agenti_possibili = possibili  # type: ignore[attr-defined]
        return self.get_response(request)
