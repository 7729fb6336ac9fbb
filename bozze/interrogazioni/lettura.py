"""Reading along the text: which amendments and remarks lie where, as far as the filters let them through."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet

from bozze.interrogazioni.emendamenti import presentati
from bozze.models import Osservazione, Versione
from bozze.models.emendamenti import Emendamento
from bozze.stati import StatoEmendamento, StatoOsservazione
from bozze.testo.albero import Testo
from bozze.testo.numerazione import Nome

NOMI_FILTRI = ("mostra", "sezione", "ente", "ambito", "tipo", "stato")
_VIE = {"sezione": "sezione_id", "ente": "ente__codice", "ambito": "ente__ambito__codice"}
_PRESENTATE = (StatoOsservazione.PRESENTATA, StatoOsservazione.RISPOSTA)
_SPARITE_MOSTRATE = 50


@dataclass(frozen=True, slots=True)
class Scelta:
    """What the reader wants to see: the filters that were set."""

    valori: Mapping[str, str]

    @property
    def attiva(self) -> bool:
        """Whether something is left out."""
        return bool(self.valori)

    @property
    def parametri(self) -> str:
        """The filters as the address carries them, to be put after another parameter."""
        return f"&{urlencode(self.valori)}" if self.valori else ""

    def emendamenti(self, versione: Versione) -> QuerySet[Emendamento]:
        """Return the presented amendments that the filters let through."""
        stato = self.valori.get("stato", "")
        if self.valori.get("mostra") == "osservazioni" or stato in StatoOsservazione.values:
            return Emendamento.objects.none()
        vie = {**_VIE, "tipo": "tipo", "stato": "stato"}
        return presentati(versione).filter(**self._dove(vie))

    def osservazioni(self, versione: Versione) -> QuerySet[Osservazione]:
        """Return the presented remarks on this version and on those before it that the filters let through."""
        tutte = osservazioni_fino_a(versione)
        stato = self.valori.get("stato", "")
        if self.valori.get("mostra") == "emendamenti" or self.valori.get("tipo"):
            return tutte.none()
        if stato in StatoEmendamento.values:
            return tutte.none()
        return tutte.filter(**self._dove({**_VIE, "stato": "stato"}))

    def _dove(self, vie: Mapping[str, str]) -> dict[str, str]:
        return {via: self.valori[nome] for nome, via in vie.items() if self.valori.get(nome)}


def osservazioni_fino_a(versione: Versione) -> QuerySet[Osservazione]:
    """Return the presented remarks on a version and on those before it: they stay with their disposition."""
    return (
        Osservazione.objects.filter(
            accordo=versione.accordo_id, versione__numero__lte=versione.numero, stato__in=_PRESENTATE
        )
        .select_related("accordo", "ente__ambito", "versione")
        .defer("versione__testo")
        .order_by("versione__numero", "presentata_il", "pk")
    )


@dataclass(frozen=True, slots=True)
class Posto:
    """A disposition on which something lies."""

    id: str
    nome: str
    quante: int


@dataclass(frozen=True, slots=True)
class Trovate:
    """What was found, by the id of the disposition, and how many in all."""

    emendamenti: Mapping[str, int]
    osservazioni: Mapping[str, int]
    quanti_emendamenti: int
    quante_osservazioni: int
    posti: tuple[Posto, ...]
    """Where it lies, in the order of the text."""


def trovate(versione: Versione, albero: Testo, detti: Mapping[str, Nome], scelta: Scelta) -> Trovate:
    """Count what the filters let through, along the text. Two queries, whatever there is."""
    righe = list(
        scelta.emendamenti(versione).select_related(None).values_list("disposizione_id", "operazioni")
    )
    emendamenti: Counter[str] = Counter()
    for principale, operazioni in righe:
        emendamenti.update(_toccate(principale, operazioni))
    osservazioni = Counter(
        scelta.osservazioni(versione).select_related(None).values_list("disposizione_id", flat=True)
    )
    return Trovate(
        emendamenti,
        osservazioni,
        len(righe),
        osservazioni.total(),
        tuple(_posti(albero, detti, emendamenti + osservazioni)),
    )


def _toccate(principale: str, operazioni: Iterable[Mapping[str, str]]) -> set[str]:
    return ({principale} | {o.get("bersaglio") or o.get("riferimento", "") for o in operazioni}) - {""}


def _posti(albero: Testo, detti: Mapping[str, Nome], quante: Mapping[str, int]) -> Iterator[Posto]:
    for id in albero.indice:
        if quante.get(id):
            nome = detti[id].esteso or albero.indice[id].nodo.testo[:60] or detti[id].breve
            yield Posto(id, nome, quante[id])


def sparite(versione: Versione, albero: Testo, scelta: Scelta, trovate: Trovate) -> list[Osservazione]:
    """Return the remarks on dispositions that are gone from this version; no query if there are none."""
    via = [id for id in trovate.osservazioni if id not in albero.indice]
    if not via:
        return []
    return list(scelta.osservazioni(versione).filter(disposizione_id__in=via)[:_SPARITE_MOSTRATE])


def sezioni_con_proposte(versione: Versione) -> list[tuple[str, str]]:
    """Return the articles on which something lies, for the filter."""
    campi = ("sezione_ordine", "sezione_id", "sezione_nome")
    degli_emendamenti = presentati(versione).order_by().values_list(*campi).distinct()
    delle_osservazioni = osservazioni_fino_a(versione).order_by().values_list(*campi).distinct()
    trovate = {id: (ordine, nome) for ordine, id, nome in [*delle_osservazioni, *degli_emendamenti]}
    return [(id, nome) for id, (_, nome) in sorted(trovate.items(), key=lambda voce: voce[1])]
