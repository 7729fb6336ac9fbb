"""The map of the Comuni (drawing b): a tint and a pattern for each status, names only for who has not finished.

The geometry is data (see accordo/base/grafici/mappe); this module only draws it. A map never stands alone: the
page doubles it with a table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.html import format_html
from django.utils.safestring import SafeString

from accordo.base.grafici import num, unisci
from accordo.base.parole import Parola

MARGINE = 8
ALTEZZA_NOME = 20
LARGHEZZA_LETTERA = 10.5
NOMI_AL_MASSIMO = 14
"""With more names than this the map would be unreadable: it shows none, the table has them all."""

ORDINE = (
    Parola.FATTO, Parola.NON_PREVISTO, Parola.PIU_AVANTI, Parola.IN_CORSO,
    Parola.DA_FARE, Parola.IN_RITARDO, Parola.NON_FATTO,
)  # fmt: skip
APERTE = (Parola.IN_CORSO, Parola.DA_FARE, Parola.IN_RITARDO, Parola.NON_FATTO)

_TRAME = """<pattern id="trama-in-corso" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect class="tinta-in-corso" width="7" height="7"/><rect class="segno-in-corso" width="2" height="7"/></pattern>
<pattern id="trama-da-fare" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="tinta-da-fare" width="8" \
height="8"/><circle class="segno-da-fare" cx="2" cy="2" r="1.5"/><circle class="segno-da-fare" cx="6" cy="6" r="1.5"/>\
</pattern>
<pattern id="trama-in-ritardo" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect class="tinta-in-ritardo" width="7" height="7"/><rect class="segno-in-ritardo" width="1.6" height="7"/>\
<rect class="segno-in-ritardo" width="7" height="1.6"/></pattern>"""
_TRAMA = {
    Parola.IN_CORSO: "in-corso",
    Parola.DA_FARE: "da-fare",
    Parola.IN_RITARDO: "in-ritardo",
    Parola.NON_FATTO: "in-ritardo",
}


@dataclass(frozen=True, slots=True)
class Sagoma:
    """An outline with the place of its name."""

    codice: str
    nome: str
    d: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Geometria:
    """The outlines of the Comuni and of the areas, in the units of `larghezza` by `altezza`."""

    larghezza: float
    altezza: float
    comuni: tuple[Sagoma, ...]
    aree: tuple[Sagoma, ...]
    fonte: str

    @classmethod
    def da_json(cls, dati: Mapping[str, Any]) -> Self:
        """Read the geometry's file."""
        _, _, larghezza, altezza = (float(n) for n in dati["viewBox"].split())
        return cls(
            larghezza=larghezza,
            altezza=altezza,
            comuni=tuple(_sagome(dati["comuni"])),
            aree=tuple(_sagome(dati.get("aree", {}))),
            fonte=dati["attribution"],
        )


def _sagome(dati: Mapping[str, Any]) -> Iterator[Sagoma]:
    for codice, voce in dati.items():
        yield Sagoma(codice, voce["nome"], voce["d"], *voce["etichetta"])


def mappa(geometria: Geometria, stati: Mapping[str, Parola], *, titolo: str, descrizione: str) -> SafeString:
    """Return the map as SVG. `stati` is by the body's code; a Comune that is not there is drawn as not asked."""
    di = {sagoma.codice: stati.get(sagoma.codice, Parola.NON_PREVISTO) for sagoma in geometria.comuni}
    gruppi = {parola: [s for s in geometria.comuni if di[s.codice] == parola] for parola in ORDINE}
    aperti = [s for s in geometria.comuni if di[s.codice] in APERTE]
    return unisci(
        [
            format_html(
                '<svg class="mappa" viewBox="{} {} {} {}" role="img" aria-labelledby="mappa-titolo mappa-desc">'
                '<title id="mappa-titolo">{}</title><desc id="mappa-desc">{}</desc><defs>{}</defs>',
                *(
                    -MARGINE,
                    -MARGINE,
                    num(geometria.larghezza + 2 * MARGINE),
                    num(geometria.altezza + 2 * MARGINE),
                ),
                *(titolo, descrizione, SafeString(_TRAME)),
            ),
            *(pezzo for parola, sagome in gruppi.items() if sagome for pezzo in _gruppo(parola, sagome)),
            '<g class="mappa-aree">',
            *(format_html('<path d="{}"/>', area.d) for area in geometria.aree),
            "</g>",
            *_nomi(geometria, aperti if len(aperti) <= NOMI_AL_MASSIMO else []),
            "</svg>",
        ]
    )


def campione(parola: Parola) -> SafeString:
    """Return the small square of the legend for a status. It uses the patterns of the map on the same page."""
    return format_html(
        '<svg class="campione" viewBox="0 0 28 20" aria-hidden="true"><rect {} x=".5" y=".5" width="27" height="19" '
        'rx="2"/></svg>',
        _riempimento(parola),
    )


def _riempimento(parola: Parola) -> SafeString:
    if trama := _TRAMA.get(parola):
        return format_html('fill="url(#trama-{})"', trama)
    return format_html('class="tinta-{}"', parola.value.replace("_", "-"))


def _gruppo(parola: Parola, sagome: Sequence[Sagoma]) -> Iterator[str]:
    yield format_html('<g class="comuni comuni-{}">', parola.value.replace("_", "-"))
    for s in sagome:
        yield format_html(
            '<path {} d="{}"><title>{}: {}</title></path>',
            _riempimento(parola),
            s.d,
            s.nome,
            parola.label.lower(),
        )
    yield "</g>"


Cornice = tuple[float, float, float, float]


def _cornice(nome: str, x: float, y: float, ancora: str, lettera: float) -> Cornice:
    larghezza = lettera * len(nome)
    sinistra = {"middle": x - larghezza / 2, "start": x, "end": x - larghezza}[ancora]
    return (sinistra, y - ALTEZZA_NOME + 4, sinistra + larghezza, y + 4)


def _tocca(a: Cornice, b: Cornice) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _posti(s: Sagoma, geometria: Geometria) -> Iterator[tuple[float, float, str]]:
    """Yield where a name may stand, the best place first."""
    yield s.x, s.y, "middle"
    for dy in (-14, 14, -24, 24):
        yield s.x, s.y + dy, "middle"
    fuori = "start" if s.x > geometria.larghezza / 2 else "end"
    for dy in (0, -16, 16, -30, 30):
        yield s.x + (18 if fuori == "start" else -18), s.y + dy, fuori


def _nomi(geometria: Geometria, aperti: Sequence[Sagoma]) -> Iterator[str]:
    """Write the names that find room: first those of the Comuni, then those of the areas."""
    occupate: list[Cornice] = []
    comuni: list[str] = []
    for s in sorted(aperti, key=lambda s: s.y):
        posto = _posto_libero(s, geometria, occupate, LARGHEZZA_LETTERA)
        if posto:
            comuni.append(_nome(s.nome, *posto))
    aree: list[str] = []
    for area in geometria.aree:
        posto = _posto_libero(area, geometria, occupate, LARGHEZZA_LETTERA - 2)
        if posto:
            aree.append(_nome(area.nome, *posto))
    yield format_html('<g class="mappa-aree-nomi">{}</g>', SafeString("".join(aree)))
    yield format_html('<g class="mappa-nomi">{}</g>', SafeString("".join(comuni)))


def _posto_libero(
    s: Sagoma, geometria: Geometria, occupate: list[Cornice], lettera: float
) -> tuple[float, float, str] | None:
    for x, y, ancora in _posti(s, geometria):
        cornice = _cornice(s.nome, x, y, ancora, lettera)
        dentro = cornice[0] >= -MARGINE and cornice[2] <= geometria.larghezza + MARGINE
        if dentro and not any(_tocca(cornice, altra) for altra in occupate):
            occupate.append(cornice)
            return x, y, ancora
    return None


def _nome(nome: str, x: float, y: float, ancora: str) -> str:
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', num(x), num(y), ancora, nome)
