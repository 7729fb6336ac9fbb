"""Drawings as SVG: pure functions from data to markup. Colours and fonts come from static/css/grafici.css."""

from django.utils.safestring import SafeString, mark_safe

__all__ = ["num", "unisci"]


def num(valore: float) -> str:
    """Return a coordinate with at most one decimal."""
    testo = f"{valore:.1f}"
    return testo.removesuffix(".0")


def unisci(pezzi: list[str]) -> SafeString:
    """Join pieces of markup whose texts are already escaped."""
    return mark_safe("\n".join(pezzi))  # every text has gone through format_html
