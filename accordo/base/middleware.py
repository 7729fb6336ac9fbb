"""One place that turns expected refusals into pages."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import page_not_found

from accordo.base.errori import ErroreDominio


class ErroreDominioMiddleware:
    """Render ErroreDominio with its words, what is missing, and the way back; a page that is not there, in the demo too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer an ErroreDominio with its page; leave everything else to Django.

        With DEBUG Django would answer a 404 with a list of all addresses: who tries the demo sees the page that people see.
        """
        if isinstance(exception, Http404):
            return page_not_found(request, exception)
        if not isinstance(exception, ErroreDominio):
            return None
        return render(request, "errore_dominio.html", {"errore": exception}, status=exception.codice_http)
