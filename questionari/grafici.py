"""Bar charts by pygal, as SVG that a strict CSP lets into the page: no script, no style, classes styled by our CSS."""

import re
import textwrap
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
        height=max(26 if larghezza == LARGO else 38, 0 if impilate else 13 * len(serie) + 8) * len(etichette)
        + 34,
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
    righe = [_righe(e, lettere, 1 if larghezza == LARGO else 2) for e in reversed(etichette)]
    grafico.x_labels = [max(scritte, key=len, default="") for scritte in righe]
    for nome, numeri in serie:
        grafico.add(nome, list(reversed(numeri)))
    return _pulisci(
        grafico.render(is_unicode=True), descrizione, spenta, colori, righe, "%" if impilate else ""
    )


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


def _righe(etichetta: str, lettere: int, quante: int) -> list[str]:
    """A label on at most so many lines of so many letters; what does not fit is cut at a word."""
    righe = textwrap.wrap(
        etichetta, lettere, max_lines=quante, placeholder="…", break_long_words=True, break_on_hyphens=False
    )
    return [f"{riga[:-1].rstrip(' ,;')}…" if riga.endswith("…") else riga for riga in righe]


def _pulisci(
    svg: str,
    descrizione: str,
    spenta: int | None,
    colori: tuple[str, ...],
    righe: Sequence[Sequence[str]],
    unita: str,
) -> SafeString:
    """Keep shapes, texts and classes; drop what pygal adds for its own script and style sheet.

    Labels get their lines, the numbers of the axis a comma and no sign.
    """
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
    _scrivi_assi(radice, righe, unita)
    radice.set("xmlns", _SVG.strip("{}"))
    radice.set("class", "grafico")
    radice.set("role", "img")
    radice.set("aria-label", descrizione)
    radice.set("focusable", "false")
    return mark_safe(ET.tostring(radice, encoding="unicode"))  # serialised as XML, texts escaped


def _scrivi_assi(radice: ET.Element, righe: Sequence[Sequence[str]], unita: str) -> None:
    assi = {
        nome: [
            t for asse in radice.iter("g") if asse.get("class") == f"axis {nome}" for t in asse.iter("text")
        ]
        for nome in ("x", "y", "x always_show", "y always_show")
    }
    for testo in assi["x"] + assi["x always_show"]:
        numero = (testo.text or "").lstrip("-").replace(".", ",")
        testo.text = f"{numero}{unita}" if numero not in {"", "0"} else numero
    for testo, scritte in zip(assi["y"] + assi["y always_show"], righe, strict=False):
        if len(scritte) < 2:
            continue
        testo.text = None
        for posto, riga in enumerate(scritte):
            pezzo = ET.SubElement(
                testo, "tspan", {"x": testo.get("x", "0"), "dy": "-8" if not posto else "16"}
            )
            pezzo.text = riga
