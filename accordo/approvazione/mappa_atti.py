"""Where each Comune stands with its act and its signature, on the map; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from accordo.approvazione.models import Approvazione
from accordo.approvazione.stati import StatoApprovazione
from accordo.base.grafici import mappa as disegno
from accordo.base.grafici.geometrie import geometria
from accordo.base.parole import Parola, elenca
from accordo.iter.models import Accordo

PAROLE = {
    StatoApprovazione.IN_ATTESA: "in attesa",
    StatoApprovazione.IN_ISTRUTTORIA: "in istruttoria",
    StatoApprovazione.APPROVATO: "con l'atto, da firmare",
    StatoApprovazione.RINVIATO: "hanno rinviato il testo",
    StatoApprovazione.NON_APPROVATO: "non approvano",
    StatoApprovazione.FIRMATO: "hanno firmato",
    StatoApprovazione.RECEDUTO: "recedono",
}


@dataclass(frozen=True, slots=True)
class MappaAtti:
    """The drawing, its legend (sample, words, how many), where the outlines come from."""

    svg: SafeString
    legenda: tuple[tuple[SafeString, str, int], ...]
    fonte: str


def mappa_atti(accordo: Accordo, approvazioni: Sequence[Approvazione]) -> MappaAtti | None:
    """Return the map of the Comuni; None where the installation has no outlines. Asks nothing of the database."""
    forme = geometria(accordo.promotore.codice)
    if forme is None:
        return None
    noti = {sagoma.codice for sagoma in forme.comuni}
    righe = [a for a in approvazioni if a.ente.codice in noti]
    frasi = []
    for stato, parole in PAROLE.items():
        nomi = [a.ente.nome_breve for a in righe if a.stato == stato]
        if nomi:
            frasi.append(f"{len(nomi)} {parole}: {elenca(nomi, 12)}")
    per_parola: dict[Parola, list[str]] = {}
    for approvazione in righe:
        per_parola.setdefault(approvazione.parola, []).append(PAROLE[StatoApprovazione(approvazione.stato)])
    return MappaAtti(
        svg=disegno.mappa(
            forme,
            {a.ente.codice: a.parola for a in righe},
            titolo=f"Mappa dei {len(forme.comuni)} Comuni: atti e firme",
            descrizione=". ".join(frasi) + "." if frasi else "Nessun Comune approva questo testo.",
        ),
        legenda=tuple(
            (disegno.campione(p), elenca(sorted(set(per_parola[p]))), len(per_parola[p]))
            for p in disegno.ORDINE
            if p in per_parola
        ),
        fonte=forme.fonte,
    )
