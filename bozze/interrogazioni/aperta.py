"""What is shown in place under one disposition when it is opened: amendments, remarks, story, where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from accordo.enti.agente import Agente
from accordo.rilievi.models import Obiettivo
from bozze.incontri import operazioni_di
from bozze.interrogazioni.emendamenti import ORDINE_ESAME, emendamenti_visibili_a
from bozze.interrogazioni.lettura import Scelta
from bozze.interrogazioni.obiettivi import citati, obiettivi_di
from bozze.interrogazioni.osservazioni import con_repliche
from bozze.interrogazioni.redline import Riga, righe_brevi
from bozze.interrogazioni.testo import Storia, citazioni_visibili_a, storia
from bozze.models import Citazione, Emendamento, Osservazione, Versione
from bozze.stati import StatoEmendamento
from bozze.testo.albero import Disposizione
from bozze.testo.citazioni import Ritrovamento, Sorte, ritrova
from bozze.testo.confronto import Segmento, anteprima
from bozze.testo.numerazione import Nome
from bozze.testo.operazioni import Aggiungi, Sposta

MOSTRATI = 30
"""Amendments, and remarks, shown under one disposition; the others are in the list."""


@dataclass(frozen=True, slots=True)
class Vista:
    """An amendment, with the words that it changes marked."""

    emendamento: Emendamento
    righe: tuple[Riga, ...]


@dataclass(frozen=True, slots=True)
class Sentita:
    """A remark, with what became of the words that it speaks of."""

    osservazione: Osservazione
    trovato: Ritrovamento

    @property
    def cambiata(self) -> bool:
        """Whether the text says something else than it did."""
        return self.trovato.sorte is not Sorte.INTATTA


@dataclass(frozen=True, slots=True)
class Aperta:
    """One disposition, opened."""

    nodo: Disposizione
    nome: Nome
    scelto: Vista | None
    """The amendment shown in full, with the words of the disposition as it would make them."""
    segmenti: tuple[Segmento, ...]
    altri: tuple[Vista, ...]
    osservazioni: tuple[Sentita, ...]
    oltre: int
    """How many more there are than are shown."""
    storia: Storia | None
    citazioni: tuple[Citazione, ...]
    obiettivi: Sequence[Obiettivo]
    """Those that it cites itself, beside those of its findings."""

    @property
    def di_cui_si_parla(self) -> str:
        """The name after "di": "dell'articolo 5, comma 2"."""
        return self.nome.con("di")


def aperta(
    versione: Versione,
    nodo: Disposizione,
    agente: Agente,
    *,
    detti: Mapping[str, Nome],
    scelto: str = "",
    scelta: Scelta,
) -> Aperta:
    """Open a disposition of a version; `scelto` is the key of the amendment to show, the first in play if empty.

    `scelta`: the filters of the page; without any, the drafts of the person's own body are there too.
    """
    toccano = Q(disposizione_id=nodo.id) | Q(operazioni__icontains=nodo.id)
    tutti = emendamenti_visibili_a(agente, versione.accordo).filter(toccano, versione=versione)
    if scelta.attiva:
        tutti = tutti.filter(pk__in=scelta.emendamenti(versione).order_by().values("pk"))
    emendamenti = list(tutti.order_by(*ORDINE_ESAME, "pk")[: MOSTRATI * 4])
    in_gioco = [e for e in emendamenti if e.stato != StatoEmendamento.RITIRATO] or emendamenti
    mostrato = next((e for e in emendamenti if str(e.pk) == scelto), in_gioco[0] if in_gioco else None)
    altri = [e for e in emendamenti if e is not mostrato]
    osservazioni = list(
        con_repliche(scelta.osservazioni(versione).filter(disposizione_id=nodo.id))[: MOSTRATI * 4]
    )

    def vista(emendamento: Emendamento) -> Vista:
        return Vista(emendamento, tuple(righe_brevi(versione.albero, detti, operazioni_di(emendamento))))

    com_e = nodo.testo or nodo.rubrica
    return Aperta(
        nodo=nodo,
        nome=detti[nodo.id],
        scelto=vista(mostrato) if mostrato else None,
        segmenti=_segmenti(nodo, mostrato),
        altri=tuple(vista(e) for e in altri[:MOSTRATI]),
        osservazioni=tuple(
            Sentita(o, ritrova(o.testo_com_era, com_e, o.brano)) for o in osservazioni[:MOSTRATI]
        ),
        oltre=max(0, len(altri) - MOSTRATI) + max(0, len(osservazioni) - MOSTRATI),
        storia=storia(versione.accordo, nodo.id, versione.numero),
        citazioni=tuple(citazioni_visibili_a(agente, versione.accordo).filter(disposizione=nodo.id)),
        obiettivi=citati(obiettivi_di(versione.accordo), nodo) if nodo.obiettivi else (),
    )


def _segmenti(nodo: Disposizione, emendamento: Emendamento | None) -> tuple[Segmento, ...]:
    """The words changed; empty where the amendment changes none of this disposition's own."""
    if emendamento is None:
        return ()
    sulle_parole = [o for o in operazioni_di(emendamento) if not isinstance(o, Aggiungi | Sposta)]
    segmenti = anteprima(nodo, sulle_parole)
    return segmenti if any(s.segno.value != "uguale" for s in segmenti) else ()
