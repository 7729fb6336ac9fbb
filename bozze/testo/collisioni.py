"""Which amendments cannot stand together, and why: found by disposition, by range of words, by effect.

The cost grows with the operations and with the meetings found; no operation is compared with those it cannot meet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.numerazione import Nome, femminile, nomi
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    punto,
)


class Genere(StrEnum):
    STESSE_PAROLE = "stesse_parole"
    """Different changes to words that overlap."""
    STESSO_OGGETTO = "stesso_oggetto"
    """The whole of one thing is given two different contents, or a part is changed of what is replaced."""
    SOPPRESSA = "soppressa"
    """One deletes what the other changes, moves or adds to."""
    RIFERIMENTO_SPOSTATO = "riferimento_spostato"
    """One moves the disposition next to which the other puts something."""
    IDENTICHE = "identiche"
    """They do the same."""
    COMPRESA = "compresa"
    """Both delete, one the part and the other the whole."""
    RIFERIMENTO_SOPPRESSO = "riferimento_soppresso"
    """One deletes the disposition next to which the other puts something."""
    ORDINE = "ordine"
    """Additions at one point: they can all stand, in an order to be chosen."""


NON_BLOCCANTI = frozenset({Genere.IDENTICHE, Genere.COMPRESA, Genere.RIFERIMENTO_SOPPRESSO, Genere.ORDINE})


@dataclass(frozen=True, slots=True)
class Collisione:
    """Amendments that meet on ``disposizione``; ``chiavi`` are the keys they were given under, in their order."""

    genere: Genere
    disposizione: str
    chiavi: tuple[str, ...]
    motivo: str
    """Why, in words for the person who decides."""

    @property
    def blocca(self) -> bool:
        """Whether they cannot all be accepted. Otherwise it is a thing to know: same content, or an order to choose."""
        return self.genere not in NON_BLOCCANTI


def collisioni(
    testo: Testo, emendamenti: Mapping[str, Sequence[Operazione]], nomi_testo: dict[str, Nome] | None = None
) -> list[Collisione]:
    """All meetings among the operations of different keys, in the order of the text. Operations must pass ``controlla``.

    ``nomi_testo``: what the dispositions are called in the reasons, where it is not as in the text.
    """
    return _Incontri(testo, emendamenti, nomi_testo).tutti()


type _Voce[O] = tuple[str, O]


class _Incontri:
    def __init__(
        self,
        testo: Testo,
        emendamenti: Mapping[str, Sequence[Operazione]],
        nomi_testo: dict[str, Nome] | None = None,
    ) -> None:
        self._testo = testo
        self._nomi_dati = nomi_testo
        self._posto = {chiave: indice for indice, chiave in enumerate(emendamenti)}
        self._trovati: dict[tuple[Genere, str, tuple[str, ...]], str] = {}
        self._parole: defaultdict[str, list[_Voce[SostituisciParole]]] = defaultdict(list)
        self._rubriche: defaultdict[str, list[_Voce[SostituisciRubrica]]] = defaultdict(list)
        self._sostituzioni: defaultdict[str, list[_Voce[Sostituisci]]] = defaultdict(list)
        self._soppressioni: defaultdict[str, list[_Voce[Sopprimi]]] = defaultdict(list)
        self._spostamenti: defaultdict[str, list[_Voce[Sposta]]] = defaultdict(list)
        self._arrivi: defaultdict[tuple[str, int], list[_Voce[Aggiungi | Sposta]]] = defaultdict(list)
        self._nuovi: defaultdict[str, list[str]] = defaultdict(list)
        for chiave, operazioni in emendamenti.items():
            for operazione in operazioni:
                self._registra(chiave, operazione)

    def tutti(self) -> list[Collisione]:
        self._sulle_parole()
        self._sulla_stessa_cosa(self._rubriche)
        self._sulla_stessa_cosa(self._sostituzioni)
        self._sulla_stessa_cosa(self._soppressioni)
        self._sulla_stessa_cosa(self._spostamenti)
        self._sotto_altre()
        self._nello_stesso_punto()
        self._accanto()
        self._stessi_identificativi()
        trovati = [
            Collisione(genere, dove, chiavi, motivo)
            for (genere, dove, chiavi), motivo in self._trovati.items()
        ]
        return sorted(
            trovati,
            key=lambda c: (self._ordine(c.disposizione), [self._posto[k] for k in c.chiavi], c.genere),
        )

    # ------------------------------------------------------------------ taking note

    def _registra(self, chiave: str, operazione: Operazione) -> None:
        match operazione:
            case SostituisciParole():
                self._parole[operazione.bersaglio].append((chiave, operazione))
            case SostituisciRubrica():
                self._rubriche[operazione.bersaglio].append((chiave, operazione))
            case Sostituisci():
                self._sostituzioni[operazione.bersaglio].append((chiave, operazione))
                self._nasce(chiave, operazione.nuovo)
            case Sopprimi():
                self._soppressioni[operazione.bersaglio].append((chiave, operazione))
            case Sposta():
                self._spostamenti[operazione.bersaglio].append((chiave, operazione))
                self._arrivi[self._punto(operazione)].append((chiave, operazione))
            case Aggiungi():
                self._arrivi[self._punto(operazione)].append((chiave, operazione))
                self._nasce(chiave, operazione.nuovo)

    def _nasce(self, chiave: str, nuovo: Disposizione) -> None:
        for nodo in nuovo.discendenti():
            if nodo.id not in self._testo.indice:
                self._nuovi[nodo.id].append(chiave)

    def _punto(self, operazione: Aggiungi | Sposta) -> tuple[str, int]:
        return punto(self._testo, operazione.posizione, operazione.riferimento)

    def _segna(self, genere: Genere, dove: str, chiavi: Iterable[str], motivo: str) -> None:
        """Note a meeting, unless all the keys are one: an amendment does not collide with itself."""
        ordinate = tuple(sorted(set(chiavi), key=self._posto.__getitem__))
        if len(ordinate) > 1:
            self._trovati.setdefault((genere, dove, ordinate), motivo)

    # ------------------------------------------------------------------ looking

    def _sulle_parole(self) -> None:
        for id, voci in self._parole.items():
            voci.sort(key=lambda voce: (voce[1].inizio, voce[1].fine))
            aperte: list[_Voce[SostituisciParole]] = []
            for voce in voci:
                aperte = [aperta for aperta in aperte if aperta[1].fine >= voce[1].inizio]
                for aperta in aperte:
                    self._due_parole(id, aperta, voce)
                aperte.append(voce)

    def _due_parole(self, id: str, prima: _Voce[SostituisciParole], dopo: _Voce[SostituisciParole]) -> None:
        (chiave, una), (altra_chiave, altra) = prima, dopo
        chiavi = (chiave, altra_chiave)
        stesso_tratto = (una.inizio, una.fine) == (altra.inizio, altra.fine)
        if stesso_tratto and una.nuove.strip() == altra.nuove.strip():
            self._segna(Genere.IDENTICHE, id, chiavi, f"Fanno la stessa modifica {self._a(id)}.")
        elif stesso_tratto and not una.vecchie:
            self._segna(
                Genere.ORDINE,
                id,
                chiavi,
                f"Aggiungono parole nello stesso punto {self._di(id)}: va scelto l'ordine.",
            )
        elif una.fine > altra.inizio and altra.fine > una.inizio:
            comuni = una.vecchie[altra.inizio - una.inizio : altra.fine - una.inizio] or una.vecchie
            motivo = f'Cambiano in modo diverso le stesse parole {self._di(id)}: "{comuni.strip()}".'
            self._segna(Genere.STESSE_PAROLE, id, chiavi, motivo)

    def _sulla_stessa_cosa[O: (SostituisciRubrica, Sostituisci, Sopprimi, Sposta)](
        self, gruppo: Mapping[str, list[_Voce[O]]]
    ) -> None:
        """Two of one kind on one disposition: the same, or one against the other."""
        for id, voci in gruppo.items():
            for (chiave, una), (altra_chiave, altra) in combinations(voci, 2):
                chiavi = (chiave, altra_chiave)
                if self._uguali(una, altra):
                    self._segna(Genere.IDENTICHE, id, chiavi, f"Fanno la stessa modifica {self._a(id)}.")
                    continue
                match una:
                    case SostituisciRubrica():
                        motivo = f"Danno due rubriche diverse {self._a(id)}."
                    case Sposta():
                        motivo = f"Spostano in due punti diversi {self._il(id)}."
                    case _:
                        motivo = f"Sostituiscono con due testi diversi {self._il(id)}."
                self._segna(Genere.STESSO_OGGETTO, id, chiavi, motivo)

    def _uguali(self, una: Operazione, altra: Operazione) -> bool:
        if isinstance(una, Sposta) and isinstance(altra, Sposta):
            return self._punto(una) == self._punto(altra) and una.riferimento == altra.riferimento
        return una == altra

    def _sotto_altre(self) -> None:
        """What is changed inside, or is itself, something that another deletes or replaces."""
        for chiave, id, operazione, compreso in self._tocchi():
            for antenato in self._testo.cammino(id):
                proprio = antenato.id == id and not compreso
                for altra_chiave, soppressione in self._soppressioni.get(antenato.id, ()):
                    if soppressione is operazione:
                        continue
                    if not isinstance(operazione, Sopprimi):
                        motivo = f"Uno sopprime {self._il(antenato.id)}, l'altro {_verbo(operazione)} {self._il(id)}."
                        if antenato.id == id:
                            motivo = f"Uno sopprime {self._il(id)}, l'altro {self._verbo_proprio(operazione, antenato)}."
                        self._segna(Genere.SOPPRESSA, antenato.id, (altra_chiave, chiave), motivo)
                    elif antenato.id != id:
                        motivo = f"Uno sopprime {self._il(antenato.id)}, l'altro solo {self._il(id)}."
                        self._segna(Genere.COMPRESA, antenato.id, (altra_chiave, chiave), motivo)
                for altra_chiave, sostituzione in self._sostituzioni.get(antenato.id, ()):
                    if sostituzione is operazione or (
                        proprio and isinstance(operazione, Sposta | Sostituisci | Sopprimi)
                    ):
                        continue
                    motivo = (
                        f"Uno sostituisce per intero {self._il(antenato.id)}, l'altro ne cambia una parte."
                    )
                    self._segna(Genere.STESSO_OGGETTO, antenato.id, (altra_chiave, chiave), motivo)

    def _tocchi(self) -> Iterator[tuple[str, str, Operazione, bool]]:
        """(key, id touched, operation, whether it is the inside of the disposition that is touched)."""
        gruppi: tuple[Mapping[str, list[_Voce[Operazione]]], ...] = (
            self._parole,  # type: ignore[assignment]
            self._rubriche,
            self._sostituzioni,
            self._soppressioni,
            self._spostamenti,
        )
        for gruppo in gruppi:
            for id, voci in gruppo.items():
                for chiave, operazione in voci:
                    yield (
                        chiave,
                        id,
                        operazione,
                        isinstance(operazione, SostituisciParole | SostituisciRubrica),
                    )
        for (genitore, _), arrivi in self._arrivi.items():
            for chiave, operazione in arrivi:
                yield chiave, genitore, operazione, True

    def _nello_stesso_punto(self) -> None:
        for (genitore, _), arrivi in self._arrivi.items():
            if len(arrivi) < 2:
                continue
            diversi: dict[object, list[str]] = defaultdict(list)
            for chiave, operazione in arrivi:
                diversi[_contenuto(operazione)].append(chiave)
            dove = arrivi[0][1].riferimento
            for chiavi in diversi.values():
                self._segna(Genere.IDENTICHE, dove, chiavi, "Aggiungono lo stesso testo nello stesso punto.")
            if len(diversi) > 1:
                punto_detto = self._di(genitore) if genitore else "del testo"
                motivo = (
                    f"Aggiungono nello stesso punto {punto_detto}: possono stare insieme, va scelto l'ordine."
                )
                self._segna(Genere.ORDINE, dove, (chiave for chiave, _ in arrivi), motivo)

    def _accanto(self) -> None:
        """What is put beside a disposition that another moves or deletes."""
        for arrivi in self._arrivi.values():
            for chiave, operazione in arrivi:
                vicino = operazione.riferimento
                if operazione.posizione not in {Posizione.DOPO, Posizione.PRIMA}:
                    continue
                for altra_chiave, _ in self._spostamenti.get(vicino, ()):
                    motivo = f"Uno sposta {self._il(vicino)}, l'altro colloca un testo accanto ad esso."
                    self._segna(Genere.RIFERIMENTO_SPOSTATO, vicino, (altra_chiave, chiave), motivo)
                for altra_chiave, _ in self._soppressioni.get(vicino, ()):
                    motivo = f"Uno sopprime {self._il(vicino)}, l'altro colloca un testo accanto ad esso."
                    self._segna(Genere.RIFERIMENTO_SOPPRESSO, vicino, (altra_chiave, chiave), motivo)

    def _stessi_identificativi(self) -> None:
        for id, chiavi in self._nuovi.items():
            motivo = "Aggiungono disposizioni con lo stesso identificativo."
            self._segna(Genere.STESSO_OGGETTO, id, chiavi, motivo)

    # ------------------------------------------------------------------ words

    @cached_property
    def _nomi(self) -> dict[str, Nome]:
        return self._nomi_dati or nomi(self._testo)

    def _ordine(self, id: str) -> int:
        posto = self._testo.indice.get(id)
        return posto.ordine if posto else len(self._testo.indice)

    def _il(self, id: str) -> str:
        return self._nomi[id].con("")

    def _di(self, id: str) -> str:
        return self._nomi[id].con("di")

    def _a(self, id: str) -> str:
        return self._nomi[id].con("a")

    def _verbo_proprio(self, operazione: Operazione, nodo: Disposizione) -> str:
        if isinstance(operazione, Aggiungi) or (
            isinstance(operazione, Sposta) and operazione.bersaglio != nodo.id
        ):
            return "vi colloca un altro testo"
        return f"{'la' if femminile(nodo.tipo) else 'lo'} {_verbo(operazione)}"


def _contenuto(operazione: Aggiungi | Sposta) -> object:
    """Equal for two arrivals that bring the same thing."""
    if isinstance(operazione, Sposta):
        return operazione.bersaglio
    return _senza_id(operazione.nuovo)


def _senza_id(nodo: Disposizione) -> tuple[object, ...]:
    return (
        nodo.tipo,
        nodo.testo,
        nodo.rubrica,
        nodo.documento,
        tuple(_senza_id(figlio) for figlio in nodo.figli),
    )


def _verbo(operazione: Operazione) -> str:
    match operazione:
        case Sposta():
            return "sposta"
        case Aggiungi():
            return "aggiunge un testo dentro"
        case Sostituisci():
            return "sostituisce"
        case _:
            return "modifica"
