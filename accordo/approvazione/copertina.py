"""The map on the cover: the Comuni that sign, one tint for each area, and the legend beside it."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from accordo.base.grafici.geometrie import geometria
from accordo.base.parole import elenca
from accordo.enti.models import Ente, TipoEnte

TINTE = ("#dce8f4", "#b9d2ea", "#8fb6dc", "#6a9bcb", "#c9d6cf", "#a3bdb0")
"""As many areas as can be told apart in print; css/stampa/accordo.css has the same for the legend."""
SENZA = "#f2f4f6"


@dataclass(frozen=True, slots=True)
class VoceLegenda:
    """An area: its tint (from 1), its name and how many Comuni."""

    tinta: int
    testo: str


@dataclass(frozen=True, slots=True)
class MappaCopertina:
    """The picture as a data: address, what it shows in words, its legend, whose data it is."""

    immagine: str
    testo: str
    legenda: tuple[VoceLegenda, ...]
    fonte: str


def mappa_copertina(promotore: Ente, enti: Iterable[Ente]) -> MappaCopertina | None:
    """Return the map of the Comuni among these bodies (with their area loaded); None where there is no geometry."""
    forme = geometria(promotore.codice)
    comuni = [ente for ente in enti if ente.tipo == TipoEnte.COMUNE]
    if forme is None or not comuni:
        return None
    nomi = {ente.ambito.pk: ente.ambito.nome for ente in comuni}
    quanti = {pk: sum(ente.ambito_id == pk for ente in comuni) for pk in nomi}
    aree = sorted(nomi, key=lambda pk: (-quanti[pk], nomi[pk]))[: len(TINTE)]
    tinta = {ente.codice: aree.index(ente.ambito_id) for ente in comuni if ente.ambito_id in aree}
    tratti = "".join(
        f'<path fill="{TINTE[tinta[s.codice]] if s.codice in tinta else SENZA}" d="{s.d}"/>'
        for s in forme.comuni
    )
    contorni = "".join(f'<path d="{area.d}"/>' for area in forme.aree)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {forme.larghezza + 8:g} {forme.altezza + 8:g}">'
        f'<g stroke="#ffffff" stroke-width="1.5">{tratti}</g>'
        f'<g fill="none" stroke="#17324d" stroke-width="1.2">{contorni}</g></svg>'
    )
    return MappaCopertina(
        immagine="data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode(),
        testo=f"Mappa dei comuni che firmano, distinti per area: {elenca([nomi[pk] for pk in aree])}",
        legenda=tuple(
            VoceLegenda(posto, f"{nomi[pk]}, {quanti[pk]} {'comune' if quanti[pk] == 1 else 'comuni'}")
            for posto, pk in enumerate(aree, start=1)
        ),
        fonte=forme.fonte,
    )
