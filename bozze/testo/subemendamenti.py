"""Sub-amendments: what they do to the words that an amendment brings, and the amendment as it becomes.

An amendment is a list of operations. The words that it brings are read as a text of their own (``portato``), one root
for each operation; a sub-amendment is again a list of operations, on that text. Deleting a root is opposing that part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bozze.testo.albero import Disposizione, Testo, Tipo
from bozze.testo.collisioni import collisioni
from bozze.testo.consolidamento import NonConsolidabile, consolida
from bozze.testo.formule import formula, numero_nuovo
from bozze.testo.numerazione import Nome, nomi
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
    controlla,
    controlla_tutte,
)

_SENZA_PAROLE = (Sopprimi, Sposta)


def radice(operazione: Operazione, numero: int) -> str:
    """The id of the root that stands for the ``numero``-th operation (from 1) of an amendment."""
    return operazione.nuovo.id if isinstance(operazione, Aggiungi | Sostituisci) else f"punto-{numero}"


def portato(operazioni: Sequence[Operazione]) -> Testo:
    """The words that an amendment brings, one root for each operation; empty where it only deletes or moves."""
    return Testo(radici=tuple(_nodo(operazione, numero) for numero, operazione in enumerate(operazioni, 1)))


def _nodo(operazione: Operazione, numero: int) -> Disposizione:
    match operazione:
        case Aggiungi() | Sostituisci():
            return operazione.nuovo
        case SostituisciParole(nuove=parole) | SostituisciRubrica(rubrica=parole):
            return Disposizione(radice(operazione, numero), Tipo.PARAGRAFO, parole)
        case _:
            return Disposizione(radice(operazione, numero), Tipo.PARAGRAFO)


def emendate(operazioni: Sequence[Operazione], accolte: Sequence[Operazione]) -> list[Operazione]:
    """The operations of an amendment as the accepted sub-amendments change them; what is opposed is left out.

    Raise ``NonConsolidabile`` if ``accolte`` do not fit the words brought, or collide.
    """
    if not accolte:
        return list(operazioni)
    prima = portato(operazioni)
    dopo = consolida(prima, [normale(prima, operazione) for operazione in accolte])
    esito: list[Operazione] = []
    for numero, operazione in enumerate(operazioni, 1):
        nodo = dopo.trova(radice(operazione, numero))
        if nodo is not None:
            esito.append(_con(operazione, nodo) if nodo != _nodo(operazione, numero) else operazione)
    return esito


def _con(operazione: Operazione, nodo: Disposizione) -> Operazione:
    match operazione:
        case Aggiungi() | Sostituisci():
            return replace(operazione, nuovo=nodo)
        case SostituisciParole():
            return replace(operazione, nuove=nodo.testo)
        case SostituisciRubrica():
            return replace(operazione, rubrica=nodo.testo)
        case _:
            return operazione


def normale(prima: Testo, operazione: Operazione) -> Operazione:
    """An operation as it is said of an amendment: the whole of some words is replaced as words, not as a disposition."""
    if isinstance(operazione, Sostituisci) and operazione.bersaglio.startswith("punto-"):
        nodo = prima.trova(operazione.bersaglio)
        if nodo is not None:
            return SostituisciParole(nodo.id, nodo.testo, operazione.nuovo.testo, 0)
    return operazione


def controlla_sub(
    testo: Testo, operazioni: Sequence[Operazione], proposte: Sequence[Operazione], sigla: str = ""
) -> list[str]:
    """Why a sub-amendment cannot be made, in words; empty if it can. ``testo`` is the version that is amended."""
    prima = portato(operazioni)
    mute = {radice(o, n) for n, o in enumerate(operazioni, 1) if isinstance(o, _SENZA_PAROLE)}
    errori: list[str] = []
    for operazione in proposte:
        if isinstance(operazione, Aggiungi | Sposta) and _fuori(prima, operazione):
            errori.append(
                "Un subemendamento cambia le parole dell'emendamento: per aggiungere altro presenta un emendamento."
            )
        elif bersaglio(operazione) in mute and not isinstance(operazione, Sopprimi):
            errori.append("Questa parte dell'emendamento non porta parole nuove: puoi solo opporti.")
        else:
            errori += controlla(prima, operazione)
    errori = errori or scontri(testo, operazioni, {str(n): (o,) for n, o in enumerate(proposte)}, sigla)
    if errori:
        return list(dict.fromkeys(errori))
    nuove = emendate(operazioni, proposte)
    if not nuove:
        return [
            "Dell'emendamento non resterebbe nulla: chi non lo condivide lo dice con un'osservazione, e decide chi coordina."
        ]
    return controlla_tutte(testo, nuove)


def _fuori(prima: Testo, operazione: Aggiungi | Sposta) -> bool:
    """Whether it puts something beside the roots, that is outside what the amendment brings."""
    radici = {nodo.id for nodo in prima.radici}
    if isinstance(operazione, Sposta) and operazione.bersaglio in radici:
        return True
    if operazione.posizione in {Posizione.DOPO, Posizione.PRIMA}:
        return operazione.riferimento in radici
    return not operazione.riferimento


def scontri(
    testo: Testo,
    operazioni: Sequence[Operazione],
    proposte: Mapping[str, Sequence[Operazione]],
    sigla: str = "",
) -> list[str]:
    """Why sub-amendments to one amendment cannot stand together, in words; empty if they can."""
    prima = portato(operazioni)
    detti = nomi_portati(testo, operazioni, sigla)
    return [trovata.motivo for trovata in collisioni(prima, proposte, detti) if trovata.blocca]


def nomi_portati(testo: Testo, operazioni: Sequence[Operazione], sigla: str) -> dict[str, Nome]:
    """What each piece of the words brought is called: "emendamento 5.3", "emendamento 5.3, punto 2", "…, comma 2"."""
    base = f"emendamento {sigla}".strip()
    detti = nomi(testo)
    fatti: dict[str, Nome] = {}
    for numero, operazione in enumerate(operazioni, 1):
        sopra = f"{base}, punto {numero}" if len(operazioni) > 1 else base
        if not isinstance(operazione, Aggiungi | Sostituisci):
            breve = f"punto {numero}" if len(operazioni) > 1 else base
            fatti[radice(operazione, numero)] = Nome("", breve, sopra, f"p{numero}", "")
            continue
        suo = _numero(testo, operazione, detti)
        locali = nomi(Testo(radici=(operazione.nuovo,)), {operazione.nuovo.id: suo} if suo else None)
        for id, nome in locali.items():
            fatti[id] = replace(nome, esteso=f"{sopra}, {nome.esteso}", ancora=f"p{numero}-{nome.ancora}")
    return fatti


def _numero(testo: Testo, operazione: Aggiungi | Sostituisci, detti: dict[str, Nome]) -> str:
    if isinstance(operazione, Sostituisci):
        return detti[operazione.bersaglio].nucleo if operazione.bersaglio in detti else ""
    if operazione.riferimento and operazione.riferimento not in testo.indice:
        return ""
    return numero_nuovo(testo, operazione, detti)


def formule_sub(
    testo: Testo, operazioni: Sequence[Operazione], proposte: Sequence[Operazione], sigla: str
) -> list[str]:
    """«All'emendamento 5.3, le parole "sei mesi" sono sostituite dalle seguenti: "un anno".», one for each operation."""
    prima = portato(operazioni)
    detti = nomi_portati(testo, operazioni, sigla)
    return [formula(prima, normale(prima, operazione), detti) for operazione in proposte]


__all__ = [
    "NonConsolidabile",
    "controlla_sub",
    "emendate",
    "formule_sub",
    "nomi_portati",
    "normale",
    "portato",
    "radice",
    "scontri",
]
