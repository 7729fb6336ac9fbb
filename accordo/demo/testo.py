"""The amendments of the demo, from words to operations on the text."""

import uuid

from accordo.demo.contenuti.emendamenti import Proposta
from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.operazioni import (
    Aggiungi,
    Operazione,
    Posizione,
    Sopprimi,
    Sostituisci,
    SostituisciParole,
    SostituisciRubrica,
)

SPAZIO = uuid.UUID("5b0f4d52-6d5c-5e0e-8f3a-3d0d5b7e9a11")


def articolo(testo: Testo, numero: int) -> Disposizione:
    """Return an article by its number."""
    return [d for d in testo.disposizioni() if d.tipo == Tipo.ARTICOLO][numero - 1]


def dove(testo: Testo, numero: int, comma: int = 0) -> Disposizione:
    """Return an article, or one of its commi."""
    trovato = articolo(testo, numero)
    return [d for d in trovato.figli if d.tipo == Tipo.COMMA][comma - 1] if comma else trovato


def tutte(testo: Testo, proposta: Proposta) -> list[Operazione]:
    """Return all the operations of one amendment."""
    return [operazione(testo, una) for una in (proposta, *proposta.anche)]


def operazione(testo: Testo, proposta: Proposta) -> Operazione:
    """Return the operation that a proposal means."""
    bersaglio = dove(testo, proposta.articolo, proposta.comma)
    match proposta.genere:
        case "parole":
            inizio = bersaglio.testo.index(proposta.vecchie)
            return SostituisciParole(bersaglio.id, proposta.vecchie, proposta.nuove, inizio)
        case "intero":
            return Sostituisci(bersaglio.id, bersaglio.con(testo=proposta.nuove))
        case "rubrica":
            return SostituisciRubrica(bersaglio.id, proposta.nuove)
        case "sopprimi":
            return Sopprimi(bersaglio.id)
    chiave = uuid.uuid5(SPAZIO, f"{proposta.ente}-{proposta.articolo}-{proposta.comma}-{proposta.nuove}")
    if proposta.genere == "dopo":
        nuovo = Disposizione(str(chiave), Tipo.COMMA, proposta.nuove)
        return Aggiungi(Posizione.DOPO, bersaglio.id, nuovo)
    tipo = Tipo.LETTERA if proposta.comma else Tipo.COMMA
    parole = proposta.nuove.split(") ", 1)[-1] if tipo == Tipo.LETTERA else proposta.nuove
    return Aggiungi(Posizione.IN_FONDO, bersaglio.id, Disposizione(str(chiave), tipo, parole))
