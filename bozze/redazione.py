"""From what a person writes in a form to the explicit operations of an amendment, and back. Pure: no ORM, no request."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bozze.testo.albero import CON_RUBRICA, FIGLI_AMMESSI, GRUPPI_PREMESSE, Disposizione, Testo, Tipo
from bozze.testo.confronto import Segno, anteprima, deriva
from bozze.testo.numerazione import Nome
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
    Sposta,
    bersaglio,
)
from bozze.testo.parole import pulisci


class Azione(StrEnum):
    """What the form offers."""

    MODIFICA = "modifica"
    SOPPRIMI = "sopprimi"
    AGGIUNGI = "aggiungi"
    SPOSTA = "sposta"


@dataclass(frozen=True, slots=True)
class Proposta:
    """What a person wrote about one disposition."""

    azione: Azione
    testo: str = ""
    rubrica: str = ""
    posizione: Posizione = Posizione.DOPO
    nuovo: str = ""
    rubrica_nuova: str = ""
    destinazione: str = ""
    """Where it is moved: "dopo:ID", as bozze.modifiche.luoghi gives it."""


@dataclass(frozen=True, slots=True)
class Sezione:
    """The part of the text under which an amendment is numbered and examined: an article, or what is not in one."""

    id: str
    nome: str
    prefisso: str
    ordine: int


_LETTERA = re.compile(r"^\s*(?:[a-z]{1,2}\)|[-–•])\s+")
_NUMERO_COMMA = re.compile(r"^\s*\d+(?:-[a-z]+)?\.\s+")
_PREFISSI = {
    Tipo.PREMESSO: "Prem.",
    Tipo.VISTO: "Vis.",
    Tipo.CONSIDERATO: "Cons.",
    Tipo.FORMULA: "Form.",
    Tipo.PARAGRAFO: "Par.",
}
_NOMI_SOPPRESSIONE = {
    Tipo.LETTERA: "la lettera",
    Tipo.NUMERO: "il numero",
    Tipo.COMMA: "il comma",
    Tipo.ARTICOLO: "l'articolo",
    Tipo.ALLEGATO: "l'allegato",
    Tipo.TITOLO: "il titolo",
    Tipo.CAPO: "il capo",
    Tipo.TRATTINO: "il trattino",
    Tipo.PARAGRAFO: "il paragrafo",
}
_NUOVI = {
    Tipo.LETTERA: "una lettera",
    Tipo.NUMERO: "un numero",
    Tipo.COMMA: "un comma",
    Tipo.ARTICOLO: "un articolo",
    Tipo.ALLEGATO: "un allegato",
    Tipo.TITOLO: "un titolo",
    Tipo.CAPO: "un capo",
    Tipo.TRATTINO: "un capoverso",
    Tipo.PARAGRAFO: "un paragrafo",
}


def _nuovo_id() -> str:
    return str(uuid.uuid4())


def frammento(tipo: Tipo, scritto: str, rubrica: str = "", id: str = "") -> Disposizione:
    """Return what was typed as a new disposition of kind `tipo`: in an article each line is a comma; "a) …" a letter."""
    righe = [riga for riga in scritto.splitlines() if riga.strip()]
    nodo = Disposizione(id or _nuovo_id(), tipo, rubrica=pulisci(rubrica))
    if tipo in (Tipo.ARTICOLO, Tipo.ALLEGATO):
        figlio = Tipo.COMMA if tipo is Tipo.ARTICOLO else Tipo.PARAGRAFO
        figli: list[Disposizione] = []
        for riga in righe:
            if _LETTERA.match(riga) and figli and Tipo.LETTERA in FIGLI_AMMESSI[figlio]:
                figli[-1] = _con_voce(figli[-1], Tipo.LETTERA, riga)
            else:
                figli.append(Disposizione(_nuovo_id(), figlio, pulisci(_NUMERO_COMMA.sub("", riga))))
        return nodo.con(figli=tuple(figli))
    voce = FIGLI_AMMESSI[tipo][0] if FIGLI_AMMESSI[tipo] else None
    prima: list[str] = []
    for numero, riga in enumerate(righe):
        if numero and voce and _LETTERA.match(riga):
            nodo = _con_voce(nodo, voce, riga)
        elif numero and nodo.figli:
            ultimo = nodo.figli[-1]
            nodo = nodo.con(figli=(*nodo.figli[:-1], ultimo.con(testo=pulisci(f"{ultimo.testo} {riga}"))))
        else:
            prima.append(
                _NUMERO_COMMA.sub("", riga) if tipo is Tipo.COMMA else _senza_segno(tipo, riga, numero)
            )
    return nodo.con(testo=pulisci(" ".join(prima)))


def piu_d_uno(tipo: Tipo, scritto: str) -> bool:
    """Whether somebody wrote several dispositions where one goes: `frammento` would make a single one of them."""
    if tipo in (Tipo.ARTICOLO, Tipo.ALLEGATO):
        return False
    righe = [riga.strip() for riga in scritto.splitlines() if riga.strip()]
    return any(
        _NUMERO_COMMA.match(riga) or (sopra.endswith(".") and not _LETTERA.match(riga))
        for sopra, riga in pairwise(righe)
    )


def _senza_segno(tipo: Tipo, riga: str, numero: int) -> str:
    return (
        _LETTERA.sub("", riga) if not numero and tipo in (Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO) else riga
    )


def _con_voce(nodo: Disposizione, tipo: Tipo, riga: str) -> Disposizione:
    return nodo.con(figli=(*nodo.figli, Disposizione(_nuovo_id(), tipo, pulisci(_LETTERA.sub("", riga)))))


def in_righe(nodo: Disposizione) -> str:
    """Return a disposition as lines, the inverse of `frammento`."""
    if nodo.tipo in (Tipo.ARTICOLO, Tipo.ALLEGATO):
        return "\n".join(in_righe(figlio) for figlio in nodo.figli)
    voci = [f"{chr(ord('a') + numero)}) {figlio.testo}" for numero, figlio in enumerate(nodo.figli)]
    return "\n".join([nodo.testo, *voci])


def posizioni(testo: Testo, nodo: Disposizione) -> list[tuple[Posizione, Tipo, str]]:
    """Return where something can be added about `nodo`: the place, the kind that would stand there, the words for it."""
    scelte: list[tuple[Posizione, Tipo, str]] = []
    genitore = testo.genitore(nodo.id)
    if nodo.tipo in FIGLI_AMMESSI[genitore.tipo if genitore else None] and nodo.tipo in _NUOVI:
        cosa = _NUOVI[nodo.tipo].capitalize()
        scelte += [(Posizione.DOPO, nodo.tipo, f"{cosa} dopo"), (Posizione.PRIMA, nodo.tipo, f"{cosa} prima")]
    if figlio := _tipo_figlio(nodo):
        scelte.append((Posizione.IN_FONDO, figlio, f"{_NUOVI[figlio].capitalize()} in fondo"))
    return scelte


def _tipo_figlio(nodo: Disposizione) -> Tipo | None:
    if nodo.figli:
        return nodo.figli[-1].tipo
    ammessi = FIGLI_AMMESSI[nodo.tipo]
    return ammessi[0] if ammessi and nodo.tipo not in (Tipo.TRATTINO, Tipo.NUMERO) else None


def operazioni(testo: Testo, id: str, proposta: Proposta) -> list[Operazione]:
    """Return the operations meant; empty where nothing changes. KeyError if the disposition is not in the text."""
    nodo = testo.indice[id].nodo
    if proposta.azione is Azione.SOPPRIMI:
        return [Sopprimi(id)]
    if proposta.azione is Azione.AGGIUNGI:
        tipo = next((t for p, t, _ in posizioni(testo, nodo) if p is proposta.posizione), nodo.tipo)
        return [Aggiungi(proposta.posizione, id, frammento(tipo, proposta.nuovo, proposta.rubrica_nuova))]
    if proposta.azione is Azione.SPOSTA:
        posizione, _, riferimento = proposta.destinazione.partition(":")
        return [Sposta(id, Posizione(posizione), riferimento)] if riferimento else []
    fatte: list[Operazione] = []
    rubrica = pulisci(proposta.rubrica)
    if nodo.tipo in CON_RUBRICA and rubrica and rubrica != nodo.rubrica:
        fatte.append(SostituisciRubrica(id, rubrica))
    scritto = pulisci(proposta.testo)
    if nodo.testo and scritto != nodo.testo:
        fatte += deriva(nodo, scritto)
    return fatte


def proposta_da(testo: Testo, fatte: Sequence[Operazione]) -> Proposta:
    """Return what the form must show to give these operations again."""
    prima = fatte[0]
    nodo = testo.indice[bersaglio(prima)].nodo
    if isinstance(prima, Sopprimi):
        return Proposta(Azione.SOPPRIMI, testo=nodo.testo, rubrica=nodo.rubrica)
    if isinstance(prima, Aggiungi):
        return Proposta(
            Azione.AGGIUNGI,
            testo=nodo.testo,
            rubrica=nodo.rubrica,
            posizione=prima.posizione,
            nuovo=in_righe(prima.nuovo),
            rubrica_nuova=prima.nuovo.rubrica,
        )
    if isinstance(prima, Sposta):
        return Proposta(
            Azione.SPOSTA,
            testo=nodo.testo,
            rubrica=nodo.rubrica,
            destinazione=f"{prima.posizione.value}:{prima.riferimento}",
        )
    rubrica = next((o.rubrica for o in fatte if isinstance(o, SostituisciRubrica)), nodo.rubrica)
    return Proposta(Azione.MODIFICA, testo=come_diventa(nodo, fatte), rubrica=rubrica)


def come_diventa(nodo: Disposizione, fatte: Sequence[Operazione]) -> str:
    """Return the words of `nodo` after these operations."""
    pezzi = anteprima(
        nodo, [o for o in fatte if bersaglio(o) == nodo.id and not isinstance(o, Aggiungi | Sposta)]
    )
    return pulisci("".join(pezzo.testo for pezzo in pezzi if pezzo.segno is not Segno.TOLTO))


def etichetta_riformulazione(testo: Testo, fatte: Sequence[Operazione]) -> str:
    """Return the question that asks for the coordinator's own words."""
    if len(fatte) == 1 and isinstance(fatte[0], SostituisciParole) and fatte[0].vecchie:
        return f"Nuove parole al posto di «{_corto(fatte[0].vecchie)}»"
    if isinstance(fatte[0], Aggiungi):
        return "Nuovo testo da aggiungere"
    if len(fatte) == 1 and isinstance(fatte[0], SostituisciRubrica):
        return "Nuova rubrica"
    return "Nuovo testo della disposizione"


def parole_proposte(testo: Testo, fatte: Sequence[Operazione]) -> str:
    """Return the proposer's words, where a reformulation starts from."""
    prima = fatte[0]
    if len(fatte) == 1 and isinstance(prima, SostituisciParole) and prima.vecchie:
        return prima.nuove
    if isinstance(prima, Aggiungi):
        return in_righe(prima.nuovo)
    if len(fatte) == 1 and isinstance(prima, SostituisciRubrica):
        return prima.rubrica
    nodo = testo.indice[bersaglio(prima)].nodo
    return nodo.testo if isinstance(prima, Sopprimi | Sposta) else come_diventa(nodo, fatte)


def riformula(testo: Testo, fatte: Sequence[Operazione], parole: str) -> list[Operazione]:
    """Return the operations with the coordinator's words instead of the proposer's; empty if nothing would change.

    Where an amendment touches several dispositions the words are those of the first; the rest stays as proposed.
    """
    prima = fatte[0]
    insieme = [prima] if isinstance(prima, Aggiungi | Sposta) else _sulle_stesse_parole(prima, fatte)
    if len(insieme) < len(fatte):
        scritte = riformula(testo, insieme, parole)
        return [*scritte, *(o for o in fatte if not any(o is una for una in insieme))] if scritte else []
    if len(fatte) == 1 and isinstance(prima, SostituisciParole) and prima.vecchie:
        nuove = pulisci(parole)
        return [SostituisciParole(prima.bersaglio, prima.vecchie, nuove, prima.inizio)]
    if isinstance(prima, Aggiungi):
        nuovo = frammento(prima.nuovo.tipo, parole, prima.nuovo.rubrica, id=prima.nuovo.id)
        return [Aggiungi(prima.posizione, prima.riferimento, nuovo)]
    if len(fatte) == 1 and isinstance(prima, SostituisciRubrica):
        return [SostituisciRubrica(prima.bersaglio, pulisci(parole))]
    nodo = testo.indice[bersaglio(prima)].nodo
    scritto = pulisci(parole)
    if isinstance(prima, Sostituisci):
        return [Sostituisci(nodo.id, prima.nuovo.con(testo=scritto))]
    return deriva(nodo, scritto) if scritto != nodo.testo else []


def _sulle_stesse_parole(prima: Operazione, fatte: Sequence[Operazione]) -> list[Operazione]:
    return [o for o in fatte if bersaglio(o) == bersaglio(prima) and not isinstance(o, Aggiungi | Sposta)]


def sintesi(testo: Testo, fatte: Sequence[Operazione]) -> str:
    """Return in one line what an amendment does: "Cambia «ogni due anni» in «ogni sei mesi»"."""
    prima = fatte[0]
    altro = " e altre modifiche" if len(fatte) > 1 else ""
    match prima:
        case Sopprimi(id):
            return f"Sopprime {_NOMI_SOPPRESSIONE.get(testo.indice[id].nodo.tipo, 'la disposizione')}{altro}"
        case SostituisciParole(_, vecchie, nuove, _):
            if not nuove.strip():
                return f"Toglie «{_corto(vecchie)}»{altro}"
            if not vecchie.strip():
                return f"Aggiunge le parole «{_corto(nuove)}»{altro}"
            return f"Cambia «{_corto(vecchie)}» in «{_corto(nuove)}»{altro}"
        case SostituisciRubrica(_, rubrica):
            return f"Cambia la rubrica in «{_corto(rubrica)}»{altro}"
        case Sostituisci(id, _):
            return (
                f"Sostituisce {_NOMI_SOPPRESSIONE.get(testo.indice[id].nodo.tipo, 'la disposizione')}{altro}"
            )
        case Aggiungi(_, _, nuovo):
            parole = nuovo.rubrica or next((n.testo for n in nuovo.discendenti() if n.testo), "")
            return f"Aggiunge {_NUOVI.get(nuovo.tipo, 'una disposizione')}: «{_corto(parole)}»{altro}"
        case Sposta(id):
            return f"Sposta {_NOMI_SOPPRESSIONE.get(testo.indice[id].nodo.tipo, 'la disposizione')}{altro}"


def _corto(parole: str, massimo: int = 60) -> str:
    parole = parole.strip()
    if len(parole) <= massimo:
        return parole
    return f"{parole[:massimo].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def sezione_di(testo: Testo, nomi: Mapping[str, Nome], id: str) -> Sezione:
    """Return the section of a disposition; for one outside the articles, the group of premesse, the annex, the titolo."""
    cammino = testo.cammino(id)
    if not cammino:
        return Sezione("testo", "Testo", "T", 0)
    nodo = testo.articolo_di(id) or next((n for n in reversed(cammino) if n.tipo in CON_RUBRICA), cammino[0])
    nome = nomi[nodo.id]
    return Sezione(nodo.id, _nome_sezione(nodo, nome), _prefisso(nodo, nome), testo.indice[nodo.id].ordine)


def _nome_sezione(nodo: Disposizione, nome: Nome) -> str:
    if nodo.tipo in GRUPPI_PREMESSE or nodo.tipo is Tipo.FORMULA:
        return {Tipo.PREMESSO: "Premesso", Tipo.VISTO: "Visto", Tipo.CONSIDERATO: "Considerato"}.get(
            nodo.tipo, "Formula di accordo"
        )
    return (nome.breve[:1].upper() + nome.breve[1:]) or nodo.tipo.value.capitalize()


def _prefisso(nodo: Disposizione, nome: Nome) -> str:
    if nodo.tipo in _PREFISSI:
        return _PREFISSI[nodo.tipo]
    if nodo.tipo is Tipo.ARTICOLO:
        return nome.breve.removeprefix("articolo ")
    if nodo.tipo is Tipo.ALLEGATO:
        return f"All. {nome.breve.lower().removeprefix('allegato').strip().upper()}".strip()
    if nodo.tipo is Tipo.TITOLO:
        return f"Tit. {nome.breve.lower().removeprefix('titolo').strip().upper()}"
    return f"Capo {nome.breve.lower().removeprefix('capo').strip().upper()}"


def maiuscola(parole: str) -> str:
    """Return the words with a capital first letter, the rest untouched."""
    return parole[:1].upper() + parole[1:]
