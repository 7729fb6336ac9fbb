"""Bar charts by pygal, as SVG that a strict CSP lets into the page: no script, no style, classes styled by our CSS."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

import pygal
from django.utils.safestring import SafeString, mark_safe
from pygal.style import Style

LARGO, STRETTO = 760, 350
_SVG = "{http://www.w3.org/2000/svg}"
_VIA = {f"{_SVG}{nome}" for nome in ("defs", "title", "desc", "script", "style")}
_CARATTERE = 15
_SERIE = re.compile(r"series serie-(\d+)\b")


@lru_cache(maxsize=1024)
def barre(
    descrizione: str,
    etichette: tuple[str, ...],
    serie: tuple[tuple[str, tuple[float | None, ...]], ...],
    *,
    larghezza: int = LARGO,
    impilate: bool = False,
    spenta: int | None = None,
    decimali: int = 0,
    massimo: float | None = None,
    colori: tuple[str, ...] = (),
) -> SafeString:
    """Horizontal bars, first label on top; `impilate` stacks the series in one bar a label, `spenta` is the one that
    stands for no opinion, `colori` names the series' classes. Negative numbers are stacked to the left (diverging
    bars), and the axis writes them without their sign. The legend is the page's.

    The picture is doubled by a table wherever it stands: `descrizione` only says what it shows.
    """
    tipo = pygal.HorizontalStackedBar if impilate else pygal.HorizontalBar
    lettere = 52 if larghezza == LARGO else 19
    grafico = tipo(
        js=[],
        css=[],
        disable_xml_declaration=True,
        width=larghezza,
        height=(26 if impilate else max(26, 13 * len(serie) + 8)) * len(etichette) + 34,
        margin=4,
        spacing=4,
        show_legend=False,  # ours is text of the page
        truncate_label=-1,
        print_values=not impilate,
        print_zeroes=False,
        show_x_guides=False,
        range=(0, massimo) if massimo else None,
        max_scale=6 if larghezza == LARGO else 4,
        formatter=lambda n: "" if n is None else f"{abs(n):.{decimali}f}".replace(".", ","),
        style=Style(
            label_font_size=_CARATTERE,
            major_label_font_size=_CARATTERE,
            value_font_size=13,
        ),
    )
    grafico.x_labels = [_accorcia(e, lettere) for e in reversed(etichette)]
    for nome, numeri in serie:
        grafico.add(nome, list(reversed(numeri)))
    return _pulisci(grafico.render(is_unicode=True), descrizione, spenta, colori)


def larga(
    descrizione: str,
    etichette: Sequence[str],
    serie: Sequence[tuple[str, Sequence[float | None]]],
    *,
    larghezza: int = LARGO,
    impilate: bool = False,
    spenta: int | None = None,
    decimali: int = 0,
    massimo: float | None = None,
    colori: tuple[str, ...] = (),
) -> SafeString:
    """One chart of lists: `barre` keeps what it has drawn, and wants tuples."""
    return barre(
        descrizione,
        tuple(etichette),
        tuple((nome, tuple(numeri)) for nome, numeri in serie),
        larghezza=larghezza,
        impilate=impilate,
        spenta=spenta,
        decimali=decimali,
        massimo=massimo,
        colori=colori,
    )


def larga_e_stretta(*args: Any, **kwargs: Any) -> tuple[SafeString, SafeString]:
    """The same chart for wide screens and for phones; CSS shows one of them. It takes what `larga` takes."""
    return larga(*args, **kwargs), larga(*args, **kwargs, larghezza=STRETTO)


def _accorcia(etichetta: str, lettere: int) -> str:
    if len(etichetta) <= lettere:
        return etichetta
    return etichetta[: lettere - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def _pulisci(svg: str, descrizione: str, spenta: int | None, colori: tuple[str, ...]) -> SafeString:
    """Keep shapes, texts and classes; drop what pygal adds for its own script and style sheet."""
    radice = ET.fromstring(svg)  # noqa: S314
    for genitore in radice.iter():
        for figlio in list(genitore):
            if figlio.tag in _VIA or "tooltip-overlay" in figlio.get("class", ""):
                genitore.remove(figlio)
    for elemento in radice.iter():
        elemento.tag = elemento.tag.removeprefix(
            _SVG
        )  # not by ET's registry of prefixes, which others write to
        if spenta is not None and f"serie-{spenta} " in elemento.get("class", ""):
            elemento.set("class", "series serie-spenta")
        elif colori and (trovata := _SERIE.match(elemento.get("class", ""))):
            elemento.set("class", f"series serie-{colori[int(trovata[1])]}")
        for attributo in ("style", "id"):
            elemento.attrib.pop(attributo, None)
    radice.set("xmlns", _SVG.strip("{}"))
    radice.set("class", "grafico")
    radice.set("role", "img")
    radice.set("aria-label", descrizione)
    radice.set("focusable", "false")
    return mark_safe(ET.tostring(radice, encoding="unicode"))  # serialised as XML, texts escaped
