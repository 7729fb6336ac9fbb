"""The text with the accepted operations done: a pure function, the same whatever the order of what does not collide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bozze.testo.albero import Disposizione, Testo
from bozze.testo.collisioni import collisioni
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    controlla,
    punto,
)
from bozze.testo.parole import confine


class NonConsolidabile(ValueError):
    """The operations cannot be done together, or not on this text; ``motivi`` says why, in words."""

    def __init__(self, motivi: list[str]) -> None:
        super().__init__("; ".join(motivi))
        self.motivi = motivi


def consolida(testo: Testo, operazioni: Iterable[Operazione]) -> Testo:
    """The new text. The order of the operations counts only among additions (and arrivals) at one same point.

    Raise ``NonConsolidabile`` if an operation does not fit the text or two of them collide.
    """
    elenco = tuple(operazioni)
    if not elenco:
        return testo
    motivi = [motivo for operazione in elenco for motivo in controlla(testo, operazione)]
    if not motivi:
        singole = {str(numero): (operazione,) for numero, operazione in enumerate(elenco)}
        motivi = [trovata.motivo for trovata in collisioni(testo, singole) if trovata.blocca]
    if motivi:
        raise NonConsolidabile(motivi)
    return _Cantiere(testo, elenco).testo()


def applica_parole(testo: str, sostituzioni: Iterable[SostituisciParole]) -> str:
    """The words of one disposition with these replacements done, all of them positioned on ``testo``.

    Where words are put in or taken out, spaces are mended: one between words, none before punctuation. Twice the same
    replacement is done once.
    """
    uniche: dict[tuple[int, int, str], None] = {}
    for sostituzione in sostituzioni:
        inizio, fine = _senza_spazi(testo, sostituzione)
        uniche[inizio, fine, sostituzione.nuove.strip()] = None
    esito, letto = "", 0
    for inizio, fine, nuove in sorted(uniche, key=lambda chiave: chiave[:2]):
        esito = unisci(esito, testo[letto:inizio])
        tra_spazi = testo[inizio - 1 : inizio].isspace() or testo[inizio : inizio + 1].isspace()
        if inizio == fine and (tra_spazi or inizio in {0, len(testo)}):
            nuove = f" {nuove} "
        esito = unisci(esito, nuove)
        letto = fine
    return unisci(esito, testo[letto:]).strip()


def unisci(sinistra: str, destra: str) -> str:
    """Two pieces of text with the space that should be between them: one at most, none before punctuation."""
    if not sinistra or not destra:
        return sinistra + destra
    prima, dopo = sinistra.rstrip(), destra.lstrip()
    if not prima or not dopo:
        return f"{prima} {dopo}" if prima else dopo
    if sinistra != prima or destra != dopo:
        return prima + dopo if dopo[0] in ",.;:!?)»]" else f"{prima} {dopo}"
    return f"{prima} {dopo}" if not confine(prima + dopo, len(prima)) else prima + dopo


def _senza_spazi(testo: str, sostituzione: SostituisciParole) -> tuple[int, int]:
    """The range of the old words without the spaces at its ends."""
    inizio, fine = sostituzione.inizio, sostituzione.fine
    while inizio < fine and testo[inizio].isspace():
        inizio += 1
    while fine > inizio and testo[fine - 1].isspace():
        fine -= 1
    return inizio, fine


class _Cantiere:
    """The building site: operations sorted by what they touch, then one walk over the tree."""

    def __init__(self, testo: Testo, operazioni: Sequence[Operazione]) -> None:
        self._testo = testo
        self._parole: defaultdict[str, list[SostituisciParole]] = defaultdict(list)
        self._rubriche: dict[str, str] = {}
        self._sostituite: dict[str, Disposizione] = {}
        self._tolte: set[str] = set()
        self._arrivi: defaultdict[tuple[str, int], list[Operazione]] = defaultdict(list)
        for operazione in operazioni:
            match operazione:
                case SostituisciParole():
                    self._parole[operazione.bersaglio].append(operazione)
                case SostituisciRubrica(bersaglio, rubrica):
                    self._rubriche[bersaglio] = rubrica
                case Sostituisci(bersaglio, nuovo):
                    self._sostituite[bersaglio] = nuovo
                case Sopprimi(bersaglio):
                    self._tolte.add(bersaglio)
                case Aggiungi(posizione, riferimento, _):
                    self._arriva(punto(testo, posizione, riferimento), operazione)
                case Sposta(bersaglio, posizione, riferimento):
                    self._tolte.add(bersaglio)
                    self._arriva(punto(testo, posizione, riferimento), operazione)

    def testo(self) -> Testo:
        return replace(self._testo, radici=self._figli("", self._testo.radici))

    def _arriva(self, dove: tuple[str, int], operazione: Operazione) -> None:
        """Twice the same thing at one point arrives once: of two equal additions the one with the lesser id stays."""
        for indice, gia in enumerate(self._arrivi[dove]):
            if (
                isinstance(gia, Sposta)
                and isinstance(operazione, Sposta)
                and gia.bersaglio == operazione.bersaglio
            ):
                return
            if (
                isinstance(gia, Aggiungi)
                and isinstance(operazione, Aggiungi)
                and stesso(gia.nuovo, operazione.nuovo)
            ):
                self._arrivi[dove][indice] = min(gia, operazione, key=lambda aggiunta: aggiunta.nuovo.id)
                return
        self._arrivi[dove].append(operazione)

    def _figli(self, genitore: str, figli: Sequence[Disposizione]) -> tuple[Disposizione, ...]:
        esito: list[Disposizione] = []
        for varco in range(len(figli) + 1):
            for operazione in self._arrivi.get((genitore, varco), ()):
                if isinstance(operazione, Aggiungi):
                    esito.append(operazione.nuovo)
                elif isinstance(operazione, Sposta):
                    esito.append(self._nodo(self._testo.indice[operazione.bersaglio].nodo))
            if varco < len(figli) and figli[varco].id not in self._tolte:
                esito.append(self._nodo(figli[varco]))
        return tuple(esito)

    def _nodo(self, nodo: Disposizione) -> Disposizione:
        if nodo.id in self._sostituite:
            nuovo = self._sostituite[nodo.id]
            return (
                nuovo.con(obiettivi=nodo.obiettivi) if nuovo.id == nodo.id and not nuovo.obiettivi else nuovo
            )
        parole = self._parole.get(nodo.id)
        return nodo.con(
            testo=applica_parole(nodo.testo, parole) if parole else nodo.testo,
            rubrica=self._rubriche.get(nodo.id, nodo.rubrica),
            figli=self._figli(nodo.id, nodo.figli),
        )


def stesso(uno: Disposizione, altro: Disposizione) -> bool:
    """Whether two dispositions say the same, whatever their ids."""
    return (uno.tipo, uno.testo, uno.rubrica, uno.documento, len(uno.figli)) == (
        altro.tipo,
        altro.testo,
        altro.rubrica,
        altro.documento,
        len(altro.figli),
    ) and all(stesso(a, b) for a, b in zip(uno.figli, altro.figli, strict=True))
