"""Joining a disposition to the one read before it, as Backspace at the beginning of a paragraph does."""

from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Testo, Tipo, codici
from bozze.testo.operazioni import Posizione
from bozze.testo.stesura.gerarchia import SALE, SCENDE, Tabella, tipi_che_cambiano
from bozze.testo.stesura.mosse import (
    Cita,
    Impossibile,
    Luogo,
    Mossa,
    Porta,
    Scrivi,
    Togli,
    applica,
    luogo_di,
    varco,
)

SI_UNISCE = frozenset({Tipo.COMMA, Tipo.LETTERA, Tipo.NUMERO, Tipo.TRATTINO, Tipo.PARAGRAFO})
"""What is a paragraph of words; a heading is not joined to anything."""


def precedente(testo: Testo, id: str) -> Disposizione:
    """The disposition read right before, to which this one may be joined. Raise ``Impossibile``, in words."""
    nodo = testo.indice[id].nodo
    if nodo.tipo not in SI_UNISCE:
        raise Impossibile(f"Un elemento di tipo {nodo.tipo} non si unisce a quello che precede.", id)
    posto = testo.indice[id]
    prima = testo.fratelli(id)[posto.indice - 1] if posto.indice else posto.genitore
    while posto.indice and prima and prima.figli:
        prima = prima.figli[-1]
    if prima is None or prima.tipo not in SI_UNISCE:
        raise Impossibile("Prima di questa disposizione non ce n'è un'altra a cui unirla.", id)
    return prima


def unisci(testo: Testo, id: str) -> list[Mossa]:
    """Put the words of a disposition after those of the one before; what is below it stays in its order.

    The objectives that it cites go with its words.
    """
    nodo, prima = testo.indice[id].nodo, precedente(testo, id)
    mosse: list[Mossa] = []
    for figlio in nodo.figli:
        mossa = _sistema(testo, id, figlio, mosse)
        testo = applica(testo, mossa)
        mosse.append(mossa)
    prima = testo.indice[prima.id].nodo
    parole = f"{prima.testo} {nodo.testo}".strip()
    mosse.append(Scrivi(prima.id, (prima.testo, prima.rubrica), (parole, prima.rubrica)))
    insieme = codici({*prima.obiettivi, *nodo.obiettivi})
    if insieme != prima.obiettivi:
        mosse.append(Cita(prima.id, prima.obiettivi, insieme))
    mosse.append(Togli(nodo.con(figli=()), luogo_di(testo, id)))
    return mosse


def _sistema(testo: Testo, id: str, figlio: Disposizione, fatte: list[Mossa]) -> Mossa:
    """Where one that was below goes: under the sibling before, or, joined to the parent, in the place of the joined one."""
    posto = testo.indice[id]
    if posto.indice:
        sopra = testo.fratelli(id)[posto.indice - 1]
        a = Luogo(sopra.id, sopra.figli[-1].id if sopra.figli else "", len(sopra.figli))
        tipo_sopra, tabella = sopra.tipo, SCENDE
    else:
        assert posto.genitore is not None  # what joins to its parent has one
        tipo_sopra, tabella = posto.genitore.tipo, SALE
        ultima = fatte[-1].id if fatte and isinstance(fatte[-1], Porta) else id
        a = varco(testo, Posizione.DOPO, ultima)
    tipo = _ammesso(figlio.tipo, tipo_sopra, tabella)
    if tipo is None:
        raise Impossibile("Prima sposta quello che le sta sotto: qui non può stare.", id)
    return Porta(figlio.id, luogo_di(testo, figlio.id), a, tuple(tipi_che_cambiano(figlio, tipo, tabella)))


def _ammesso(tipo: Tipo, sopra: Tipo, tabella: Tabella) -> Tipo | None:
    return next((t for t in (tipo, *tabella.get(tipo, ())) if t in FIGLI_AMMESSI[sopra]), None)
