"""The parties in words and in groups, as an act lists them: institutions, Comuni by area, unions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accordo.base.parole import elenca
from accordo.enti.models import Ente, TipoEnte

UNIONI = frozenset({TipoEnte.UNIONE_COMUNI, TipoEnte.COMUNITA_MONTANA})


@dataclass(frozen=True, slots=True)
class Frase:
    """One line of the list of the parties, with the words that stand out in the middle."""

    prima: str
    forte: str = ""
    dopo: str = ""


@dataclass(frozen=True, slots=True)
class GruppoEnti:
    """Bodies that stand together in a table."""

    nome: str
    enti: tuple[Ente, ...]


def in_gruppi(enti: Iterable[Ente]) -> list[GruppoEnti]:
    """Group bodies (with their area loaded): institutions first, then the Comuni of each area, then the unions."""
    istituzioni: list[Ente] = []
    comuni: dict[tuple[int, str], list[Ente]] = {}
    unioni: list[Ente] = []
    for ente in enti:
        if ente.tipo == TipoEnte.COMUNE:
            comuni.setdefault((ente.ambito.ordine, ente.ambito.nome), []).append(ente)
        elif ente.tipo in UNIONI:
            unioni.append(ente)
        else:
            istituzioni.append(ente)
    ordine = [TipoEnte.PROVINCIA, TipoEnte.PREFETTURA, TipoEnte.REGIONE, TipoEnte.ALTRO]
    istituzioni.sort(key=lambda ente: (ordine.index(TipoEnte(ente.tipo)), ente.denominazione))
    gruppi = [GruppoEnti("Istituzioni", tuple(istituzioni))] if istituzioni else []
    gruppi += [
        GruppoEnti(f"Comuni: {nome}", tuple(elenco))
        for (_, nome), elenco in sorted(comuni.items(), key=_chiave)
    ]
    if unioni:
        gruppi.append(
            GruppoEnti(
                "Unioni di comuni e comunità montane" if _miste(unioni) else "Unioni di comuni", tuple(unioni)
            )
        )
    return gruppi


def _chiave(voce: tuple[tuple[int, str], list[Ente]]) -> tuple[int, str]:
    return voce[0]


def _miste(unioni: Sequence[Ente]) -> bool:
    return any(ente.tipo == TipoEnte.COMUNITA_MONTANA for ente in unioni)


def minuscolo(testo: str) -> str:
    """The name with its article, inside a sentence: "il Comune di Barga"."""
    return testo[:1].lower() + testo[1:]


def frasi(gruppi: Iterable[GruppoEnti], promotore: Ente) -> list[Frase]:
    """Say who the parties are, one line a kind."""
    righe: list[Frase] = []
    for gruppo in gruppi:
        if gruppo.enti[0].tipo == TipoEnte.COMUNE:
            nomi = elenca([ente.nome_breve for ente in gruppo.enti])
            righe.append(Frase("i Comuni dell'area ", gruppo.nome.removeprefix("Comuni: "), f": {nomi}"))
        elif gruppo.enti[0].tipo in UNIONI:
            righe.append(Frase(elenca([minuscolo(ente.con_articolo) for ente in gruppo.enti])))
        else:
            for ente in gruppo.enti:
                dopo = ", che promuove l'accordo e ne cura la segreteria" if ente == promotore else ""
                if ente.tipo == TipoEnte.PREFETTURA:
                    righe.append(Frase("la ", ente.nome_breve, ", Ufficio territoriale del Governo" + dopo))
                else:
                    articolo, _, _ = ente.con_articolo.partition(ente.denominazione)
                    righe.append(Frase(minuscolo(articolo), ente.denominazione, dopo))
    return righe


def con_chi(enti: Iterable[Ente], promotore: Ente) -> str:
    """Say on the cover with whom the promoter makes the accord: "con la Prefettura di Lucca, 33 Comuni e 3 Unioni di comuni"."""
    altri = [ente for ente in enti if ente != promotore]
    singoli = [e for e in altri if e.tipo != TipoEnte.COMUNE and e.tipo not in UNIONI]
    parti = [
        f"la {e.nome_breve}" if e.tipo == TipoEnte.PREFETTURA else minuscolo(e.con_articolo) for e in singoli
    ]
    comuni = sum(e.tipo == TipoEnte.COMUNE for e in altri)
    unioni = sum(e.tipo in UNIONI for e in altri)
    if comuni:
        parti.append(f"{comuni} Comuni" if comuni > 1 else "un Comune")
    if unioni:
        parti.append(f"{unioni} Unioni di comuni" if unioni > 1 else "un'Unione di comuni")
    return f"con {elenca(parti)}" if parti else ""
