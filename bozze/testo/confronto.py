"""What changed: word by word inside a disposition (accordo.base.differenze), and between two texts matched by id."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from accordo.base.differenze import Segmento, Segno, confronta_parole, tratti
from bozze.testo.albero import Disposizione, Testo
from bozze.testo.consolidamento import applica_parole
from bozze.testo.numerazione import nomi
from bozze.testo.operazioni import Operazione, Sopprimi, Sostituisci, SostituisciParole
from bozze.testo.ordine import in_ordine
from bozze.testo.parole import pulisci

__all__ = ["Esito", "Riga", "Segmento", "Segno", "anteprima", "confronta", "confronta_parole", "deriva"]


class Esito(StrEnum):
    UGUALE = "uguale"
    MODIFICATA = "modificata"
    AGGIUNTA = "aggiunta"
    SOPPRESSA = "soppressa"


@dataclass(frozen=True, slots=True)
class Riga:
    """One disposition in the comparison of two texts, in the order of the new one (what is gone stands where it was)."""

    id: str
    esito: Esito
    prima: Disposizione | None
    dopo: Disposizione | None
    testo: tuple[Segmento, ...]
    rubrica: tuple[Segmento, ...]
    spostata: bool
    livello: int
    nome_prima: str
    nome_dopo: str
    numero_prima: str = ""
    numero_dopo: str = ""

    @property
    def disposizione(self) -> Disposizione:
        nodo = self.dopo or self.prima
        assert nodo is not None
        return nodo

    @property
    def cambiata(self) -> bool:
        return self.esito is not Esito.UGUALE or self.spostata


def deriva(nodo: Disposizione, nuovo_testo: str) -> list[Operazione]:
    """The operations that lead from the words of ``nodo`` to ``nuovo_testo``.

    SostituisciParole where the change is in a few places; Sostituisci of the whole (for a disposition with others
    below it, of all its own words) where almost everything changed; none where nothing did.
    """
    nuovo = pulisci(nuovo_testo)
    if nuovo == nodo.testo:
        return []
    if not nuovo and not nodo.figli:
        return [Sopprimi(nodo.id)]
    parti: list[SostituisciParole] = []
    uguali = letto = 0
    for tratto in tratti(nodo.testo, nuovo):
        if tratto.uguale:
            uguali += len(tratto.tolto.strip())
        else:
            sinistra = len(tratto.tolto) - len(tratto.tolto.lstrip())
            parti.append(
                SostituisciParole(nodo.id, tratto.tolto.strip(), tratto.aggiunto.strip(), letto + sinistra)
            )
        letto += len(tratto.tolto)
    poche = len(parti) <= 4 and uguali * 3 >= max(len(nodo.testo), len(nuovo))
    if poche and applica_parole(nodo.testo, parti) == nuovo:
        return list(parti)
    if nodo.figli and nodo.testo and nuovo:
        return [SostituisciParole(nodo.id, nodo.testo, nuovo, 0)]
    return [Sostituisci(nodo.id, nodo.con(testo=nuovo))]


def anteprima(nodo: Disposizione, operazioni: Sequence[Operazione]) -> tuple[Segmento, ...]:
    """The words of ``nodo`` as these operations would change them, as segments for a redline in place."""
    proprie = [operazione for operazione in operazioni if getattr(operazione, "bersaglio", "") == nodo.id]
    if any(isinstance(operazione, Sopprimi) for operazione in proprie):
        return (Segmento(Segno.TOLTO, nodo.testo),) if nodo.testo else ()
    for operazione in proprie:
        if isinstance(operazione, Sostituisci):
            return confronta_parole(nodo.testo, operazione.nuovo.testo)
    parole = sorted(
        (o for o in proprie if isinstance(o, SostituisciParole)), key=lambda o: (o.inizio, o.fine)
    )
    segmenti: list[Segmento] = []
    letto = 0
    for operazione in parole:
        pezzi = (
            (Segno.UGUALE, nodo.testo[letto : operazione.inizio]),
            (Segno.TOLTO, operazione.vecchie),
            (Segno.AGGIUNTO, _spaziate(nodo.testo, operazione)),
        )
        segmenti.extend(Segmento(segno, pezzo) for segno, pezzo in pezzi if pezzo)
        letto = operazione.fine
    if nodo.testo[letto:]:
        segmenti.append(Segmento(Segno.UGUALE, nodo.testo[letto:]))
    return tuple(segmenti)


def _spaziate(testo: str, operazione: SostituisciParole) -> str:
    """The new words with the spaces that an insertion wants around it."""
    nuove = operazione.nuove.strip()
    if operazione.vecchie or not nuove:
        return nuove
    prima, dopo = testo[: operazione.inizio], testo[operazione.inizio :]
    sinistra = (
        " " if prima and not prima[-1].isspace() and nuove[0].isalnum() and prima[-1] not in "'(«" else ""
    )
    destra = " " if dopo and not dopo[0].isspace() and dopo[0].isalnum() else ""
    return f"{sinistra}{nuove}{destra}"


# ---------------------------------------------------------------------------------------------- two texts


def confronta(prima: Testo, dopo: Testo) -> tuple[Riga, ...]:
    """Every disposition of either text, matched by id."""
    return tuple(_Fronte(prima, dopo).righe())


def _parole(nodo: Disposizione | None) -> str:
    """The words of a disposition; of an annex that is a file, after them which file."""
    if nodo is None:
        return ""
    return " ".join(filter(None, (nodo.testo, str(nodo.documento or "")))) if nodo.documento else nodo.testo


class _Fronte:
    def __init__(self, prima: Testo, dopo: Testo) -> None:
        self._prima, self._dopo = prima, dopo
        self._nomi_prima, self._nomi_dopo = nomi(prima), nomi(dopo)
        self._esito: list[Riga] = []

    def righe(self) -> list[Riga]:
        self._figli("", self._prima.radici, self._dopo.radici, 0)
        return self._esito

    def _figli(
        self, genitore: str, vecchi: Sequence[Disposizione], nuovi: Sequence[Disposizione], livello: int
    ) -> None:
        rimasti = {nodo.id for nodo in nuovi} & {nodo.id for nodo in vecchi}
        posto = {nodo.id: indice for indice, nodo in enumerate(vecchi)}
        fermi = in_ordine([nodo.id for nodo in nuovi if nodo.id in rimasti], posto)
        in_testa, dopo_di = self._caduti(vecchi, fermi)
        for caduto in in_testa:
            self._soppressa(caduto, livello)
        for nodo in nuovi:
            self._presente(nodo, genitore, nodo.id in rimasti and nodo.id not in fermi, livello)
            for caduto in dopo_di.get(nodo.id, ()):
                self._soppressa(caduto, livello)

    def _caduti(
        self, vecchi: Sequence[Disposizione], fermi: set[str]
    ) -> tuple[list[Disposizione], dict[str, list[Disposizione]]]:
        """What is gone, by the sibling that stayed and after which it stood."""
        in_testa: list[Disposizione] = []
        dopo_di: dict[str, list[Disposizione]] = {}
        ultimo = ""
        for nodo in vecchi:
            if nodo.id in fermi:
                ultimo = nodo.id
            elif nodo.id not in self._dopo.indice:
                (dopo_di.setdefault(ultimo, []) if ultimo else in_testa).append(nodo)
        return in_testa, dopo_di

    def _presente(self, nodo: Disposizione, genitore: str, riordinata: bool, livello: int) -> None:
        posto = self._prima.indice.get(nodo.id)
        vecchio = posto.nodo if posto else None
        trasferita = posto is not None and (posto.genitore.id if posto.genitore else "") != genitore
        self._riga(nodo.id, vecchio, nodo, riordinata or trasferita, livello)
        self._figli(nodo.id, vecchio.figli if vecchio else (), nodo.figli, livello + 1)

    def _soppressa(self, nodo: Disposizione, livello: int) -> None:
        self._riga(nodo.id, nodo, None, False, livello)
        for figlio in nodo.figli:
            if figlio.id not in self._dopo.indice:
                self._soppressa(figlio, livello + 1)

    def _riga(
        self, id: str, prima: Disposizione | None, dopo: Disposizione | None, spostata: bool, livello: int
    ) -> None:
        if prima is None:
            esito = Esito.AGGIUNTA
        elif dopo is None:
            esito = Esito.SOPPRESSA
        else:
            uguali = (prima.testo, prima.rubrica, prima.documento) == (
                dopo.testo,
                dopo.rubrica,
                dopo.documento,
            )
            esito = Esito.UGUALE if uguali else Esito.MODIFICATA
        nome_prima, nome_dopo = self._nomi_prima.get(id), self._nomi_dopo.get(id)
        self._esito.append(
            Riga(
                id=id,
                esito=esito,
                prima=prima,
                dopo=dopo,
                testo=confronta_parole(_parole(prima), _parole(dopo)),
                rubrica=confronta_parole(prima.rubrica if prima else "", dopo.rubrica if dopo else ""),
                spostata=spostata,
                livello=livello,
                nome_prima=nome_prima.esteso if nome_prima else "",
                nome_dopo=nome_dopo.esteso if nome_dopo else "",
                numero_prima=nome_prima.numero if nome_prima else "",
                numero_dopo=nome_dopo.numero if nome_dopo else "",
            )
        )
