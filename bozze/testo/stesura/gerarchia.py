"""Promote, demote, move: which moves they are on this text, or why they cannot be.

What a disposition becomes one level down or up is a table; what may stand where is the law of the tree
(``albero.FIGLI_AMMESSI``). The order in which the text is read never changes by a promotion: what followed inside the
same parent goes on following, one level below what was promoted, as in a word processor's list.
"""

from collections.abc import Mapping

from bozze.testo.albero import FIGLI_AMMESSI, Disposizione, Testo, Tipo
from bozze.testo.operazioni import Posizione
from bozze.testo.stesura.mosse import Impossibile, Luogo, Mossa, Porta, applica, luogo_di, varco

type Tabella = Mapping[Tipo, tuple[Tipo, ...]]

SCENDE: Tabella = {
    Tipo.TITOLO: (Tipo.CAPO,),
    Tipo.CAPO: (Tipo.CAPO,),
    Tipo.ARTICOLO: (Tipo.ARTICOLO,),
    Tipo.COMMA: (Tipo.LETTERA,),
    Tipo.LETTERA: (Tipo.NUMERO,),
    Tipo.NUMERO: (Tipo.TRATTINO,),
    Tipo.TRATTINO: (Tipo.TRATTINO,),
    Tipo.PARAGRAFO: (Tipo.PARAGRAFO,),
}
"""What each kind becomes one level down, the most usual first; what is not here cannot go down."""

SALE: Tabella = {
    Tipo.CAPO: (Tipo.TITOLO, Tipo.CAPO),
    Tipo.ARTICOLO: (Tipo.ARTICOLO,),
    Tipo.LETTERA: (Tipo.COMMA,),
    Tipo.NUMERO: (Tipo.LETTERA,),
    Tipo.TRATTINO: (Tipo.NUMERO, Tipo.LETTERA, Tipo.COMMA),
    Tipo.PARAGRAFO: (Tipo.PARAGRAFO, Tipo.COMMA),
}
"""What each kind becomes one level up."""

SOTTO: Mapping[Tipo, Tipo] = {
    Tipo.PREMESSO: Tipo.LETTERA,
    Tipo.VISTO: Tipo.LETTERA,
    Tipo.CONSIDERATO: Tipo.LETTERA,
    Tipo.TITOLO: Tipo.ARTICOLO,
    Tipo.CAPO: Tipo.ARTICOLO,
    Tipo.ARTICOLO: Tipo.COMMA,
    Tipo.COMMA: Tipo.LETTERA,
    Tipo.LETTERA: Tipo.NUMERO,
    Tipo.NUMERO: Tipo.TRATTINO,
    Tipo.ALLEGATO: Tipo.PARAGRAFO,
}
"""What usually stands first under each kind: what who goes on writing inside it writes."""

VERSI = {-1: "in alto", 1: "in basso"}


def retrocedi(testo: Testo, id: str) -> list[Mossa]:
    """Put a disposition under the one before it. Raise ``Impossibile``, in words."""
    nodo = testo.indice[id].nodo
    da = luogo_di(testo, id)
    if not da.dopo:
        raise Impossibile("Non c'è una disposizione prima di questa sotto cui metterla.", id)
    sopra = testo.indice[da.dopo].nodo
    tipo = _ammesso(nodo.tipo, sopra.tipo, SCENDE)
    if tipo is None:
        raise Impossibile(
            f"Un elemento di tipo {nodo.tipo} non può scendere sotto un elemento di tipo {sopra.tipo}.", id
        )
    a = Luogo(sopra.id, sopra.figli[-1].id if sopra.figli else "", len(sopra.figli))
    return [Porta(id, da, a, tuple(tipi_che_cambiano(nodo, tipo, SCENDE)))]


def promuovi(testo: Testo, id: str) -> list[Mossa]:
    """Put a disposition one level up, after the one that held it. Raise ``Impossibile``, in words."""
    posto = testo.indice[id]
    genitore = posto.genitore
    if genitore is None:
        raise Impossibile("È già al livello più alto.", id)
    nonno = testo.genitore(genitore.id)
    tipo = _ammesso(posto.nodo.tipo, nonno.tipo if nonno else None, SALE)
    if tipo is None:
        dove = f"sotto un elemento di tipo {nonno.tipo}" if nonno else "in cima al testo"
        raise Impossibile(f"Un elemento di tipo {posto.nodo.tipo} non può salire {dove}.", id)
    salita = Porta(
        id,
        luogo_di(testo, id),
        varco(testo, Posizione.DOPO, genitore.id),
        tuple(tipi_che_cambiano(posto.nodo, tipo, SALE)),
    )
    mosse: list[Mossa] = [salita]
    testo = applica(testo, salita)
    for seguente in genitore.figli[posto.indice + 1 :]:
        sotto = _ammesso(
            seguente.tipo, tipo, {seguente.tipo: (seguente.tipo, *SCENDE.get(seguente.tipo, ()))}
        )
        if sotto is None:
            raise Impossibile("Prima sposta in fondo: quello che segue non può stare sotto di essa.", id)
        mossa = Porta(
            seguente.id,
            luogo_di(testo, seguente.id),
            varco(testo, Posizione.IN_FONDO, id),
            tuple(tipi_che_cambiano(seguente, sotto, SCENDE)),
        )
        testo = applica(testo, mossa)
        mosse.append(mossa)
    return mosse


def sposta(testo: Testo, id: str, verso: int) -> list[Mossa]:
    """One place up (-1) or down (1); at the end of its parent into the next of the same kind. ``Impossibile`` if none."""
    posto = testo.indice[id]
    fratelli = testo.fratelli(id)
    arrivo = posto.indice + verso
    if 0 <= arrivo < len(fratelli):
        posizione = Posizione.DOPO if verso > 0 else Posizione.PRIMA
        a = varco(testo, posizione, fratelli[arrivo].id, escluso=id)
        return [Porta(id, luogo_di(testo, id), a)]
    genitore = posto.genitore
    zii = testo.fratelli(genitore.id) if genitore else ()
    dove = testo.indice[genitore.id].indice if genitore else 0
    candidati = zii[dove + 1 :] if verso > 0 else tuple(reversed(zii[:dove]))
    nuovo = next((zio for zio in candidati if genitore and zio.tipo is genitore.tipo), None)
    if nuovo is None:
        raise Impossibile(f"Non si può spostare più {VERSI[verso]}.", id)
    posizione = Posizione.IN_CIMA if verso > 0 else Posizione.IN_FONDO
    return [Porta(id, luogo_di(testo, id), varco(testo, posizione, nuovo.id))]


def _ammesso(tipo: Tipo, sopra: Tipo | None, tabella: Tabella) -> Tipo | None:
    return next((t for t in tabella.get(tipo, ()) if t in FIGLI_AMMESSI[sopra]), None)


def tipi_che_cambiano(nodo: Disposizione, tipo: Tipo, tabella: Tabella) -> list[tuple[str, Tipo, Tipo]]:
    """The kinds that change when ``nodo`` becomes ``tipo``: what is below follows, as far as it must."""
    cambi = [(nodo.id, nodo.tipo, tipo)] if tipo is not nodo.tipo else []
    for figlio in nodo.figli:
        suo = _ammesso(figlio.tipo, tipo, {figlio.tipo: (figlio.tipo, *tabella.get(figlio.tipo, ()))})
        if suo is None:
            raise Impossibile(
                f"Quello che le sta sotto (di tipo {figlio.tipo}) non può stare sotto un elemento di tipo {tipo}.",
                nodo.id,
            )
        cambi += tipi_che_cambiano(figlio, suo, tabella)
    return cambi
