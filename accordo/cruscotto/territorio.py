"""The map of the Comuni of an accord: geometry from a file, statuses from the table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from accordo.base.grafici import mappa as disegno
from accordo.base.grafici.geometrie import geometria
from accordo.base.parole import Parola, elenca
from accordo.cruscotto.avanzamento import RigaEnte, Tavola
from accordo.iter.models import Accordo

_PAROLE = {
    Parola.FATTO: "{} hanno fatto",
    Parola.IN_CORSO: "{} in corso",
    Parola.DA_FARE: "{} da iniziare",
    Parola.IN_RITARDO: "{} in ritardo",
    Parola.NON_FATTO: "{} non hanno fatto",
}


@dataclass(frozen=True, slots=True)
class VoceLegenda:
    """A status with its sample and how many Comuni have it."""

    parola: Parola
    campione: SafeString
    quanti: int


@dataclass(frozen=True, slots=True)
class MappaComuni:
    """The map, its legend, and the same as rows of a table."""

    svg: SafeString
    legenda: tuple[VoceLegenda, ...]
    righe: tuple[RigaEnte, ...]
    fonte: str
    con_nomi: bool


def mappa_comuni(accordo: Accordo, tavola: Tavola) -> MappaComuni | None:
    """Return the map of the accord's Comuni in the current phase; None where there is no geometry."""
    forme = geometria(accordo.promotore.codice)
    if forme is None:
        return None
    noti = {sagoma.codice for sagoma in forme.comuni}
    righe = [riga for riga in tavola.righe if riga.ente.codice in noti]
    stati = {riga.ente.codice: riga.corrente for riga in righe}
    ordine = [*reversed(disegno.APERTE), *(p for p in disegno.ORDINE if p not in disegno.APERTE)]
    ordine.sort(key=lambda p: (p not in disegno.APERTE, p != Parola.DA_FARE))
    gruppi = {p: [r for r in righe if r.corrente == p] for p in ordine}
    aperti = sum(len(gruppi[p]) for p in disegno.APERTE)
    con_nomi = 0 < aperti <= disegno.NOMI_AL_MASSIMO
    fase = accordo.fase_corrente
    dove = f"nella fase {accordo.numero_fase}, {fase.nome}" if fase else "alla firma"
    return MappaComuni(
        svg=disegno.mappa(
            forme,
            stati,
            titolo=f"Mappa dei {len(forme.comuni)} Comuni {dove}",
            descrizione=_descrizione(gruppi),
        ),
        legenda=tuple(
            VoceLegenda(p, disegno.campione(p), len(gruppi[p])) for p in disegno.ORDINE if gruppi[p]
        ),
        righe=tuple(riga for p in ordine for riga in gruppi[p]),
        fonte=forme.fonte,
        con_nomi=con_nomi,
    )


def _descrizione(gruppi: dict[Parola, list[RigaEnte]]) -> str:
    frasi = []
    for parola, righe in gruppi.items():
        if righe and parola in _PAROLE:
            nomi = f": {elenca([r.ente.nome_breve for r in righe])}" if parola in disegno.APERTE else ""
            frasi.append(
                _PAROLE[parola].format(f"{len(righe)} Comuni" if len(righe) > 1 else "1 Comune") + nomi
            )
    return ". ".join(frasi) + "." if frasi else "Nessun Comune ha ancora qualcosa da fare in questa fase."
