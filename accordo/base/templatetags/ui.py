"""Tags and filters that every template may use: statuses, dates in words, typography, breadcrumb."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeData, SafeString, mark_safe

from accordo.base import orologio
from accordo.base.parole import Parola, elenca

register = template.Library()

GIORNI = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
MESI = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip
VICINO = 7  # days: within them a deadline turns amber
SENZA_ICONA = {Parola.NON_PREVISTO}


def _giorno_locale(valore: date | datetime) -> date:
    if isinstance(valore, datetime):
        return (timezone.localtime(valore) if timezone.is_aware(valore) else valore).date()
    return valore


def numero_del_giorno(d: date) -> str:
    """Return the day of the month as Italian writes it: 1º, 2, 3…"""
    return "1º" if d.day == 1 else str(d.day)


# ---------------------------------------------------------------------------------------------- dates
@register.filter
def data(valore: date | datetime | None) -> str:
    """Return "gio 22 gennaio 2026"."""
    if not valore:
        return ""
    d = _giorno_locale(valore)
    return f"{GIORNI[d.weekday()][:3]} {numero_del_giorno(d)} {MESI[d.month - 1]} {d.year}"


@register.filter
def data_estesa(valore: date | datetime | None) -> str:
    """Return "giovedì 22 gennaio 2026"."""
    if not valore:
        return ""
    d = _giorno_locale(valore)
    return f"{GIORNI[d.weekday()]} {giorno(d)} {d.year}"


@register.filter
def giorno(valore: date | datetime | None) -> str:
    """Return "22 gennaio"."""
    if not valore:
        return ""
    d = _giorno_locale(valore)
    return f"{numero_del_giorno(d)} {MESI[d.month - 1]}"


@register.filter
def giorno_anno(valore: date | datetime | None) -> str:
    """Return "22 gennaio 2026", for the middle of a sentence: "dal 22 gennaio 2026"."""
    return f"{giorno(valore)} {_giorno_locale(valore).year}" if valore else ""


@register.filter
def giorno_settimana(valore: date | datetime | None) -> str:
    """Return "giovedì"."""
    return GIORNI[_giorno_locale(valore).weekday()] if valore else ""


@register.filter
def giorno_esteso(valore: date | datetime | None) -> str:
    """Return "giovedì 22 gennaio"."""
    return f"{giorno_settimana(valore)} {giorno(valore)}" if valore else ""


@register.filter
def ora(valore: datetime | None) -> str:
    """Return "10.42"."""
    if not valore:
        return ""
    locale = timezone.localtime(valore) if timezone.is_aware(valore) else valore
    return f"{locale.hour}.{locale.minute:02d}"


@register.filter
def quando(valore: datetime | None) -> str:
    """Return "oggi, 9.40", "ieri, 17.20", "24 marzo, 16.30", with the year when it is another one."""
    if not valore:
        return ""
    d, oggi = _giorno_locale(valore), orologio.oggi()
    distanza = (oggi - d).days
    parola = {0: "oggi", 1: "ieri"}.get(distanza) or (
        giorno(d) if d.year == oggi.year else f"{giorno(d)} {d.year}"
    )
    return f"{parola}, {ora(valore)}"


@register.filter
def fra_giorni(valore: date | datetime | None) -> str:
    """Return "oggi", "domani", "fra 5 giorni", "ieri", "5 giorni fa"."""
    if not valore:
        return ""
    n = (_giorno_locale(valore) - orologio.oggi()).days
    if n in (-1, 0, 1):
        return ("ieri", "oggi", "domani")[n + 1]
    return f"fra {n} giorni" if n > 0 else f"{-n} giorni fa"


@register.filter
def vicina(valore: date | datetime | None) -> bool:
    """Tell whether a date is within seven days from now, or past: then it turns amber."""
    return valore is not None and (_giorno_locale(valore) - orologio.oggi()).days <= VICINO


@register.filter
def intervallo(inizio: date | None, fine: date | None) -> str:
    """Return "12-16 gennaio" or "19 gennaio - 6 febbraio", with typographic dashes; open ends in words."""
    if not inizio and not fine:
        return ""
    if not inizio or not fine:
        return f"dal {giorno(inizio)}" if inizio else f"fino al {giorno(fine)}"
    if inizio == fine:
        return giorno(inizio)
    if (inizio.year, inizio.month) == (fine.year, fine.month):
        return f"{numero_del_giorno(inizio)}–{giorno(fine)}"
    return f"{giorno(inizio)} – {giorno(fine)}"


# ---------------------------------------------------------------------------------------------- words
_APERTE = re.compile(r"(^|[\s(\[«—–-])\"")
_TAG = re.compile(r"(<[^>]*>)")


@register.filter
def tipografico(valore: object) -> SafeString:
    """Typeset straight apostrophes and quotes as curly ones. The stored text keeps the straight ones: hashes depend on it."""
    if valore is None:
        return SafeString("")
    testo = str(conditional_escape(valore if isinstance(valore, SafeData) else str(valore)))
    pezzi = _TAG.split(testo)
    return mark_safe("".join(p if p.startswith("<") else _curva(p) for p in pezzi))  # escaped above


def _curva(testo: str) -> str:
    testo = testo.replace("&#x27;", "'").replace("&#39;", "'").replace("&quot;", '"')
    testo = _APERTE.sub("\\1“", testo).replace('"', "”")
    return testo.replace("'", "’")


@register.filter
def elenco(nomi: Any) -> str:
    """Return "Barga, Stazzema e Lucca"."""
    return elenca([str(nome) for nome in nomi])


@register.filter
def conta(numero: int, forme: str) -> str:
    """Return `numero` with its noun: {{ n|conta:"ente,enti" }} gives "1 ente" or "3 enti"."""
    singolare, plurale = forme.split(",")
    return f"{numero} {singolare if numero == 1 else plurale}"


# ---------------------------------------------------------------------------------------------- components
@register.simple_tag
def icona(nome: str, classi: str = "icon-sm") -> SafeString:
    """Return an icon of the theme, hidden from screen readers: {% icona "it-check" %}."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classi,
        static("svg/sprites.svg"),
        nome,
    )


@register.simple_tag
def segno(nome: str) -> SafeString:
    """Return one of our status icons (static/img/stati.svg)."""
    return format_html(
        '<svg class="stato-icona" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("img/stati.svg"),
        nome,
    )


@register.simple_tag
def stato(valore: str, parola: str = "") -> SafeString:
    """Return a status badge. `valore` is a value of Parola; `parola` another word for the same colour and icon."""
    voce = Parola(valore)
    nome = voce.value.replace("_", "-")
    disegno = SafeString("") if voce in SENZA_ICONA else segno(nome)
    return format_html('<span class="stato stato-{}">{}{}</span>', nome, disegno, parola or voce.label)


@register.simple_tag
def briciola(testo: str, url: str = "") -> SafeString:
    """Return one step of the breadcrumb; without an address it is the page itself."""
    if url:
        return format_html(
            '<li class="breadcrumb-item"><a href="{}">{}</a><span class="separator" aria-hidden="true">/</span></li>',
            url,
            tipografico(testo),
        )
    return format_html('<li class="breadcrumb-item active" aria-current="page">{}</li>', tipografico(testo))


@register.simple_tag(takes_context=True)
def voce_menu(context: template.Context, testo: str, url: str) -> SafeString:
    """Return one entry of the menu, marked when the page lies under it; nothing if there is no address."""
    if not url:
        return SafeString("")
    percorso = context["request"].path if "request" in context else ""
    qui = "page" if percorso == url else "true" if percorso.startswith(url) else ""
    corrente = format_html(' aria-current="{}"', qui) if qui else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, corrente, tipografico(testo))


@register.filter
def nomi_ruoli(ruoli: Any) -> str:
    """Return roles in words, in a fixed order: "rappresentante e referente"."""
    return elenca(sorted((str(r) for r in ruoli), reverse=True))


@register.filter
def maiuscola(testo: str) -> str:
    """Return the text with a capital first letter, the rest untouched."""
    return testo[:1].upper() + testo[1:]
