"""What is shown in place under one disposition when it is opened: amendments, remarks, story, where it comes from."""

from dataclasses import dataclass

from django.db.models import Q

from accordo.enti.agente import Agente
from bozze.incontri import operazioni_di
from bozze.interrogazioni.emendamenti import emendamenti_visibili_a, osservazioni_visibili_a
from bozze.interrogazioni.testo import Storia, citazioni_visibili_a, storia
from bozze.models import Citazione, Emendamento, Osservazione, Versione
from bozze.stati import StatoEmendamento
from bozze.testo.albero import Disposizione
from bozze.testo.confronto import Segmento, anteprima
from bozze.testo.operazioni import Aggiungi, Sposta


@dataclass(frozen=True, slots=True)
class Aperta:
    """One disposition, opened."""

    nodo: Disposizione
    scelto: Emendamento | None
    """The amendment shown in full, with the words of the disposition as it would make them."""
    segmenti: tuple[Segmento, ...]
    altri: tuple[Emendamento, ...]
    osservazioni: tuple[Osservazione, ...]
    storia: Storia | None
    citazioni: tuple[Citazione, ...]


def aperta(versione: Versione, nodo: Disposizione, scelto: str, agente: Agente) -> Aperta:
    """Open a disposition of a version; `scelto` is the key of the amendment to show, the first in play if empty."""
    toccano = Q(disposizione_id=nodo.id) | Q(operazioni__icontains=nodo.id)
    emendamenti = list(
        emendamenti_visibili_a(agente, versione.accordo)
        .filter(toccano, versione=versione)
        .order_by("sezione_ordine", "ordine", "ordine_tipo", "numero", "pk")
    )
    in_gioco = [e for e in emendamenti if e.stato != StatoEmendamento.RITIRATO] or emendamenti
    mostrato = next((e for e in emendamenti if str(e.pk) == scelto), in_gioco[0] if in_gioco else None)
    osservazioni = osservazioni_visibili_a(agente, versione.accordo).filter(
        versione=versione, disposizione_id=nodo.id
    )
    return Aperta(
        nodo=nodo,
        scelto=mostrato,
        segmenti=_segmenti(nodo, mostrato),
        altri=tuple(e for e in emendamenti if e is not mostrato),
        osservazioni=tuple(osservazioni),
        storia=storia(versione.accordo, nodo.id, versione.numero),
        citazioni=tuple(citazioni_visibili_a(agente, versione.accordo).filter(disposizione=nodo.id)),
    )


def _segmenti(nodo: Disposizione, emendamento: Emendamento | None) -> tuple[Segmento, ...]:
    """The words changed; empty where the amendment changes none of this disposition's own."""
    if emendamento is None:
        return ()
    sulle_parole = [o for o in operazioni_di(emendamento) if not isinstance(o, Aggiungi | Sposta)]
    segmenti = anteprima(nodo, sulle_parole)
    return segmenti if any(s.segno.value != "uguale" for s in segmenti) else ()
