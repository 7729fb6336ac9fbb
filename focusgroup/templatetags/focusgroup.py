"""Small words for the pages of the meetings."""

from collections.abc import Iterable

from django import template

from accordo.base.parole import elenca
from accordo.enti.models import Ente
from focusgroup.models import Riunione

register = template.Library()


@register.filter
def pagina(riunione: Riunione, nome: str) -> str:
    """Return the address of one of the meeting's pages: {{ riunione|pagina:"date" }}."""
    return riunione.url(nome)


@register.filter
def nomi_brevi(enti: Iterable[Ente]) -> str:
    """Return "Barga, Camaiore e altri 4": never more than eight names in a cell."""
    return elenca([ente.nome_breve for ente in enti], al_massimo=8)
