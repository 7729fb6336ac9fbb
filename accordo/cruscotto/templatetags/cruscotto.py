"""The accord's phases, on every page of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.template import Context

from accordo.base import orologio
from accordo.iter.models import Accordo
from accordo.iter.procedura import processo

register = template.Library()

PAROLE = {"fatta": "conclusa", "corrente": "in corso", "futura": "da iniziare"}


@dataclass(frozen=True, slots=True)
class Passo:
    """One phase as a point of the strip; `come` is fatta, corrente or futura."""

    numero: int
    nome: str
    come: str

    @property
    def parola(self) -> str:
        """The state in words, for who does not see the colour."""
        return PAROLE[self.come]


def passi(accordo: Accordo) -> list[Passo]:
    """Return the phases of the procedure, each done, current or to come. No query."""
    proc = processo()
    qui = proc.posizione(accordo.fase)
    return [
        Passo(n + 1, fase.nome, "fatta" if n < qui else "corrente" if n == qui else "futura")
        for n, fase in enumerate(proc.fasi)
    ]


def _scadenza(accordo: Accordo) -> date | None:
    fase = next((f for f in accordo.fasi.all() if f.codice == accordo.fase), None)
    return (fase.scadenza or fase.fine_prevista) if fase else None


@register.inclusion_tag("cruscotto/componenti/striscia.html", takes_context=True)
def striscia(context: Context, accordo: Accordo) -> dict[str, Any]:
    """Render the eight phases in one slim line, with the current one's name and end (one query)."""
    fine = _scadenza(accordo)
    return {
        "accordo": accordo,
        "passi": passi(accordo),
        "fase": accordo.fase_corrente,
        "fine": fine,
        "scaduta": fine is not None and fine < orologio.oggi(),
        "agente": context.get("agente"),
    }


@register.inclusion_tag("cruscotto/componenti/fasi.html")
def fasi_grandi(accordo: Accordo) -> dict[str, Any]:
    """Render the eight phases with their names, as on the dashboard."""
    return {"passi": passi(accordo)}
