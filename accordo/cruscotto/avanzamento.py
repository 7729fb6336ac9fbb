"""How far each body has got in each phase: the big table of the dashboard, by area, and the map."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accordo.base.parole import Parola
from accordo.enti.models import Ambito, Ente, TipoEnte
from accordo.iter.interrogazioni import partecipazioni_attive
from accordo.iter.models import Accordo, Partecipazione
from accordo.iter.procedura import Fase, processo

NOMI_TIPI = {
    TipoEnte.COMUNE: ("Comune", "Comuni"),
    TipoEnte.UNIONE_COMUNI: ("Unione", "Unioni"),
    TipoEnte.COMUNITA_MONTANA: ("Comunità montana", "Comunità montane"),
}
ALTRE_ISTITUZIONI = "Altre istituzioni"


@dataclass(frozen=True, slots=True)
class Colonna:
    """One phase as a column; `quando` is passata, corrente or futura."""

    numero: int
    fase: Fase
    quando: str


@dataclass(frozen=True, slots=True)
class Cella:
    """What one body has got to in one phase."""

    colonna: Colonna
    parola: Parola

    @property
    def quieta(self) -> bool:
        """Whether there is nothing to look at: on a phone such cells are hidden."""
        return self.parola in (Parola.FATTO, Parola.NON_PREVISTO, Parola.PIU_AVANTI)


@dataclass(frozen=True, slots=True)
class Conto:
    """How many have done a phase, of how many who are asked."""

    colonna: Colonna
    fatti: int
    su: int

    @property
    def tutti(self) -> bool:
        """Whether nobody is missing."""
        return self.fatti == self.su


@dataclass(frozen=True, slots=True)
class RigaEnte:
    """One body with its cells."""

    ente: Ente
    celle: tuple[Cella, ...]
    corrente: Parola
    """Its word in the current phase."""

    @property
    def manca(self) -> bool:
        """Whether the body still has something to do in the current phase."""
        return self.corrente not in (Parola.FATTO, Parola.NON_PREVISTO, Parola.PIU_AVANTI)


@dataclass(frozen=True, slots=True)
class Gruppo:
    """The bodies of one area."""

    nome: str
    righe: tuple[RigaEnte, ...]
    conti: tuple[Conto, ...]

    @property
    def composizione(self) -> str:
        """What the area is made of: "19 Comuni, 2 Unioni"."""
        quanti = Counter(riga.ente.tipo for riga in self.righe)
        if not set(quanti) <= set(NOMI_TIPI):
            return f"{len(self.righe)} {'ente' if len(self.righe) == 1 else 'enti'}"
        return ", ".join(f"{quanti[t]} {nomi[quanti[t] > 1]}" for t, nomi in NOMI_TIPI.items() if quanti[t])


@dataclass(frozen=True, slots=True)
class Tavola:
    """The whole table."""

    colonne: tuple[Colonna, ...]
    gruppi: tuple[Gruppo, ...]
    totali: tuple[Conto, ...]
    righe: tuple[RigaEnte, ...] = field(default=())

    @property
    def mancanti(self) -> list[RigaEnte]:
        """The bodies that still have something to do in the current phase."""
        return [riga for riga in self.righe if riga.manca]

    @property
    def corrente(self) -> Conto | None:
        """How many have finished the current phase; None once the accord is signed."""
        return next((conto for conto in self.totali if conto.colonna.quando == "corrente"), None)


def tavola(accordo: Accordo) -> Tavola:
    """Build the table: one query for the bodies, and those of each phase's `avanzamento`, whatever the bodies are."""
    proc = processo()
    qui = proc.posizione(accordo.fase)
    colonne = tuple(
        Colonna(n + 1, fase, "passata" if n < qui else "corrente" if n == qui else "futura")
        for n, fase in enumerate(proc.fasi)
    )
    parole = {c.numero: c.fase.avanzamento(accordo) for c in colonne if c.quando != "futura"}
    righe = tuple(_riga(p, colonne, parole, accordo) for p in partecipazioni_attive(accordo))
    gruppi = tuple(
        Gruppo(nome, tuple(del_gruppo), _conti(colonne, del_gruppo))
        for nome, del_gruppo in _per_area(righe).items()
    )
    return Tavola(colonne, gruppi, _conti(colonne, righe), righe)


def _riga(
    partecipazione: Partecipazione,
    colonne: tuple[Colonna, ...],
    parole: Mapping[int, Mapping[int, Parola]],
    accordo: Accordo,
) -> RigaEnte:
    ente = partecipazione.ente
    celle = tuple(
        Cella(
            c,
            Parola.PIU_AVANTI if c.quando == "futura" else parole[c.numero].get(ente.pk, Parola.NON_PREVISTO),
        )
        for c in colonne
    )
    corrente = next((c.parola for c in celle if c.colonna.quando == "corrente"), celle[-1].parola)
    return RigaEnte(ente, celle, corrente)


def _per_area(righe: Iterable[RigaEnte]) -> dict[str, list[RigaEnte]]:
    """Group by area; bodies that are an area of their own (the Prefettura, the Regione) stand together at the end."""
    per_ambito: dict[int, tuple[Ambito, list[RigaEnte]]] = {}
    for riga in righe:
        per_ambito.setdefault(riga.ente.ambito_id, (riga.ente.ambito, []))[1].append(riga)
    gruppi: dict[str, list[RigaEnte]] = {}
    altre: list[RigaEnte] = []
    for ambito, di_questo in per_ambito.values():
        if any(riga.ente.tipo in NOMI_TIPI for riga in di_questo):
            gruppi[ambito.nome] = di_questo
        else:
            altre += di_questo
    return gruppi | ({ALTRE_ISTITUZIONI: altre} if altre else {})


def _conti(colonne: tuple[Colonna, ...], righe: Iterable[RigaEnte]) -> tuple[Conto, ...]:
    per_colonna = list(zip(*(riga.celle for riga in righe), strict=True))
    conti = []
    for n, colonna in enumerate(colonne):
        celle = per_colonna[n] if per_colonna else ()
        chiesti = [c for c in celle if c.parola != Parola.NON_PREVISTO]
        conti.append(Conto(colonna, sum(c.parola == Parola.FATTO for c in chiesti), len(chiesti)))
    return tuple(conti)
